// Every kind of page by the rules of WCAG 2.2 AA, as far as axe can tell: in light and dark,
// wide and narrow, from left to right and from right to left, and what opens on a page.

import { test } from "node:test";
import { CONSOLE_PAGES, DESKTOP, NARROW, PAGES, assertAccessible, visitor } from "./support.js";

// Colors do not depend on the width.
const LOOKS = {
  light: { colorScheme: "light", viewport: DESKTOP },
  dark: { colorScheme: "dark", viewport: DESKTOP },
  narrow: { colorScheme: "light", viewport: NARROW },
};

async function assertAccessibleInAllLooks(page) {
  for (const [look, { colorScheme, viewport }] of Object.entries(LOOKS)) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    await assertAccessible(page, { name: `${page.url()}, ${look}` });
  }
}

for (const locale of ["en", "ar"]) {
  test(`accessible: ${locale}`, async (t) => {
    const { page, goTo } = await visitor(t);
    for (const kind of Object.keys(PAGES)) {
      await t.test(kind, async () => {
        await goTo(kind, locale);
        await assertAccessibleInAllLooks(page);
      });
    }
  });
}

for (const language of ["en", "zh-Hans"]) {
  test(`accessible: console, ${language}`, async (t) => {
    const { page, goToConsole } = await visitor(t, { language });
    for (const kind of Object.keys(CONSOLE_PAGES)) {
      await t.test(kind, async () => {
        await goToConsole(kind);
        await assertAccessibleInAllLooks(page);
      });
    }
  });
}

test("accessible: what opens", async (t) => {
  const { page, goTo, goToConsole } = await visitor(t);
  const opens = {
    article: () => goTo("article with contents", "en"),
    home: () => goTo("home", "ar"),
    "empty desk": () => goToConsole("empty desk"),
    solutions: () => goToConsole("solutions"),
  };
  for (const [kind, open] of Object.entries(opens)) {
    await t.test(kind, async () => {
      await open();
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await assertAccessibleInAllLooks(page);
    });
  }
});
