// The widget in a shop on another origin, under a policy that allows the help center and nothing
// else: 1. it costs nothing before it is opened; 2. it opens, closes and searches by keys alone;
// 3. an input method is never interrupted; 4. questions, articles, votes and messages reach the
// server, and what fails can be tried again; 5. it is accessible, fits, and moves nothing.
//
// Not here: what the server answers (tests/it).

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { openPage, serve, serveOther } from "./support.js";

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true };
const NARROW = { width: 320, height: 640, isMobile: true, hasTouch: true };

// ---- A shop with a widget ----

// What the shop serves at the moment, and the two servers, shared by all tests.
const served = {};
let servers = null;

async function startServers() {
  const shop = await serveOther("file", served);
  const contact = [{ label: "Call us", url: "tel:+4930123456" }];
  const { origin } = await serve("file", { "widget.origins": [shop], "site.contact": contact });
  return { shop, help: origin };
}

const shopPage = (help, { body, language, title }) => `<!DOCTYPE html>
<html lang="${language}" dir="${language === "ar" ? "rtl" : "ltr"}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/style.css">
<script src="${help}/widget.js" async></script></head>
<body><main><h1>Travel kettle</h1><p><a href="#">Size guide</a></p>${body}</main></body></html>`;

// Opens a shop's page, and returns how a visitor uses the widget there and what it sent.
async function visit(t, options = {}) {
  const { viewport = DESKTOP, language = "en", colorScheme = "light", path = "/products/travel-kettle" } = options;
  const { body = `<zhida-help data-context="delivery times"></zhida-help>`, title = "Travel kettle" } = options;
  const { shop, help } = await (servers ??= startServers());
  served.style = options.style;
  served.html = shopPage(help, { body, language, title });
  served.policy = `default-src 'none'; script-src ${help}; connect-src ${help}; style-src 'self'; ${options.policy ?? ""}`;
  const page = await openPage(t, { viewport, colorScheme, language, hasOwnAddress: false });
  const context = page.context();
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.stack));
  const requests = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.pathname.startsWith("/api/") && request.method() !== "OPTIONS") requests.push({ url, request });
  });
  await page.addInitScript(() => {
    window.told = [];
    for (const name of ["open", "close", "contact"]) {
      document.addEventListener(`zhida:${name}`, (event) => window.told.push([name, event.detail]));
    }
    window.moved = [];
    const moved = ({ node, currentRect }) => [node?.localName ?? "in the widget", currentRect.toJSON()];
    // What moves as an answer to a key does so on purpose.
    const watch = new PerformanceObserver((list) => {
      const entries = list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput);
      window.moved.push(...entries.flatMap(({ sources }) => sources.map(moved)));
    });
    watch.observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${shop}${path}`);
  await page.waitForFunction(() => customElements.get("zhida-help"));
  const widget = page.locator("zhida-help").first();
  const of = (name) => requests.filter(({ url }) => url.pathname === `/api/v1/${name}`);
  return {
    page,
    help,
    shop,
    context,
    complaints,
    widget,
    requests,
    launcher: widget.locator("[part=launcher]"),
    panel: widget.locator("[part=panel]"),
    field: widget.getByRole("combobox"),
    heading: widget.locator("h3:visible").first(),
    // What was asked for at an address, as its parameters.
    asked: (name) => of(name).map(({ url }) => Object.fromEntries(url.searchParams)),
    // What was sent to an address.
    sent: (name) => of(name).map(({ request }) => request.postDataJSON()),
    // What was reported, without the names of queries.
    reported: () =>
      of("events")
        .flatMap(({ request }) => request.postDataJSON().events)
        .map(({ query_id, ...event }) => {
          assert.match(query_id, /^[0-9a-f]{40,}$/);
          return event;
        }),
    // The element with the focus, inside the widget or out of it.
    focused: () =>
      page.evaluate(() => {
        const inner = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
        return inner.textContent.trim() || inner.getAttribute("aria-label") || inner.localName;
      }),
    async open() {
      await widget.locator("[part=launcher]").click();
      await widget.locator(".links").waitFor();
    },
    async search(query) {
      await widget.getByRole("combobox").fill(query);
      await page.keyboard.press("Enter");
      await widget.locator("[part=panel]:not(.busy) .hello[hidden]").waitFor({ state: "attached" });
    },
  };
}

// Waits until something is true, or fails with why it is not.
async function eventually(check) {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries === 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

// ---- Cost and coexistence ----

test("widget: nothing is asked before it is opened, and nothing is kept", async (t) => {
  const { page, requests, open, context, complaints, search } = await visit(t);
  await page.waitForTimeout(300);
  assert.equal(requests.length, 0);
  await open();
  await search("How do I reset my password?");
  assert.deepEqual(await context.cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  assert.ok(requests.every(({ request }) => !request.headers().cookie));
  assert.deepEqual(complaints, []);
});

test("widget: a policy may ask for trusted types", async (t) => {
  const policy = "require-trusted-types-for 'script'; trusted-types zhida";
  const { open, search, widget, complaints } = await visit(t, { policy });
  await open();
  await search("How do I reset my password?");
  await widget.locator(".answer ol").waitFor();
  assert.deepEqual(complaints, []);
});

test("widget: several stand on a page, made before and after the script, which may run twice", async (t) => {
  const body = `<zhida-help></zhida-help><zhida-help inline></zhida-help>`;
  const { page, help, complaints } = await visit(t, { body });
  await page.evaluate((source) => {
    const script = Object.assign(document.createElement("script"), { src: source });
    document.head.append(script);
    document.querySelector("main").append(document.createElement("zhida-help"));
    return new Promise((resolve) => (script.onload = resolve));
  }, `${help}/widget.js`);
  const shown = page.locator("zhida-help [part=panel]:visible");
  await page.locator("zhida-help[inline] .hello").filter({ hasText: "?" }).waitFor();
  assert.equal(await shown.count(), 1);
  await page.locator("zhida-help:last-child [part=launcher]").click();
  assert.equal(await shown.count(), 2);
  assert.deepEqual(complaints, []);
});

// ---- Opening and closing ----

test("widget: it opens as a dialog with the focus, and Escape gives that back", async (t) => {
  const { page, launcher, panel, widget, focused, field, open } = await visit(t);
  assert.equal(await launcher.getAttribute("aria-expanded"), "false");
  await open();
  assert.equal(await launcher.getAttribute("aria-expanded"), "true");
  assert.equal(await widget.getByRole("dialog", { name: "Seabridge Help Center" }).count(), 1);
  assert.equal(await focused(), await field.getAttribute("aria-label"));
  await page.keyboard.press("Escape");
  assert.ok(await panel.isHidden());
  assert.equal(await focused(), "Help");
  assert.deepEqual(await page.evaluate(() => window.told.map(([name]) => name)), ["open", "close"]);
});

test("widget: a page opens it with a question, and closes it", async (t) => {
  const { page, widget, panel, focused } = await visit(t);
  await page.locator("main a").focus();
  await widget.evaluate((element) => element.open("How do I reset my password?"));
  await widget.locator(".answer").waitFor();
  assert.equal(await focused(), "Answer");
  await widget.getByRole("button", { name: "Back" }).click();
  await widget.locator(".links").waitFor();
  await widget.evaluate((element) => element.close());
  assert.ok(await panel.isHidden());
  assert.equal(await focused(), "Size guide");
});

test("widget: `open` opens it without taking the focus", async (t) => {
  const { panel, widget, focused } = await visit(t, { body: "<zhida-help open></zhida-help>" });
  await widget.locator(".hello").filter({ hasText: "?" }).waitFor();
  assert.ok(await panel.isVisible());
  assert.match(await focused(), /^Travel kettle/);
});

test("widget: on a phone it fills the screen, and nothing behind it can be reached", async (t) => {
  const { page, panel, open, focused } = await visit(t, { viewport: PHONE });
  await open();
  assert.deepEqual(await panel.boundingBox(), { x: 0, y: 0, width: 390, height: 844 });
  assert.ok(await panel.evaluate((element) => element.matches(":modal")));
  // The field would bring the keyboard.
  assert.equal(await focused(), "What do you need help with?");
  await page.setViewportSize({ width: 844, height: 390 });
  await eventually(async () => assert.ok(await panel.evaluate((element) => !element.matches(":modal"))));
  assert.ok(await panel.isVisible());
});

// ---- Searching ----

test("widget: keys alone lead to an article and back", async (t) => {
  const { page, widget, field, heading, focused, launcher, asked } = await visit(t);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Help");
  await page.keyboard.press("Enter");
  await widget.locator(".links").waitFor();
  await page.keyboard.type("retur");
  await widget.getByRole("option").first().waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = widget.locator(`#${await field.getAttribute("aria-activedescendant")}`);
  assert.equal(await active.getAttribute("aria-selected"), "true");
  await page.keyboard.press("ArrowUp");
  assert.equal(await field.getAttribute("aria-activedescendant"), null);
  await page.keyboard.press("Escape");
  assert.ok(await widget.getByRole("listbox").isHidden());
  assert.equal(await launcher.getAttribute("aria-expanded"), "true");
  await page.keyboard.type("n");
  await widget.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await widget.locator("article").waitFor();
  assert.equal(await focused(), await heading.textContent());
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "Back");
  await page.keyboard.press("Enter");
  await widget.locator(".links").waitFor();
  assert.equal(asked("answers").length, 0);
});

test("widget: completions wait for a pause, and an old one never shows", async (t) => {
  const { page, widget, field, open, asked } = await visit(t);
  await open();
  await page.route("**/completions?q=refund&**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue().catch(() => {});
  });
  await field.pressSequentially("refund", { delay: 20 });
  await eventually(() => assert.deepEqual(asked("completions").map(({ q }) => q), ["refund"]));
  await field.fill("parcel");
  await widget.getByRole("option").filter({ hasText: /parcel/i }).first().waitFor();
  await page.waitForTimeout(700);
  assert.equal(await widget.getByRole("option").filter({ hasText: /refund/i }).count(), 0);
});

test("widget: an input method is left alone, and asked for once at its end", async (t) => {
  const { page, widget, field, open, requests, context } = await visit(t, { language: "zh-Hans" });
  await open();
  const input = await context.newCDPSession(page);
  const compose = (text) =>
    input.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await field.focus();
  const before = requests.length;
  for (const text of ["t", "tu", "tui", "tui k", "tui kuan"]) {
    await compose(text);
    await page.waitForTimeout(100);
  }
  // The keys of an input method reach the page as 229.
  await input.send("Input.dispatchKeyEvent", { type: "keyDown", key: "Enter", windowsVirtualKeyCode: 229 });
  await page.waitForTimeout(400);
  assert.equal(requests.length, before);
  assert.equal(await widget.locator(".view .links").count(), 1);
  await input.send("Input.insertText", { text: "退款" });
  await widget.getByRole("option").filter({ hasText: "退款" }).first().waitFor();
  await page.waitForTimeout(400);
  const after = requests.slice(before).map(({ url }) => [url.pathname, url.searchParams.get("q")]);
  assert.deepEqual(after, [["/api/v1/completions", "退款"]]);
});

test("widget: what was typed before an input method starts waits for its end", async (t) => {
  const { page, field, open, asked, context } = await visit(t, { language: "ja" });
  await open();
  const input = await context.newCDPSession(page);
  await field.focus();
  await page.keyboard.type("PayPal");
  await input.send("Input.imeSetComposition", { text: "へ", selectionStart: 1, selectionEnd: 1 });
  await page.waitForTimeout(400);
  assert.deepEqual(asked("completions"), []);
});

test("widget: a question is answered, with where that stands", async (t) => {
  const { widget, open, search, focused, reported, panel, sent } = await visit(t);
  await open();
  await search("How do I reset my password?");
  assert.equal(await focused(), "Answer");
  assert.match(await widget.locator(".answer blockquote").innerText(), /Forgot password/);
  assert.match(await widget.locator(".answer .about").innerText(), /Reset your password\s+Updated on \w+ \d+, \d{4}/);
  assert.match(await panel.getByRole("status").textContent(), /^Articles: \d/);
  await widget.getByRole("link", { name: "Read the article" }).click();
  await widget.locator("article").waitFor();
  const article = { id: "account/reset-password", locale: "en" };
  await eventually(() =>
    assert.deepEqual(reported(), [{ type: "click", ...article, position: 1 }, { type: "view", ...article }]),
  );
  const ids = new Set(sent("events").map(({ events }) => events[0].query_id));
  assert.equal(ids.size, 1);
});

test("widget: a result is reported with its place", async (t) => {
  const { widget, open, search, reported } = await visit(t);
  await open();
  await search("parcel");
  const places = await widget.locator(":is(.links, .hits) a").count();
  assert.ok(places > 2);
  await widget.locator(".hits a").last().click();
  await widget.locator("article").waitFor();
  await eventually(() => assert.ok(reported().some(({ type, position }) => type === "click" && position > 1)));
});

test("widget: what nobody has an answer to leads to a person", async (t) => {
  const { widget, open, search, heading } = await visit(t);
  await open();
  await search("qwertzuiop");
  assert.equal(await heading.textContent(), "We have no answer to this yet");
  assert.equal(await widget.getByRole("link", { name: "Call us" }).getAttribute("href"), "tel:+4930123456");
  await widget.getByRole("button", { name: "Write to us" }).click();
  await widget.locator("form.message").waitFor();
});

test("widget: what the page is about decides what it suggests", async (t) => {
  const { page, widget, open, asked } = await visit(t, { body: "<zhida-help market='DE'></zhida-help>", path: "/shop/returns/8842-x?customer=jane", title: "Return an item" });
  await open();
  const [{ q, ...others }] = asked("search");
  assert.equal(q, "shop returns Return an item");
  assert.deepEqual(others, { locale: "en", market: "DE", per_page: "3", record: "false" });
  await widget.evaluate((element) => (element.dataset.context = "reset password"));
  await widget.getByRole("link", { name: "Reset your password" }).waitFor();
  assert.ok((await widget.locator(".links li").count()) <= 3);
  await page.keyboard.press("Escape");
  await widget.evaluate((element) => (element.dataset.context = "qwertzuiop"));
  await page.waitForTimeout(200);
  assert.equal(asked("search").length, 2);
});

// ---- Articles ----

test("widget: an article has its place in the outline, and its links stay in the panel", async (t) => {
  const { page, widget, open, search, heading, focused, help } = await visit(t);
  await open();
  await search("track your parcel");
  await widget.getByRole("link", { name: "Track your parcel" }).first().click();
  await widget.locator("article").waitFor();
  const levels = await widget.locator("[part=panel] :is(h1, h2, h3, h4, h5, h6):visible").evaluateAll((all) =>
    all.map((one) => Number(one.localName[1])),
  );
  assert.deepEqual(levels.slice(0, 2), [2, 3]);
  levels.reduce((above, level) => (assert.ok(level - above <= 1 && level > 1), level));
  const link = widget.locator(".prose a").first();
  assert.match(await link.getAttribute("href"), new RegExp(`^${help}/en/articles/`));
  await link.click();
  await eventually(async () => assert.notEqual(await heading.textContent(), "Track your parcel"));
  assert.equal(await focused(), await heading.textContent());
  assert.equal(page.context().pages().length, 1);
  await widget.getByRole("button", { name: "Back" }).click();
  assert.equal(await heading.textContent(), "Track your parcel");
  assert.equal(await focused(), await link.textContent());
  const out = widget.getByRole("link", { name: "Open the page" });
  assert.equal(await out.getAttribute("target"), "_blank");
  assert.equal(await out.getAttribute("rel"), "noopener");
  assert.equal(await out.getAttribute("href"), `${help}/en/articles/shipping/track-parcel`);
});

test("widget: an article in another language says so", async (t) => {
  const { widget, open, search } = await visit(t, { language: "en" });
  await open();
  await search("متى يصلني المبلغ المسترد؟");
  const quotation = widget.locator(".answer blockquote");
  assert.equal(await quotation.getAttribute("lang"), "ar");
  assert.equal(await quotation.getAttribute("dir"), "rtl");
  assert.equal(await widget.locator(".answer .label").textContent(), "Arabic");
});

// ---- Votes ----

async function readPasswordArticle({ open, search, widget }) {
  await open();
  await search("How do I reset my password?");
  await widget.getByRole("link", { name: "Read the article" }).click();
  await widget.locator(".feedback").waitFor();
}

test("widget: who says no is asked why", async (t) => {
  const visitor = await visit(t);
  const { widget, reported, focused } = visitor;
  await readPasswordArticle(visitor);
  await widget.getByRole("button", { name: "No", exact: true }).click();
  await widget.locator(".reasons").waitFor();
  assert.match(await focused(), /What was the problem\?/);
  await widget.getByLabel("It did not work").check();
  await widget.getByLabel("Anything we should know?").fill("The mail never came");
  await widget.getByRole("button", { name: "Send" }).click();
  await widget.getByRole("heading", { name: "Thank you" }).waitFor();
  const votes = reported().filter(({ type }) => type === "vote").map(({ helpful, reason, comment }) => ({ helpful, reason, comment }));
  assert.deepEqual(votes, [
    { helpful: false, reason: undefined, comment: undefined },
    { helpful: false, reason: "wrong", comment: "The mail never came" },
  ]);
});

test("widget: thanks come only when a vote was taken", async (t) => {
  const visitor = await visit(t);
  const { page, widget } = visitor;
  await readPasswordArticle(visitor);
  const yes = widget.getByRole("button", { name: "Yes" });
  const refuse = (status) => page.route("**/events", (route) => route.fulfill({ status, body: "{}" }));
  await refuse(503);
  await yes.click();
  await widget.getByRole("alert").filter({ hasText: "That did not work" }).waitFor();
  await page.unroute("**/events");
  await yes.click();
  await widget.getByRole("heading", { name: "Thank you" }).waitFor();
});

// ---- To a person ----

test("widget: a message is answered while it is written, and sent", async (t) => {
  const { page, widget, open, sent, focused, shop, reported, heading } = await visit(t, { path: "/cart?customer=jane" });
  await open();
  await widget.getByRole("button", { name: "Still need help?" }).click();
  assert.equal(await focused(), "Still need help?");
  const message = widget.getByLabel("Your message");
  await message.pressSequentially("How do I reset my password?");
  const answer = widget.locator(".answers a");
  await answer.waitFor();
  assert.equal(await answer.textContent(), "Reset your password");
  assert.equal(sent("answers").at(-1).q, "How do I reset my password?");
  await answer.click();
  await widget.locator("article").waitFor();
  await widget.getByRole("button", { name: "Back" }).click();
  assert.equal(await message.inputValue(), "How do I reset my password?");
  await widget.getByRole("button", { name: "Send" }).click();
  assert.equal(sent("messages").length, 0, "an address is needed");
  await widget.getByLabel("Your e-mail address").fill("jane@example.com");
  await widget.getByRole("button", { name: "Send" }).click();
  await heading.filter({ hasText: "Thank you for writing" }).waitFor();
  const [{ query_id, ...written }] = sent("messages");
  assert.match(query_id, /^[0-9a-f]{40,}$/);
  assert.deepEqual(written, {
    message: "How do I reset my password?",
    email: "jane@example.com",
    name: "",
    website: "",
    locale: "en",
    page: `${shop}/cart`,
  });
  assert.ok(reported().some(({ type }) => type === "escalation"));
  await widget.getByRole("button", { name: "Back" }).click();
  await widget.locator(".links").waitFor();
  assert.deepEqual((await page.evaluate(() => window.told)).at(-1), ["contact", { url: null }]);
});

test("widget: a message that was refused is still there", async (t) => {
  const { page, widget, open } = await visit(t);
  await open();
  await widget.getByRole("button", { name: "Still need help?" }).click();
  await page.route("**/messages", (route) => route.fulfill({ status: 429, body: "{}" }));
  await widget.getByLabel("Your message").fill("Hello?");
  await widget.getByLabel("Your e-mail address").fill("jane@example.com");
  await widget.getByRole("button", { name: "Send" }).click();
  await widget.getByRole("alert").filter({ hasText: "a lot in a short time" }).waitFor();
  assert.equal(await widget.getByLabel("Your message").inputValue(), "Hello?");
});

test("widget: a page may have its own way to a person", async (t) => {
  const { page, widget, open, heading } = await visit(t);
  await page.evaluate(() => document.addEventListener("zhida:contact", (event) => event.preventDefault()));
  await open();
  await widget.getByRole("button", { name: "Still need help?" }).click();
  assert.equal(await heading.textContent(), "What do you need help with?");
});

// ---- Failures ----

test("widget: what fails can be tried again", async (t) => {
  const { page, widget, launcher, search, heading, focused } = await visit(t);
  await page.route("**/api/v1/**", (route) => route.abort());
  await launcher.click();
  const retry = widget.getByRole("button", { name: "Try again" });
  await retry.waitFor();
  assert.equal(await focused(), await heading.textContent());
  await page.unroute("**/api/v1/**");
  await retry.click();
  await widget.locator(".links").waitFor();
  await page.route("**/api/v1/answers?**", (route) => route.fulfill({ status: 429, body: "{}" }));
  await widget.getByRole("combobox").fill("password");
  await page.keyboard.press("Enter");
  await retry.waitFor();
  assert.match(await heading.textContent(), /a lot in a short time/);
  await page.unroute("**/api/v1/answers?**");
  await retry.click();
  await widget.locator(".view:has(.answer, .links)").waitFor();
  await widget.getByRole("button", { name: "Back" }).click();
  await widget.locator(".hello:visible").waitFor();
});

// ---- Languages ----

test("widget: it speaks the language around it, and a new one at once", async (t) => {
  const body = `<div lang="de"><zhida-help data-context="Retoure"></zhida-help></div>`;
  const { widget, launcher, panel, open, search, asked } = await visit(t, { body });
  assert.equal(await launcher.innerText(), "Hilfe");
  await open();
  assert.equal(await panel.getAttribute("lang"), "de");
  await widget.evaluate((element) => element.setAttribute("locale", "ar"));
  await widget.locator("[part=panel][dir=rtl]").waitFor();
  assert.equal(await launcher.innerText(), "مساعدة");
  assert.deepEqual(asked("widget").map(({ locale }) => locale), ["de", "ar"]);
  await widget.evaluate((element) => element.setAttribute("locale", "tlh"));
  await widget.locator("[part=panel][dir=ltr]").waitFor();
  await search("password");
});

test("widget: going back while something loads stays where one was", async (t) => {
  const { page, widget, open, field, heading } = await visit(t);
  await open();
  await page.route("**/answers?**", () => {});
  await field.fill("password");
  await page.keyboard.press("Enter");
  await widget.getByRole("button", { name: "Back" }).click();
  assert.equal(await heading.textContent(), "What do you need help with?");
  assert.ok(await widget.getByRole("button", { name: "Back" }).isHidden());
});

test("widget: from right to left it opens on the left", async (t) => {
  const { launcher, panel, open } = await visit(t, { language: "ar", body: `<zhida-help data-context="شحن"></zhida-help>` });
  await open();
  assert.ok((await launcher.boundingBox()).x < 100);
  assert.ok((await panel.boundingBox()).x < 100);
});

// ---- Room ----

test("widget: in the page it keeps its room, asks when it is seen, and moves nothing", async (t) => {
  const style = "zhida-help[inline] { display: block; min-height: 36rem; } .far { height: 1500px; }";
  const body = `<div class="far"></div><zhida-help inline data-context="refund"></zhida-help><p>After it</p>`;
  const { page, widget, panel, requests, search } = await visit(t, { body, style });
  await page.waitForTimeout(200);
  assert.equal(requests.length, 0);
  await widget.scrollIntoViewIfNeeded();
  await widget.locator(".links").waitFor();
  assert.equal((await panel.boundingBox()).height, 576);
  assert.equal(await widget.getByRole("region", { name: "Seabridge Help Center" }).count(), 1);
  assert.equal(await widget.getByRole("button", { name: "Close" }).count(), 0);
  // Slower than what counts as an answer to a key.
  await page.route("**/answers?**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await search("How do I reset my password?");
  await page.waitForTimeout(600);
  assert.deepEqual(await page.evaluate(() => window.moved), []);
});

test("widget: a page that does not know it yet is not moved by it", async (t) => {
  const { page, open } = await visit(t, { body: `<zhida-help data-context="refund"></zhida-help><p>After it</p>` });
  await open();
  await page.waitForTimeout(600);
  assert.deepEqual(await page.evaluate(() => window.moved), []);
});

// ---- Every view ----

const QUESTIONS = { en: "How do I reset my password?", ar: "متى يصلني المبلغ المسترد؟" };

// Shows one view after the other; `look` looks at each.
async function showEveryView({ page, widget, open, search, field, launcher }, language, look) {
  await look("closed");
  await open();
  await look("start");
  await field.pressSequentially(QUESTIONS[language].slice(0, 3));
  await widget.getByRole("option").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await look("completions");
  await page.keyboard.press("Escape");
  await search("qwertzuiop");
  await look("no answer");
  await search(QUESTIONS[language]);
  await look("answer");
  await widget.locator(".answer .button").click();
  await widget.locator("article").waitFor();
  await look("article");
  await widget.locator(".feedback button").last().click();
  await widget.locator(".reasons").waitFor();
  await look("why not");
  await widget.locator(".foot button").click();
  await widget.locator("textarea[name=message]").fill(QUESTIONS[language]);
  await widget.locator(".answers a").waitFor();
  await look("contact");
  await page.route("**/messages", (route) => route.fulfill({ status: 202, contentType: "application/json", body: "{}" }));
  await widget.locator("input[name=email]").fill("jane@example.com");
  await widget.locator("form.message .button").click();
  await widget.locator(".plain").waitFor();
  await look("sent");
  await page.route("**/answers?**", (route) => route.abort());
  await widget.locator(".round").first().click();
  await field.fill("password");
  await page.keyboard.press("Enter");
  await widget.locator(".plain button").waitFor();
  await look("failed");
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const language of ["en", "ar"]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`widget: every view is accessible, ${language}, ${colorScheme}`, async (t) => {
      const style = "@media (prefers-color-scheme: dark) { :root { color-scheme: dark; } }";
      const body = `<zhida-help data-context="${language === "ar" ? "شحن" : "delivery"}"></zhida-help>`;
      const visitor = await visit(t, { language, colorScheme, style, body });
      await visitor.page.evaluate(axe);
      await showEveryView(visitor, language, (name) =>
        t.test(name, async () => {
          const { violations } = await visitor.page.evaluate((tags) => window.axe.run("zhida-help", { runOnly: tags }), TAGS);
          const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.failureSummary + node.html).join("\n")}`);
          assert.deepEqual(said, []);
        }),
      );
    });
  }
}

for (const language of ["en", "ar"]) {
  test(`widget: every view fits 320 pixels, ${language}`, async (t) => {
    const body = `<zhida-help data-context="${language === "ar" ? "شحن" : "delivery"}"></zhida-help>`;
    const visitor = await visit(t, { language, viewport: NARROW, body });
    await showEveryView(visitor, language, (name) =>
      t.test(name, async () => {
        const wide = await visitor.widget.evaluate((element) => {
          const scrolls = [document.scrollingElement, element.shadowRoot.querySelector(".view")];
          return scrolls.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.localName);
        });
        assert.deepEqual(wide, []);
      }),
    );
  });
}

test("widget: the page that shows it has both, under the policy of the help center", async (t) => {
  const { page, help, complaints } = await visit(t);
  await page.goto(`${help}/widget-demo`);
  await page.locator("zhida-help[inline] .links").waitFor();
  await page.locator("zhida-help:not([inline]) [part=launcher]").click();
  await page.locator("zhida-help:not([inline]) .links").waitFor();
  assert.deepEqual(complaints, []);
});
