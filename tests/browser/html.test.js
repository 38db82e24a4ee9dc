// The HTML of every kind of page, as it is sent, is valid; so is that of the page that is
// shown while the help center is built.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { CONSOLE_PAGES, PAGES, serve, visit, visitor } from "./support.js";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // A matter of style: we write it in lower case.
    "doctype-style": ["error", { style: "lowercase" }],
    // HTML allows any id without spaces. Those of the pages start with `_`, so that no
    // heading of an article can have the same.
    "valid-id": ["error", { relaxed: true }],
    // A matter of style: an input without a type is a field for text.
    "no-implicit-input-type": "off",
  },
});

// A button without a type submits. The validator knows that of buttons only which say so, and
// would have no two of them share a name.
const withButtonTypes = (html) => html.replaceAll(/<button(?![^>]* type=)/g, '<button type="submit"');

async function assertValid(html, name, rules = {}) {
  const lines = html.split("\n");
  const { results } = await validator.validateString(withButtonTypes(html), { rules });
  const shown = results
    .flatMap(({ messages }) => messages)
    .map(({ ruleId, line, column, message }) => `${ruleId}, ${line}:${column}: ${message}\n  ${lines[line - 1]}`);
  assert.ok(shown.length === 0, `${name}\n${shown.join("\n")}`);
}

for (const locale of ["en", "ar"]) {
  test(`valid HTML: ${locale}`, async (t) => {
    const { source, goTo } = await visitor(t, { javaScript: false });
    for (const kind of Object.keys(PAGES)) {
      await t.test(kind, async () => {
        await goTo(kind, locale);
        await assertValid(await source(), kind);
      });
    }
  });
}

test("valid HTML: console", async (t) => {
  const { source, goToConsole } = await visitor(t, { javaScript: false });
  for (const kind of Object.keys(CONSOLE_PAGES)) {
    await t.test(kind, async () => {
      await goToConsole(kind);
      await assertValid(await source(), kind);
    });
  }
});

test("valid HTML: console without keys", async (t) => {
  const server = await serve(t, { "agents.keys": [] });
  const { source } = await visit(t, "/agent", { server });
  await assertValid(await source(), "console without keys");
});

test("valid HTML: starting", async (t) => {
  const content = await mkdtemp(path.join(tmpdir(), "zhida-content-"));
  t.after(() => rm(content, { recursive: true }));
  // The program waits for somebody to write into this pipe.
  execFileSync("mkfifo", [path.join(content, "dictionary.txt")]);
  const { origin } = await serve(t, { "content.dir": content }, { isReady: false });
  const answer = await fetch(`${origin}/en`);
  assert.equal(answer.status, 503);
  // It is asked for again after some seconds: there is nothing to read on it until then.
  await assertValid(await answer.text(), "starting", { "meta-refresh": "off" });
});
