// What the tests of the pages in a real browser share: the real program on the sample help
// center, Chromium, pages of every width and scheme, and what is true of each page whatever
// it is for.
//
// `visit` is the usual way in. All tests of a file share one server and one browser, and
// each visit has cookies and storage of its own. Scripts that are no tests (screenshots.js,
// speed.js) pass null for the test and call `close` at their end.
//
// Not here: what a page says (the *.test.js files).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

// `cargo test` names the program it has built.
const PROGRAM = process.env.ZHIDA_PROGRAM ?? path.join(ROOT, "target/debug/zhida");

const CHROMIUM = "/usr/bin/chromium";

// ---- Devices ----

export const PHONE = { width: 360, height: 800, isMobile: true, deviceScaleFactor: 2 };
export const DESKTOP = { width: 1280, height: 800 };
// The narrowest screen on which nothing may scroll sideways (WCAG 1.4.10).
export const NARROW = { width: 320, height: 640 };
// A browser zooms to 200 % by showing the page in half the room.
export const ZOOMED = { width: DESKTOP.width / 2, height: DESKTOP.height / 2, deviceScaleFactor: 2 };

// ---- Pages ----

// A question in the words of the article that answers it.
const QUESTIONS = {
  en: "When will I get my refund?",
  ar: "متى يصلني المبلغ المسترد؟",
  "zh-Hans": "退款多久到账",
};

const question = (locale) => `/search?q=${encodeURIComponent(QUESTIONS[locale])}`;

// Every kind of page that customers see: its address below `/{locale}`, what tells it from
// other kinds, and its status where that is not 200.
export const PAGES = {
  home: { address: () => "", has: ".topics" },
  category: { address: () => "/categories/shipping", has: ".category .list" },
  article: { address: () => "/articles/returns/how-to-return", has: "article .actions" },
  "article with contents": { address: () => "/articles/shipping/delivery-times", has: "article .contents" },
  "article with a table": { address: () => "/articles/products/vacuum-error-codes", has: "article table" },
  "search with an answer": { address: question, has: ".answer blockquote" },
  "search whose answer was right": {
    address: (locale) => `${question(locale)}&answer=yes`,
    has: ".verdict[role=status]",
  },
  "search whose answer was wrong": {
    address: (locale) => `${question(locale)}&answer=no`,
    has: ".answer:not(:has(blockquote))",
  },
  "search for a word": { address: () => "/search?q=visa", has: ".results" },
  "search with nothing": { address: () => "/search?q=qqqxyz&category=payment", has: ".nothing" },
  "all articles": { address: () => "/search?page=2", has: ".paging" },
  contact: { address: () => "/contact", has: ".contact-form" },
  "message sent": { address: () => "/contact?sent", has: "h1" },
  "article that did not help": {
    address: () => "/articles/returns/how-to-return?helpful=no",
    has: "#_feedback .why",
  },
  "not found": { address: () => "/articles/nothing-like-this", has: ".browse", status: 404 },
  refused: { address: () => "/search?colour=red", has: ".detail", status: 400 },
};

export const TICKET = "My parcel says delivered but I never got it. Also, how do I return an item?";

// Every kind of page that agents see: its address, what leads on from there, and what tells
// it from other kinds.
export const CONSOLE_PAGES = {
  "sign in": { address: "/agent", has: "#_key", isAgent: false },
  "wrong key": {
    address: "/agent",
    isAgent: false,
    then: (page) => enterKey(page, "zhida_wrong"),
    has: "[role=alert]",
  },
  "empty desk": { address: "/agent", has: ".empty" },
  solutions: { address: "/agent", then: solve, has: ".reply" },
  search: { address: "/agent/search?q=compensation", has: ".results .internal" },
  "search with nothing": { address: "/agent/search?q=qqqxyz", has: "main form[action='/agent/draft']" },
  "internal article": {
    address: "/agent/zh-Hans/articles/internal/compensation-limits",
    has: "article .internal",
  },
  insights: { address: "/agent/insights", has: ".figures" },
  report: { address: "/agent/insights/articles", has: "table" },
  gaps: { address: "/agent/insights/gaps", has: "h1" },
  changes: { address: "/agent/insights/changes", has: "h1" },
  draft: {
    address: "/agent",
    then: (page) => page.click(".top form[action='/agent/draft'] button"),
    has: "#_draft-body",
  },
};

async function enterKey(page, key) {
  await page.fill("input[name=key]", key);
  await page.press("input[name=key]", "Enter");
  await page.waitForLoadState();
}

async function solve(page) {
  await page.fill("#_body", TICKET);
  await page.click("#ticket button.primary");
  await page.locator(".problem").nth(1).waitFor();
}

// ---- The program ----

// The key by which tests are agents.
export const AGENT_KEY = "zhida_the-key-of-an-agent";

const SETTINGS = {
  semantic: "off",
  "content.dir": path.join(ROOT, "content"),
  "site.name": "Seabridge",
  // Each visitor of a test has an address of their own.
  "server.address_header": "x-forwarded-for",
  // Where the actions of articles lead.
  "site.url": "https://shop.example.com/",
  "site.contact": [{ label: { en: "Write to us", ar: "راسلنا" }, url: "mailto:help@example.com" }],
  "agents.keys": [
    { name: "test", hash: "41f64f16f6d1acde5d01ffed9986f142914b1807c329d2d5a2da844d9af4111e" },
  ],
};

const toml = (value) => {
  if (Array.isArray(value)) return `[${value.map(toml).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  return `{ ${Object.entries(value).map(([name, one]) => `${JSON.stringify(name)} = ${toml(one)}`).join(", ")} }`;
};

// The program refuses variables that it does not know.
const environment = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ZHIDA_|RUST_LOG$)/.test(name)));

// Starts the program in a folder of its own; it stops when the test ends, or, where it is for
// the whole "file", when all do. Settings are named
// as `zhida.toml` does: `{ "agents.frames": ["https://tickets.example.com"] }`.
// Without `isReady` it does not wait until the help center is built. `folder` has its data,
// and `log` returns the end of what it logged.
export async function serve(t, settings = {}, { isReady = true } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "zhida-"));
  const lines = Object.entries({ ...SETTINGS, ...settings }).map(([name, value]) => `${name} = ${toml(value)}\n`);
  await writeFile(path.join(folder, "zhida.toml"), lines.join(""));
  const program = spawn(PROGRAM, ["serve", "--listen", "127.0.0.1:0"], {
    cwd: folder,
    env: environment(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  program.stderr.on("data", (text) => (said = `${said}${text}`.slice(-10_000)));
  const kill = () => program.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise((resolve) => program.once("close", resolve));
  const stop = async () => {
    kill();
    await ended;
    process.off("exit", kill);
    await rm(folder, { recursive: true, force: true });
  };
  if (t === "file") stops.push(stop);
  else t?.after(stop);
  try {
    const origin = await addressOf(program, ended, () => said);
    if (isReady) await eventually(async () => assert.ok((await fetch(`${origin}/readyz`)).ok, said), 60_000);
    return { origin, folder, stop, log: () => said };
  } catch (error) {
    await stop();
    throw error;
  }
}

// Resolves to the address that the program prints first; fails if it cannot be started, or
// ends instead.
function addressOf(program, ended, log) {
  return new Promise((resolve, reject) => {
    readline.createInterface(program.stdout).once("line", (line) => resolve(line.trim()));
    program.once("error", reject);
    ended.then(() => reject(new Error(`${PROGRAM} ended: ${log()}`)));
  });
}

// A site of somebody else, which serves one page at each address; what it is at the moment is
// `{ html, policy, style }`. Resolves to its origin.
export function serveOther(t, page) {
  const answer = (request, response) => {
    const { html, policy, style = "" } = page;
    if (request.url === "/style.css") return response.writeHead(200, { "content-type": "text/css" }).end(style);
    const headers = { "content-type": "text/html; charset=utf-8" };
    if (policy) headers["content-security-policy"] = policy;
    return response.writeHead(200, headers).end(html);
  };
  const site = http.createServer(answer);
  const stop = () => {
    site.close();
    site.closeAllConnections();
  };
  if (t === "file") stops.push(stop);
  else t.after(stop);
  return new Promise((resolve) => site.listen(0, "127.0.0.1", () => resolve(`http://localhost:${site.address().port}`)));
}

// ---- The browser ----

let server = null;
let browser = null;

// The server that tests use which name none.
export const sharedServer = () => (server ??= serve(null));

const sharedBrowser = () =>
  (browser ??= chromium.launch({ executablePath: CHROMIUM, args: ["--disable-gpu", "--disable-quic"] }));

// What stops the servers of a whole file.
const stops = [];

// Closes what all tests of a file share.
export async function close() {
  for (const stop of stops) await stop();
  const [opened, started] = await Promise.allSettled([browser, server]);
  await opened.value?.close();
  await started.value?.stop();
}

if (process.argv[1]?.endsWith(".test.js")) after(close);

let visitors = 0;

// Returns the address of somebody in a network that nobody else is in.
const newAddress = () => `10.${Math.floor(++visitors / 250)}.${visitors % 250}.7`;

// Opens an empty page; it is closed when the test ends.
export async function openPage(t, options = {}) {
  const { javaScript = true, colorScheme = "light", viewport = DESKTOP, language = "en" } = options;
  // Chromium asks before it sends a header of its own to another origin.
  const { hasOwnAddress = true } = options;
  const { width, height, ...screen } = viewport;
  const context = await (await sharedBrowser()).newContext({
    ...screen,
    viewport: { width, height },
    javaScriptEnabled: javaScript,
    colorScheme,
    locale: language,
    reducedMotion: "reduce",
    extraHTTPHeaders: hasOwnAddress ? { "x-forwarded-for": newAddress() } : {},
  });
  t?.after(() => context.close());
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

// Returns somebody who has a page of a help center open, and nothing in it yet:
//
// - `page`, and the `origin` of the server;
// - `go(address)`, `goTo(kind, locale)` for what customers see, `goToConsole(kind)` for what
//   agents see;
// - `status()` and `source()` of what is open, as it was sent: a number and, once it is
//   awaited, HTML.
//
// The test fails if a request leaves the server, if the server fails, if a script throws, or
// if the content security policy has to refuse something.
export async function visitor(t, options = {}) {
  const { origin, log } = options.server ?? (await sharedServer());
  const page = await openPage(t, options);
  const faults = [];
  let document = null;
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.origin !== origin) faults.push(`a request to ${url.href}`);
  });
  page.on("websocket", (socket) => faults.push(`a connection to ${socket.url()}`));
  page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.stack ?? error}`));
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.url()} fails with ${response.status()}: ${log()}`);
    const isDocument = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    const isRedirect = response.status() >= 300 && response.status() < 400;
    if (isDocument && !isRedirect) document = response;
  });
  t?.after(() => assert.deepEqual(faults, [], "pages do what no page may do"));

  const go = async (address) => {
    await page.goto(origin + address);
  };
  const becomeAgent = async () => {
    const signedIn = await page.request.post(`${origin}/agent`, { form: { key: AGENT_KEY } });
    assert.ok(signedIn.ok(), `the key lets in: ${signedIn.status()}`);
  };
  if (options.isAgent) await becomeAgent();

  return {
    page,
    origin,
    go,
    status: () => document.status(),
    source: () => document.text(),
    async goTo(kind, locale) {
      const { address, has, status = 200 } = PAGES[kind];
      await go(`/${locale}${address(locale)}`);
      assert.equal(document.status(), status, page.url());
      await page.locator(has).first().waitFor({ state: "attached" });
    },
    async goToConsole(kind) {
      const { address, isAgent = true, then, has } = CONSOLE_PAGES[kind];
      await page.context().clearCookies();
      if (isAgent) await becomeAgent();
      await go(address);
      await then?.(page);
      await page.locator(has).first().waitFor({ state: "attached" });
    },
  };
}

// Opens an address of a help center; see `visitor` for what comes back. All options may be
// left out:
//
//   const { page, origin } = await visit(t, "/en", {
//     viewport: PHONE, colorScheme: "dark", javaScript: false,
//     language: "zh-Hans",   // what the browser asks for
//     isAgent: true,         // signed in at the console
//     server: await serve(t, { "agents.frames": ["https://tickets.example.com"] }),
//   });
export async function visit(t, address, options = {}) {
  const visited = await visitor(t, options);
  await visited.go(address);
  return visited;
}

// Signs an agent in as people do; `isAgent` is the short way.
export async function signIn(page, origin) {
  await page.goto(`${origin}/agent`);
  await enterKey(page, AGENT_KEY);
  assert.match(await page.innerText("#solutions"), /Paste a ticket/);
}

// Tries an assertion again until it holds; fails as it does when it never holds.
export async function eventually(assertion, timeout_ms = 20_000) {
  const deadline = Date.now() + timeout_ms;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}

// ---- What is true of every page ----

// Asserts that the page is as wide as the screen, and no wider.
export async function assertNoSidewaysScroll(page, name) {
  const { width } = page.viewportSize();
  const { needed, beyond } = await page.evaluate((width) => {
    const isBeyond = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > width + 1;
    };
    const scrolls = (element) => getComputedStyle(element).overflowX !== "visible";
    const isLoose = (element) => {
      for (let one = element.parentElement; one && one !== document.body; one = one.parentElement) {
        if (scrolls(one)) return false;
      }
      return true;
    };
    const named = (element) => `<${element.localName} class="${element.className}">`;
    return {
      needed: document.documentElement.scrollWidth,
      beyond: [...document.body.querySelectorAll("*")].filter((one) => isBeyond(one) && isLoose(one)).map(named),
    };
  }, width);
  const culprits = beyond.slice(0, 5).join(", ");
  assert.equal(needed, width, `${name ?? page.url()} scrolls sideways: ${culprits}`);
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

// The rules of WCAG 2.2, levels A and AA.
const WCAG = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] };

// Asserts that axe finds nothing serious in the page, or in what `within` selects.
export async function assertAccessible(page, { within = null, name = page.url() } = {}) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(await readFile(AXE, "utf8"));
  const violations = await page.evaluate(
    async ([within, runOnly]) => (await globalThis.axe.run(within ?? document, { runOnly })).violations,
    [within, WCAG],
  );
  const serious = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  const shown = serious.map(({ id, help, nodes }) => {
    const places = nodes.map(({ target, html, any }) => `  ${target}: ${html}\n    ${any.map((one) => one.message)}`);
    return `${id}: ${help}\n${places.join("\n")}`;
  });
  assert.ok(shown.length === 0, `${name}\n${shown.join("\n")}`);
}
