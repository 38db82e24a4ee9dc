// The width of pages: nothing scrolls sideways 1. on a phone of 360 pixels, in six languages;
// 2. on any kind of page at 320 pixels, and 3. in a browser that is zoomed to 200 %.

import { test } from "node:test";
import { CONSOLE_PAGES, NARROW, PAGES, PHONE, ZOOMED, assertNoSidewaysScroll, visitor } from "./support.js";

const LOCALES = ["zh-Hans", "en", "ar", "de", "ru", "th"];

const ON_A_PHONE = [
  "",
  "/categories/shipping",
  "/articles/payment/payment-failed",
  "/articles/returns/how-to-return",
  "/articles/products/vacuum-error-codes",
  "/search?q=visa",
  "/search?q=When+will+I+get+my+refund%3F",
  "/search?q=When+will+I+get+my+refund%3F&answer=no",
  "/search?q=qqqxyz&category=payment",
  "/articles/nothing-like-this",
  "/search?colour=red",
];

for (const locale of LOCALES) {
  test(`nothing scrolls sideways on a phone: ${locale}`, async (t) => {
    const { page, go } = await visitor(t, { viewport: PHONE });
    for (const address of ON_A_PHONE) {
      await go(`/${locale}${address}`);
      await assertNoSidewaysScroll(page);
    }
  });
}

for (const [screen, viewport] of Object.entries({ "at 320 pixels": NARROW, "at 200 %": ZOOMED })) {
  for (const locale of ["en", "ar", "zh-Hans"]) {
    test(`nothing scrolls sideways ${screen}: ${locale}`, async (t) => {
      const { page, goTo } = await visitor(t, { viewport });
      for (const kind of Object.keys(PAGES)) {
        await goTo(kind, locale);
        await assertNoSidewaysScroll(page);
      }
    });
  }

  test(`nothing scrolls sideways ${screen}: console`, async (t) => {
    const { page, goToConsole } = await visitor(t, { viewport });
    for (const kind of Object.keys(CONSOLE_PAGES)) {
      await goToConsole(kind);
      await assertNoSidewaysScroll(page);
    }
  });
}

test("open menus do not scroll sideways", async (t) => {
  const { page, goTo } = await visitor(t, { viewport: NARROW });
  for (const locale of ["en", "ar"]) {
    await goTo("article with contents", locale);
    await page.click(".contents summary");
    await page.click(".languages summary");
    await assertNoSidewaysScroll(page);
  }
});
