// What no page does: 1. nothing is asked of another server; 2. customers get no cookie, and
// nothing is kept in their browser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CONSOLE_PAGES, PAGES, visitor } from "./support.js";

// `visitor` fails the test if a request leaves the server.
test("customers' pages ask no other server, and keep nothing", async (t) => {
  const { page, goTo } = await visitor(t);
  for (const kind of Object.keys(PAGES)) {
    await goTo(kind, "en");
    await page.waitForLoadState("networkidle");
    const { cookies, origins } = await page.context().storageState();
    assert.deepEqual({ cookies, origins }, { cookies: [], origins: [] }, kind);
  }
});

test("the console asks no other server", async (t) => {
  const { page, goToConsole } = await visitor(t);
  for (const kind of Object.keys(CONSOLE_PAGES)) {
    await goToConsole(kind);
    await page.waitForLoadState("networkidle");
  }
});
