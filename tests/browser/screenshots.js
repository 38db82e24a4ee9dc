// Takes a picture of every kind of page, to be looked at:
//
//   node tests/browser/screenshots.js FOLDER
//
// on a phone and on a desk, in light and dark, in English, Chinese and Arabic; the console in
// the first two. ZHIDA_PROGRAM names the program; the debug build if it is not set.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { CONSOLE_PAGES, DESKTOP, PAGES, close, visitor } from "./support.js";

const SCREENS = {
  phone: { width: 390, height: 844, isMobile: true, deviceScaleFactor: 2 },
  desktop: DESKTOP,
};

async function photograph(page, folder, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const file = `${name}-${colorScheme}.png`.replaceAll(" ", "-");
    await page.screenshot({ path: path.join(folder, file), fullPage: true });
  }
}

async function photographAll(folder) {
  for (const [screen, viewport] of Object.entries(SCREENS)) {
    const { page, goTo } = await visitor(null, { viewport });
    for (const locale of ["en", "zh-Hans", "ar"]) {
      for (const kind of Object.keys(PAGES)) {
        await goTo(kind, locale);
        await photograph(page, folder, `${kind}-${locale}-${screen}`);
      }
    }
    for (const language of ["en", "zh-Hans"]) {
      const { page, goToConsole } = await visitor(null, { viewport, language });
      for (const kind of Object.keys(CONSOLE_PAGES)) {
        await goToConsole(kind);
        await photograph(page, folder, `console-${kind}-${language}-${screen}`);
      }
    }
  }
}

const folder = process.argv[2];
if (!folder) {
  console.error("usage: node tests/browser/screenshots.js FOLDER");
  process.exit(2);
}
await mkdir(folder, { recursive: true });
try {
  await photographAll(folder);
} finally {
  await close();
}
