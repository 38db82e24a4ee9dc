// The agents' console: 1. works without JavaScript; 2. with it, takes keys; 3. talks with a
// ticket tool around it, and with no other site.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { PHONE, TICKET, assertNoSidewaysScroll, eventually, openPage, serve, signIn, visit } from "./support.js";

// What agents did is remembered, so that each test has a server of its own.
async function enter(t, options) {
  const server = await serve(t);
  const visited = await visit(t, "/agent", { viewport: PHONE, server, ...options });
  await signIn(visited.page, server.origin);
  return visited;
}

const problems = (page) => page.locator(".problem");

test("the console works without JavaScript", async (t) => {
  const { page, origin } = await enter(t, { javaScript: false });
  await page.fill("#_body", TICKET);
  await page.click("#ticket button.primary");
  await problems(page).nth(1).waitFor();
  assert.equal(await problems(page).count(), 2);
  assert.equal(await page.innerText("#_problem-2"), "Problem 2");
  await assertNoSidewaysScroll(page);

  await page.locator(".suggestion button[value^=solved]").first().click();
  const solved = page.locator("button[value^=solved]").first();
  await eventually(async () => assert.equal(await solved.getAttribute("aria-pressed"), "true"));
  assert.equal(await page.inputValue("#_body"), TICKET);
  await page.goto(`${origin}/agent`);
  assert.match(await page.innerText("#solutions"), /Solved a ticket lately/);

  await page.fill("#_q", "compensation");
  await page.press("#_q", "Enter");
  assert.match(await page.innerText(".results"), /Internal/);
  await page.locator(".results h2 a").first().click();
  assert.match(await page.innerText("article"), /not to send/);
});

test("the console takes keys", async (t) => {
  const { page } = await enter(t);
  await page.fill("#_body", TICKET);
  await page.press("#_body", "Control+Enter");
  await problems(page).nth(1).waitFor();
  assert.equal(await problems(page).count(), 2);
  await assertNoSidewaysScroll(page);
  assert.equal(await page.inputValue("#_body"), TICKET);

  const focused = () =>
    page.evaluate(() => [...document.querySelectorAll(".suggestion")].indexOf(document.activeElement));
  await eventually(async () => assert.equal(await focused(), 0));
  await page.keyboard.press("j");
  assert.equal(await focused(), 1);
  const solved = page.locator(".suggestion:focus button[value^=solved]");
  await page.keyboard.press("s");
  await eventually(async () => assert.equal(await solved.getAttribute("aria-pressed"), "true"));
  await page.keyboard.press("w");
  await eventually(async () => assert.equal(await solved.getAttribute("aria-pressed"), "false"));
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "_q");
});

// Serves, at an origin of its own, a page with the console in a frame; `consoleOrigin` is
// asked at each request. The page keeps what the console says in `heard`.
async function ticketTool(t, consoleOrigin) {
  const tool = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>tool</title><script>
      window.heard = [];
      addEventListener("message", ({ origin, data }) => origin === "${consoleOrigin()}" && heard.push(data));
      </script><iframe src="${consoleOrigin()}/agent" width="360" height="700"></iframe>`);
  });
  await new Promise((resolve) => tool.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    tool.close();
    tool.closeAllConnections();
  });
  return `http://127.0.0.1:${tool.address().port}`;
}

const heard = (page) => page.evaluate(() => globalThis.heard);

// Waits until the console has said something of this type, and returns it.
const said = (page, type) =>
  eventually(async () => {
    const all = await heard(page);
    const one = all.find((message) => message.type === type);
    assert.ok(one, `${type} was never said, but ${JSON.stringify(all)}`);
    return one;
  });

const sendTicket = (page) =>
  page.evaluate(
    (body) => frames[0].postMessage({ zhida: 1, type: "ticket", ticket_id: "T-7", subject: "", body }, "*"),
    TICKET,
  );

test("the console talks with the ticket tool around it alone", async (t) => {
  let consoleOrigin = "";
  const tool = await ticketTool(t, () => consoleOrigin);
  const stranger = await ticketTool(t, () => consoleOrigin);
  const server = await serve(t, { "agents.frames": [tool] });
  consoleOrigin = server.origin;
  const page = await openPage(t, { viewport: PHONE });
  await signIn(page, server.origin);

  await page.goto(tool);
  assert.equal((await said(page, "ready")).zhida, 1);
  await sendTicket(page);
  const results = await said(page, "results");
  assert.equal(results.ticket_id, "T-7");
  assert.equal(results.problems, 2);
  await page.frameLocator("iframe").locator(".insert").first().click();
  const inserted = await said(page, "insert");
  assert.equal(inserted.ticket_id, "T-7");
  for (const form of ["markdown", "text", "html"]) assert.match(inserted[form], /\/en\/articles\//);
  assert.equal((await said(page, "marked")).mark, "inserted");

  // Elsewhere the frame stays empty, and hears nothing.
  await page.goto(stranger);
  await sendTicket(page);
  await sleep(500);
  assert.deepEqual(await heard(page), []);
});
