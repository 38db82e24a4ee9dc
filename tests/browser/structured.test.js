// What pages say to machines (JSON-LD of schema.org): 1. whatever block a page has is
// complete; 2. home, categories and articles have theirs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGES, visitor } from "./support.js";

// Returns the objects of all blocks of a page, in order.
async function structuredData(page) {
  const blocks = await page.locator('script[type="application/ld+json"]').allTextContents();
  return blocks.flatMap((block) => {
    const data = JSON.parse(block);
    const objects = [data].flat().flatMap((one) => one["@graph"] ?? one);
    for (const { "@context": context } of [data].flat()) assert.match(context, /^https?:\/\/schema\.org\/?$/);
    return objects;
  });
}

function assertText(text, field) {
  assert.equal(typeof text, "string", `${field} is a text`);
  assert.notEqual(text.trim(), "", `${field} says something`);
}

function assertAddress(url, field) {
  assertText(url, field);
  assert.match(new URL(url).protocol, /^https?:$/, field);
}

const assertDay = (day, field) => assert.match(day, /^\d{4}-\d\d-\d\d(T.+)?$/, `${field} is a day`);

const CHECKS = {
  Article(article, page) {
    assertText(article.headline, "headline");
    assert.equal(article.inLanguage, page.language, "inLanguage is that of the article");
    assertAddress(article.mainEntityOfPage?.["@id"] ?? article.mainEntityOfPage ?? article.url, "url");
    for (const field of ["datePublished", "dateModified"]) {
      if (field in article) assertDay(article[field], field);
    }
  },
  FAQPage(faq) {
    assert.ok(Array.isArray(faq.mainEntity) && faq.mainEntity.length > 0, "mainEntity has questions");
    for (const question of faq.mainEntity) {
      assert.equal(question["@type"], "Question");
      assertText(question.name, "mainEntity[].name");
      assert.equal(question.acceptedAnswer?.["@type"], "Answer");
      assertText(question.acceptedAnswer.text, "acceptedAnswer.text");
    }
  },
  BreadcrumbList(crumbs, page) {
    assert.ok(Array.isArray(crumbs.itemListElement) && crumbs.itemListElement.length > 0);
    crumbs.itemListElement.forEach((one, index) => {
      assert.equal(one["@type"], "ListItem");
      assert.equal(one.position, index + 1, "positions count from 1");
      assertText(one.name, "itemListElement[].name");
      const item = one.item?.["@id"] ?? one.item;
      assertAddress(item, "itemListElement[].item");
      assert.equal(new URL(item).origin, page.origin, "crumbs lead through this help center");
    });
  },
  WebSite(site) {
    assertText(site.name, "name");
    assertAddress(site.url, "url");
    if (!site.potentialAction) return;
    assert.equal(site.potentialAction["@type"], "SearchAction");
    const template = site.potentialAction.target?.urlTemplate ?? site.potentialAction.target;
    assert.match(template, /\{search_term_string\}/, "the place of what is searched for");
    assertAddress(template.replace("{search_term_string}", "x"), "target");
    assert.equal(site.potentialAction["query-input"], "required name=search_term_string");
  },
};

// Asserts that all blocks of the page are complete; returns their types.
async function assertStructured({ page, origin }) {
  const language = await page.evaluate(
    () => document.querySelector("article[lang]")?.lang ?? document.documentElement.lang,
  );
  const objects = await structuredData(page);
  return objects.map((object) => {
    const type = object["@type"];
    assert.ok(type in CHECKS, `${type} is a type whose fields are checked here`);
    CHECKS[type](object, { origin, language });
    return type;
  });
}

for (const locale of ["en", "ar", "zh-Hans"]) {
  test(`structured data is complete: ${locale}`, async (t) => {
    const visited = await visitor(t, { javaScript: false });
    for (const kind of Object.keys(PAGES)) {
      await t.test(kind, async () => {
        await visited.goTo(kind, locale);
        await assertStructured(visited);
      });
    }
  });
}

const EXPECTED = {
  home: ["WebSite"],
  category: ["BreadcrumbList"],
  article: ["Article", "BreadcrumbList", "FAQPage"],
};

for (const [kind, types] of Object.entries(EXPECTED)) {
  test(`structured data is there: ${kind}`, async (t) => {
    const visited = await visitor(t);
    await visited.goTo(kind, "en");
    const found = await assertStructured(visited);
    for (const type of types) assert.ok(found.includes(type), `${kind} has ${type}, not only: ${found}`);
  });
}
