// Measures how fast pages are on a slow phone, and how much is sent for them:
//
//   ZHIDA_PROGRAM=target/release/zhida node tests/browser/speed.js
//
// The processor is slowed down four times, nothing is cached, the network is this machine's
// own. Each figure is the median of five loads.

import { PAGES, PHONE, close, openPage, sharedServer } from "./support.js";

const LOADS = 5;
const SLOWDOWN = 4;

// Tasks up to this length are not felt.
const SHORT_TASK_MS = 50;

// Runs in the page before anything else of it.
function observe() {
  const seen = { tasks: [], shifts: 0 };
  globalThis.seen = seen;
  const task = ({ startTime, duration }) => ({ start: startTime, end: startTime + duration });
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(task))).observe({
    type: "longtask",
    buffered: true,
  });
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) seen.shifts += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
}

// Counts the compressed bytes, headers included, of each kind of file.
async function countBytes(devtools) {
  const kinds = new Map();
  const bytes = { Document: 0, Stylesheet: 0, Script: 0 };
  await devtools.send("Network.enable");
  devtools.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    if (kind in bytes) bytes[kind] += encodedDataLength;
  });
  return bytes;
}

// Loads an address in a browser that has never been there.
async function load(address) {
  const page = await openPage(null, { viewport: PHONE });
  await page.addInitScript(observe);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const bytes = await countBytes(devtools);
  await page.goto(address, { waitUntil: "networkidle" });
  const { paint_ms, tasks, shifts } = await page.evaluate(async () => {
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    while (painted() === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
    return { paint_ms: painted(), ...globalThis.seen };
  });
  await page.context().close();
  // As Lighthouse counts: what keeps a visitor from doing something once there is something.
  const felt = tasks.map(({ start, end }) => end - Math.max(start, paint_ms) - SHORT_TASK_MS);
  const blocking_ms = felt.filter((duration) => duration > 0).reduce((sum, duration) => sum + duration, 0);
  const all = bytes.Document + bytes.Stylesheet + bytes.Script;
  return { paint_ms, blocking_ms, shifts, html: bytes.Document, css: bytes.Stylesheet, js: bytes.Script, all };
}

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

async function measure(address) {
  const loads = [];
  for (let turn = 0; turn < LOADS; turn++) loads.push(await load(address));
  const of = (field) => median(loads.map((one) => one[field]));
  return {
    "first contentful paint, ms": Math.round(of("paint_ms")),
    "total blocking time, ms": Math.round(of("blocking_ms")),
    "layout shift": Number(of("shifts").toFixed(3)),
    "HTML, bytes": of("html"),
    "CSS, bytes": of("css"),
    "JS, bytes": of("js"),
    "all, bytes": of("all"),
  };
}

try {
  const { origin } = await sharedServer();
  const table = {};
  for (const kind of ["home", "article", "search with an answer"]) {
    table[kind] = await measure(`${origin}/en${PAGES[kind].address("en")}`);
  }
  console.table(table);
} finally {
  await close();
}
