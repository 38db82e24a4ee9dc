// Search without JavaScript: 1. results, an article, another language; 2. an answer, and who
// is not helped by it is led to a person.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, openPage, visit } from "./support.js";

const PLAIN = { javaScript: false, viewport: PHONE };

test("without JavaScript no script runs", async (t) => {
  const page = await openPage(t, PLAIN);
  await page.goto("data:text/html,<p>off</p><script>document.body.textContent = 'on'</script>");
  assert.equal(await page.innerText("body"), "off");
});

test("search works without JavaScript", async (t) => {
  const { page } = await visit(t, "/en", PLAIN);
  await page.fill("input[name=q]", "return label expired");
  await page.press("input[name=q]", "Enter");
  assert.match(await page.innerText("h1"), /results for “return label expired”/);
  await page.locator(".results h2 a").first().click();
  assert.equal(await page.innerText("h1"), "How to return an item");
  await page.click(".languages summary");
  await page.click(".languages a[hreflang=zh-Hans]");
  assert.equal(await page.innerText("h1"), "怎么申请退货");
});

test("answers work without JavaScript", async (t) => {
  const { page } = await visit(t, "/en", PLAIN);
  await page.fill("input[name=q]", "When will I get my refund?");
  await page.press("input[name=q]", "Enter");
  assert.notEqual(await page.innerText(".answer blockquote"), "");
  await page.click(".answer .verdict a:last-of-type");
  assert.match(await page.innerText(".answer h2"), /^Sorry/);
  assert.equal(await page.innerText(".answer .buttons a"), "Write to us");
  await page.goBack();
  await page.click(".answer .source a");
  assert.equal(await page.innerText("h1"), "When will I get my refund?");
});
