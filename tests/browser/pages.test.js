// The scripts of the pages. Search: 1. suggestions appear while one types and are asked for
// once; 2. the keyboard does all that the mouse does; 3. nothing happens while a word is being
// composed; 4. late and failed responses do no harm; 5. screen readers are told.
// Articles: 6. a vote and its reason leave the reader in place. Contact: 7. answers appear while
// one writes, and one submit sends. 8. All of it works without JavaScript.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { DESKTOP, PHONE, assertAccessible, assertNoSidewaysScroll, eventually, visit } from "./support.js";

const ARTICLE = "/en/articles/returns/how-to-return";
const PLAIN = { javaScript: false, viewport: PHONE };
// Longer than any pause after which the scripts ask.
const LONG_MS = 700;

// ---- The search field ----

const field = (page) => page.locator("#_q");
const list = (page) => page.locator("[role=listbox]");
const options = (page) => page.locator("[role=option]");
const active = (page) => page.locator("[role=option][aria-selected=true]");

// Follows the texts that suggestions (or answers) are asked for.
function follow(page, part = "/instant") {
  const texts = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    const sent = new URLSearchParams(request.postData() ?? url.search);
    if (url.pathname.endsWith(part)) texts.push(sent.get("q"));
  });
  return texts;
}

// Types faster than any pause, however slow the machine is.
async function type(page, text) {
  await field(page).click();
  await field(page).evaluate((input, text) => {
    for (const letter of text) {
      input.setRangeText(letter, input.value.length, input.value.length, "end");
      input.dispatchEvent(new InputEvent("input", { bubbles: true, data: letter }));
    }
  }, text);
  await list(page).waitFor();
}

const isOpen = async (page) => {
  const isShown = await list(page).isVisible();
  assert.equal(await field(page).getAttribute("aria-expanded"), String(isShown));
  return isShown;
};

const focusedId = (page) => page.evaluate(() => document.activeElement.id);

// The option that the field says is the current one.
const current = (page) =>
  page.evaluate(() => {
    const id = document.getElementById("_q").getAttribute("aria-activedescendant");
    return id && document.getElementById(id).textContent;
  });

for (const address of ["/en", ARTICLE, "/en/search?q=visa"]) {
  test(`suggestions appear while one types: ${address}`, async (t) => {
    const { page } = await visit(t, address);
    const asked = follow(page);
    await field(page).fill("");
    const before = await page.locator("main").boundingBox();
    await type(page, "refund");
    assert.deepEqual(asked, ["refund"]);
    assert.match(await options(page).first().innerText(), /refund/i);
    assert.equal(await options(page).last().innerText(), "All results for “refund”");
    assert.equal(await focusedId(page), "_q");
    assert.deepEqual(await page.locator("main").boundingBox(), before);
  });
}

test("the list hangs below the field, on a phone and from right to left", async (t) => {
  for (const [address, viewport] of [["/en", PHONE], ["/ar", PHONE], ["/ar", DESKTOP]]) {
    const { page } = await visit(t, address, { viewport });
    await type(page, address === "/ar" ? "المبلغ" : "refund");
    const form = await page.locator("form.search").boundingBox();
    const popup = await page.locator(".instant").boundingBox();
    assert.ok(popup.y >= form.y + form.height - 2);
    assert.ok(Math.abs(popup.x - form.x) < 3 && Math.abs(popup.width - form.width) < 6);
    await assertNoSidewaysScroll(page);
  }
});

test("the same text is asked for once", async (t) => {
  const { page } = await visit(t, "/en");
  const asked = follow(page);
  await type(page, "refund");
  await page.keyboard.press("Space");
  await sleep(LONG_MS);
  await page.keyboard.type("s");
  await eventually(() => assert.deepEqual(asked, ["refund", "refund s"]));
  await eventually(async () => assert.match(await options(page).last().innerText(), /“refund s”/));
  await page.keyboard.press("Backspace");
  await eventually(async () => assert.match(await options(page).last().innerText(), /“refund”/));
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowDown");
  assert.ok(await isOpen(page));
  assert.equal(asked.length, 2);
});

test("a text without suggestions closes the list", async (t) => {
  const { page } = await visit(t, "/en");
  const asked = follow(page);
  await type(page, "refund");
  await page.keyboard.type("qqqxyzqqq");
  await list(page).waitFor({ state: "hidden" });
  await page.keyboard.press("Space");
  await sleep(LONG_MS);
  assert.equal(asked.length, 2);
  assert.equal(await isOpen(page), false);
  await field(page).fill("");
  await sleep(LONG_MS);
  assert.equal(asked.length, 2);
});

// ---- The keyboard ----

test("the keyboard does it all", async (t) => {
  const { page } = await visit(t, ARTICLE);
  for (let tabs = 0; tabs < 5 && (await focusedId(page)) !== "_q"; tabs++) await page.keyboard.press("Tab");
  assert.equal(await focusedId(page), "_q");
  await page.keyboard.type("refund");
  await list(page).waitFor();
  assert.equal(await current(page), null);

  const texts = await options(page).allTextContents();
  await page.keyboard.press("ArrowDown");
  assert.equal(await current(page), texts[0]);
  assert.equal(await active(page).count(), 1);
  await page.keyboard.press("ArrowUp");
  assert.equal(await current(page), null);
  await page.keyboard.press("ArrowUp");
  assert.equal(await current(page), texts.at(-1));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await current(page), texts[0]);
  assert.equal(await focusedId(page), "_q");

  await page.keyboard.press("Home");
  assert.equal(await current(page), null);
  assert.equal(await field(page).evaluate((one) => one.selectionStart), 0);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  assert.equal(await current(page), null);
  assert.equal(await field(page).evaluate((one) => one.selectionStart), "refund".length);
  assert.ok(await isOpen(page));

  await page.keyboard.press("ArrowDown");
  const href = await active(page).getAttribute("href");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${href}`);
});

test("Enter searches where no option is the current one", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/en/search?q=refund");
});

test("typing on leaves the option", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("s");
  assert.equal(await current(page), null);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/en/search?q=refunds");
});

test("Escape closes first and clears then", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  await page.keyboard.press("Escape");
  assert.equal(await isOpen(page), false);
  assert.equal(await field(page).inputValue(), "refund");
  await page.keyboard.press("Escape");
  assert.equal(await field(page).inputValue(), "");
  assert.equal(await focusedId(page), "_q");
});

test("Alt and an arrow open and close the list", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  await page.keyboard.press("Alt+ArrowUp");
  assert.equal(await isOpen(page), false);
  await page.keyboard.press("Alt+ArrowDown");
  assert.ok(await isOpen(page));
  assert.equal(await current(page), null);
});

test("Tab goes on to the button and closes the list", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await isOpen(page), false);
  assert.equal(await page.evaluate(() => document.activeElement.type), "submit");
});

// ---- Mouse and touch ----

test("a click follows an option; pressing keeps the focus in the field", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  const href = await options(page).first().getAttribute("href");
  await options(page).first().hover();
  await page.mouse.down();
  assert.equal(await focusedId(page), "_q");
  await page.mouse.up();
  await page.waitForURL(`**${href}`);
});

const CLICKS = { "Control and a click": { modifiers: ["Control"] }, "the middle button": { button: "middle" } };

for (const [name, click] of Object.entries(CLICKS)) {
  test(`${name} opens an option in a new tab`, async (t) => {
    const { page } = await visit(t, "/en");
    await type(page, "refund");
    const href = await options(page).first().getAttribute("href");
    const [tab] = await Promise.all([page.context().waitForEvent("page"), options(page).first().click(click)]);
    await tab.waitForURL(`**${href}`);
    assert.match(page.url(), /\/en$/);
    assert.equal(await field(page).inputValue(), "refund");
  });
}

test("Control and Enter open an option in a new tab", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  await page.keyboard.press("ArrowDown");
  const href = await active(page).getAttribute("href");
  const [tab] = await Promise.all([page.context().waitForEvent("page"), page.keyboard.press("Control+Enter")]);
  await tab.waitForURL(`**${href}`);
  assert.match(page.url(), /\/en$/);
});

test("a tap follows an option", async (t) => {
  const { page } = await visit(t, "/en", { viewport: { ...PHONE, hasTouch: true } });
  await type(page, "refund");
  const href = await options(page).first().getAttribute("href");
  await options(page).first().tap();
  await page.waitForURL(`**${href}`);
});

test("a click elsewhere closes the list", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  await page.mouse.click(5, 300);
  assert.equal(await isOpen(page), false);
});

test("an option that leads to a part of this page closes the list", async (t) => {
  const { page } = await visit(t, ARTICLE);
  await type(page, "refund");
  await options(page).first().evaluate((option) => option.setAttribute("href", "#which-address"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL("**#which-address");
  assert.equal(await isOpen(page), false);
});

test("the list is closed on a page that one comes back to", async (t) => {
  const { page } = await visit(t, "/en");
  await type(page, "refund");
  // Playwright turns off the cache that brings pages back; its event comes all the same.
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  assert.equal(await isOpen(page), false);
});

// ---- Composing ----

// Composes as an input method does: each text stands for the last, and `commit` ends it.
async function compose(page, texts, commit) {
  const session = await page.context().newCDPSession(page);
  for (const text of texts) {
    await session.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await sleep(30);
  }
  if (commit !== undefined) await session.send("Input.insertText", { text: commit });
}

const PINYIN = ["t", "tu", "tui", "tui k", "tui ku", "tui kua", "tui kuan"];

test("a composed text is asked for once, and only when it is there", async (t) => {
  const { page } = await visit(t, "/zh-Hans");
  const asked = follow(page);
  await field(page).click();
  await compose(page, PINYIN);
  await sleep(LONG_MS);
  assert.deepEqual(asked, []);
  await compose(page, [], "退款");
  await list(page).waitFor();
  assert.deepEqual(asked, ["退款"]);
  assert.match(await options(page).first().innerText(), /退款/);
  await sleep(LONG_MS);
  assert.deepEqual(asked, ["退款"]);
});

test("what was typed waits for the composition that follows", async (t) => {
  const { page } = await visit(t, "/zh-Hans");
  const asked = follow(page);
  await field(page).click();
  await page.keyboard.type("visa");
  await compose(page, PINYIN);
  await sleep(LONG_MS);
  assert.deepEqual(asked, []);
  await compose(page, [], "退款");
  await eventually(() => assert.deepEqual(asked, ["visa退款"]));
});

test("keys belong to the composition", async (t) => {
  const { page } = await visit(t, "/zh-Hans");
  await field(page).click();
  await compose(page, PINYIN, "退款");
  await list(page).waitFor();
  await compose(page, PINYIN);
  for (const key of ["ArrowDown", "ArrowUp", "Escape", "Enter"]) {
    await field(page).dispatchEvent("keydown", { key, bubbles: true, cancelable: true, isComposing: true });
  }
  assert.equal(await current(page), null);
  assert.ok(await isOpen(page));
  await page.keyboard.press("Enter");
  await sleep(LONG_MS);
  assert.match(page.url(), /\/zh-Hans$/);
});

test("the Enter that ends a composition in Safari does nothing", async (t) => {
  const { page } = await visit(t, "/zh-Hans");
  await field(page).click();
  await compose(page, PINYIN, "退款");
  await list(page).waitFor();
  await page.keyboard.press("ArrowDown");
  const isLeft = await field(page).evaluate((one) => {
    const key = { key: "Enter", keyCode: 229, bubbles: true, cancelable: true };
    return one.dispatchEvent(new KeyboardEvent("keydown", key));
  });
  assert.equal(isLeft, false);
  await sleep(LONG_MS);
  assert.match(page.url(), /\/zh-Hans$/);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/zh-Hans/articles/**");
});

// ---- Responses ----

// Holds back the responses to some texts until they are released.
async function hold(page, isHeld) {
  const held = [];
  await page.route("**/instant?*", async (route) => {
    const text = new URL(route.request().url()).searchParams.get("q");
    if (isHeld(text)) await new Promise((release) => held.push(release));
    await route.continue().catch(() => {});
  });
  return () => held.splice(0).forEach((release) => release());
}

test("a late response is never shown", async (t) => {
  const { page } = await visit(t, "/en");
  const asked = follow(page);
  const dropped = [];
  page.on("requestfailed", (request) => dropped.push(new URL(request.url()).searchParams.get("q")));
  const release = await hold(page, (text) => text === "ref");
  const shown = [];
  await page.exposeFunction("keepShown", (text) => shown.push(text));
  await page.evaluate(() =>
    new MutationObserver(() => {
      const all = document.querySelector(".instant .all");
      if (all) globalThis.keepShown(all.textContent);
    }).observe(document.querySelector(".instant"), { childList: true }),
  );
  await field(page).click();
  await page.keyboard.type("ref");
  await eventually(() => assert.deepEqual(asked, ["ref"]));
  await page.keyboard.type("und");
  await list(page).waitFor();
  release();
  await sleep(LONG_MS);
  assert.deepEqual(dropped, ["ref"]);
  assert.deepEqual(shown, ["All results for “refund”"]);
});

test("a response that comes while one types on is not shown, and not asked for again", async (t) => {
  const { page } = await visit(t, "/en");
  const asked = follow(page);
  const release = await hold(page, (text) => text === "ref");
  await field(page).click();
  await page.keyboard.type("ref");
  await eventually(() => assert.deepEqual(asked, ["ref"]));
  // Less than the pause after which the next request would drop this one.
  await page.keyboard.type("u");
  const arrived = page.waitForResponse("**/instant?*");
  release();
  await arrived;
  await page.keyboard.press("Backspace");
  await list(page).waitFor();
  assert.equal(await options(page).last().innerText(), "All results for “ref”");
});

test("a response that comes after Escape is not shown", async (t) => {
  const { page } = await visit(t, "/en");
  const asked = follow(page);
  const release = await hold(page, () => true);
  await field(page).click();
  await page.keyboard.type("ref");
  await eventually(() => assert.deepEqual(asked, ["ref"]));
  await page.keyboard.press("Escape");
  release();
  await sleep(LONG_MS);
  assert.equal(await isOpen(page), false);
});

test("offline the list closes, and the next input asks again", async (t) => {
  const { page } = await visit(t, "/en");
  const asked = follow(page);
  await type(page, "refund");
  await page.context().setOffline(true);
  await page.keyboard.type("s");
  await list(page).waitFor({ state: "hidden" });
  await sleep(LONG_MS);
  assert.deepEqual(asked, ["refund"]);
  await page.context().setOffline(false);
  await sleep(LONG_MS);
  assert.deepEqual(asked, ["refund"]);
  await page.keyboard.type(" ");
  await list(page).waitFor();
  assert.deepEqual(asked, ["refund", "refunds"]);
});

test("where requests fail the form still searches", async (t) => {
  const { page } = await visit(t, "/en");
  await page.route("**/instant?*", (route) => route.abort());
  await field(page).click();
  await page.keyboard.type("refund");
  await sleep(LONG_MS);
  assert.equal(await isOpen(page), false);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/en/search?q=refund");
});

test("a failure does not take the place of what is typed next", async (t) => {
  const { page } = await visit(t, "/en");
  const asked = follow(page);
  await page.route("**/instant?q=ref", async (route) => {
    await eventually(async () => assert.equal(await field(page).inputValue(), "refu"));
    await route.abort();
  });
  await field(page).click();
  await page.keyboard.type("ref");
  await eventually(() => assert.deepEqual(asked, ["ref"]));
  await page.keyboard.type("u");
  await list(page).waitFor();
  assert.deepEqual(asked, ["ref", "refu"]);
});

// ---- For screen readers ----

test("the count is said once one stops typing", async (t) => {
  const { page } = await visit(t, "/en");
  const said = [];
  await page.exposeFunction("keepSaid", (text) => said.push(text));
  await page.evaluate(() => {
    const status = document.querySelector("form.search [role=status]");
    new MutationObserver(() => globalThis.keepSaid(status.textContent)).observe(status, { childList: true });
  });
  await type(page, "ref");
  await page.keyboard.type("un", { delay: 200 });
  assert.deepEqual(said, []);
  await eventually(() => assert.equal(said.length, 1));
  assert.match(said[0], /^\d+ suggestions?$/);
  await page.keyboard.press("Escape");
  await eventually(() => assert.equal(said.at(-1), ""));
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing serious in the open list: ${colorScheme}`, async (t) => {
    for (const locale of ["en", "ar"]) {
      const { page } = await visit(t, `/${locale}`, { colorScheme });
      await assertAccessible(page);
      await type(page, locale === "ar" ? "متى يصلني المبلغ المسترد" : "When will I get my refund");
      await page.keyboard.press("ArrowDown");
      await assertAccessible(page);
    }
  });
}

// ---- An article ----

const feedback = (page) => page.locator("#_feedback");

// Presses a button of the feedback and waits for what takes its place.
async function press(page, name) {
  const before = await feedback(page).elementHandle();
  await feedback(page).getByRole("button", { name, exact: true }).click();
  await eventually(async () => assert.equal(await before.evaluate((one) => one.isConnected), false));
}

// Follows the forms that are sent.
function followForms(page) {
  const sent = [];
  page.on("request", (request) => {
    if (request.method() === "POST") sent.push(Object.fromEntries(new URLSearchParams(request.postData())));
  });
  return sent;
}

test("a vote leaves the reader in place", async (t) => {
  const { page } = await visit(t, ARTICLE);
  const sent = followForms(page);
  await feedback(page).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await press(page, "Yes");
  assert.deepEqual(sent, [{ helpful: "yes" }]);
  assert.match(await feedback(page).innerText(), /Thank you/);
  assert.equal(await focusedId(page), "_feedback-heading");
  assert.equal(await page.evaluate(() => scrollY), before);
  assert.ok(page.url().endsWith(ARTICLE));
});

test("who votes no says why", async (t) => {
  const { page } = await visit(t, ARTICLE);
  const sent = followForms(page);
  await press(page, "No");
  assert.equal(await focusedId(page), "_feedback-heading");
  await assertAccessible(page);
  assert.ok((await feedback(page).getByRole("link", { name: "Write to us" }).count()) > 0);
  await feedback(page).getByRole("radio", { name: "It is out of date" }).check();
  await page.fill("#_comment", "The label is 21 days valid.");
  await press(page, "Send");
  assert.equal(sent.length, 2);
  assert.equal(sent[1].helpful, "no");
  assert.equal(sent[1].reason, "outdated");
  assert.equal(sent[1].comment, "The label is 21 days valid.");
  assert.equal(await feedback(page).locator("form").count(), 0);
  assert.equal(await focusedId(page), "_feedback-heading");
  assert.ok(page.url().endsWith(ARTICLE));
});

test("where a vote cannot be fetched it is sent as forms are", async (t) => {
  const { page } = await visit(t, ARTICLE);
  const isFetch = (route) => route.request().resourceType() === "fetch";
  await page.route(`**${ARTICLE}`, (route) => (isFetch(route) ? route.abort() : route.continue()));
  await feedback(page).getByRole("button", { name: "No", exact: true }).click();
  await page.waitForURL("**/how-to-return?helpful=no#_feedback");
  assert.equal(await feedback(page).locator("form.why").count(), 1);
});

test("an article is printed by its button", async (t) => {
  const { page } = await visit(t, ARTICLE);
  await page.evaluate(() => (window.print = () => (document.title = "printed")));
  await page.click("[data-print]");
  assert.equal(await page.title(), "printed");
});

// ---- Contact ----

const MESSAGE = "My parcel says delivered but I never got it";
const answers = (page) => page.locator("#_answers");
const seen = (page) => page.locator("input[name=answers_seen]");

test("answers appear while one writes, and one submit sends", async (t) => {
  const { page } = await visit(t, "/en/contact");
  const asked = follow(page, "/contact/answers");
  await page.click("#_message");
  await page.keyboard.type("My parc");
  await sleep(LONG_MS);
  assert.deepEqual(asked, []);
  await page.keyboard.type(MESSAGE.slice("My parc".length), { delay: 10 });
  await answers(page).getByRole("link").first().waitFor();
  assert.deepEqual(asked, [MESSAGE]);
  assert.equal(await seen(page).count(), 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "_message");
  await assertAccessible(page);
  await page.fill("#_email", "a@example.com");
  await page.locator("form.contact-form button").click();
  await page.waitForURL("**/en/contact?sent");
});

test("a message that was changed has not been answered", async (t) => {
  const { page } = await visit(t, "/en/contact");
  const asked = follow(page, "/contact/answers");
  await page.fill("#_message", MESSAGE);
  await answers(page).getByRole("link").first().waitFor();
  await page.click("#_message");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("?");
  assert.equal(await seen(page).count(), 0);
  await page.keyboard.press("Backspace");
  assert.equal(await seen(page).count(), 1);
  await sleep(LONG_MS);
  assert.deepEqual(asked, [MESSAGE]);
  await page.fill("#_message", "short");
  await eventually(async () => assert.equal((await answers(page).innerText()).trim(), ""));
  assert.equal(await seen(page).count(), 0);
});

test("late answers are never shown", async (t) => {
  const { page } = await visit(t, "/en/contact");
  const asked = follow(page, "/contact/answers");
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route("**/contact/answers", async (route) => {
    const isFirst = route.request().postData().includes("parcel");
    if (isFirst) await released;
    const html = `<p>${isFirst ? "late" : "right"}</p>`;
    await route.fulfill({ contentType: "text/html", body: html }).catch(() => {});
  });
  await page.fill("#_message", MESSAGE);
  await eventually(() => assert.equal(asked.length, 1));
  await page.fill("#_message", "How do I return an item?");
  await answers(page).getByText("right").waitFor();
  release();
  await sleep(LONG_MS);
  assert.equal((await answers(page).innerText()).trim(), "right");
});

test("a composed message is asked for once, and four Chinese letters are enough", async (t) => {
  const { page } = await visit(t, "/en/contact");
  const asked = follow(page, "/contact/answers");
  await page.click("#_message");
  await compose(page, ["wo", "wo de bao guo"]);
  await sleep(LONG_MS);
  assert.deepEqual(asked, []);
  await compose(page, [], "我的包裹");
  await sleep(LONG_MS);
  assert.deepEqual(asked, ["我的包裹"]);
});

test("where answers cannot be fetched the server shows them before it sends", async (t) => {
  const { page } = await visit(t, "/en/contact");
  await page.route("**/contact/answers", (route) => route.abort());
  await page.fill("#_message", MESSAGE);
  await page.fill("#_email", "a@example.com");
  await sleep(LONG_MS);
  assert.equal(await seen(page).count(), 0);
  await page.locator("form.contact-form button").click();
  await answers(page).getByRole("link").first().waitFor();
  assert.equal(await page.inputValue("#_message"), MESSAGE);
  assert.equal(await seen(page).count(), 1);
  await page.locator("form.contact-form button").click();
  await page.waitForURL("**/en/contact?sent");
});

// ---- Without JavaScript ----

test("search works without JavaScript", async (t) => {
  const { page } = await visit(t, "/en", PLAIN);
  await page.fill("#_q", "refund");
  await page.press("#_q", "Enter");
  await page.waitForURL("**/en/search?q=refund");
  assert.equal(await page.locator(".instant").count(), 0);
});

test("a vote and its reason work without JavaScript", async (t) => {
  const { page } = await visit(t, ARTICLE, PLAIN);
  assert.equal(await page.locator("[data-print]").isVisible(), false);
  await feedback(page).getByRole("button", { name: "No", exact: true }).click();
  await feedback(page).getByRole("radio").first().check();
  await feedback(page).getByRole("button").click();
  assert.equal(await feedback(page).locator("form").count(), 0);
  assert.match(await feedback(page).innerText(), /Thank you/);
});

test("a message is answered first and sent then without JavaScript", async (t) => {
  const { page } = await visit(t, "/en/contact", PLAIN);
  await page.fill("#_message", MESSAGE);
  await page.fill("#_email", "a@example.com");
  await page.locator("form.contact-form button").click();
  assert.ok((await answers(page).getByRole("link").count()) > 0);
  await page.locator("form.contact-form button").click();
  await page.waitForURL("**/en/contact?sent");
});
