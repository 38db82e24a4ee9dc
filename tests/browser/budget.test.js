// What pages may weigh, compressed: 1. a page with its style and scripts 60 KB; 2. the scripts of
// the pages together 15 KB; 3. the widget 20 KB; and nothing of a page moves while it loads.
//
// How long pages take depends on the machine: `speed.js` measures that.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { PAGES, PHONE, sharedServer, visitor } from "./support.js";

const KB = 1000;

const weight = async (url) => gzipSync(await (await fetch(url)).text()).length;

// Returns the addresses of the files that a page loads to look and work as it does.
async function files(page) {
  const addresses = await page.$$eval("script[src], link[rel=stylesheet]", (all) => all.map((one) => one.src || one.href));
  return [...new Set(addresses)];
}

test("pages are light, and nothing on them moves", async (t) => {
  const { page, goTo, source } = await visitor(t, { viewport: PHONE });
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value))).observe({
      type: "layout-shift",
      buffered: true,
    });
  });
  for (const kind of Object.keys(PAGES)) {
    await t.test(kind, async () => {
      await goTo(kind, "en");
      const weights = await Promise.all((await files(page)).map(weight));
      const all = weights.reduce((sum, one) => sum + one, gzipSync(await source()).length);
      assert.ok(all < 60 * KB, `${all} bytes`);
      assert.deepEqual(await page.evaluate(() => window.shifts), []);
    });
  }
});

test("scripts are small", async () => {
  const { origin } = await sharedServer();
  const scripts = ["search.js", "article.js", "contact.js"].map((name) => weight(`${origin}/assets/${name}`));
  const all = (await Promise.all(scripts)).reduce((sum, one) => sum + one);
  assert.ok(all < 15 * KB, `${all} bytes`);
  const widget = await weight(`${origin}/widget.js`);
  assert.ok(widget < 20 * KB, `${widget} bytes`);
});
