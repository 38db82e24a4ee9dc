//! Loading content: files of any tool become articles, pages and passages.
//!
//! 1. The path and the front matter say locale, id and category, whatever tool wrote them.
//! 2. Every file is an article or skipped with a reason; one bad file never stops a load.
//! 3. What cannot be read never makes an article public.
//! 4. Every passage's anchor is an `id` in the HTML; its range is exact, ascending, on boundaries.
//! 5. HTML is safe, and loads nothing.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use insta::assert_snapshot;
use proptest::prelude::*;
use tempfile::TempDir;
use zhida::content::{
    Article, ArticleId, Audience, Links, LoadError, Loaded, Loader, Settings, SkipReason, Status,
};
use zhida::locale::Locale;

/// A content directory that is gone after the test.
struct Content {
    dir: TempDir,
    loader: Loader,
}

impl Content {
    fn new<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let loader = loader(dir.path());
        let content = Self { dir, loader };
        for (path, text) in files {
            content.write(path, text);
        }
        content
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, text).expect("a file is written");
    }

    fn load(&mut self) -> Loaded {
        let loaded = self.loader.load().expect("the directory is there");
        assert_eq!(loaded.files, loaded.corpus.articles.len() + loaded.skipped.len());
        loaded
    }
}

fn loader(dir: &Path) -> Loader {
    Loader::new(Settings { dir: dir.to_owned(), default_locale: Locale::english() })
}

fn load<B: AsRef<[u8]>>(files: &[(&str, B)]) -> Loaded {
    Content::new(files).load()
}

/// Loads one file.
fn article(path: &str, text: &str) -> Article {
    load(&[(path, text)]).corpus.articles.pop().expect("an article")
}

/// Shows `id locale category | title` of each article, and what was skipped.
fn overview(loaded: &Loaded) -> String {
    let articles = loaded.corpus.articles.iter().map(|article| {
        let category = article.category.as_deref().unwrap_or("-");
        format!("{} {} {category} | {}", article.id, article.locale, article.title)
    });
    let skipped =
        loaded.skipped.iter().map(|skipped| format!("{}: {}", skipped.path.display(), skipped.reason));
    articles.chain(skipped).collect::<Vec<_>>().join("\n")
}

/// Shows `file:line severity code` of each diagnostic.
fn diagnostics(loaded: &Loaded) -> String {
    let lines = loaded.diagnostics.iter().map(|diagnostic| {
        let line = diagnostic.line.map_or("-".to_owned(), |line| line.to_string());
        let (severity, code) = (diagnostic.severity.as_str(), diagnostic.code.as_str());
        format!("{}:{line} {severity} {code}", diagnostic.file.display())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Shows `#anchor [headings] ? text` of each passage.
fn passages(path: &str, text: &str) -> String {
    let article = article(path, text);
    let shown = article.passages().into_iter().map(|passage| {
        let anchor = passage.anchor.map_or("-".to_owned(), |anchor| format!("#{anchor}"));
        let question = if passage.is_question { " ?" } else { "" };
        format!("{anchor} [{}]{question}\n{}", passage.headings.join(" / "), passage.text)
    });
    shown.collect::<Vec<_>>().join("\n--\n")
}

fn html(path: &str, text: &str) -> String {
    article(path, text).render(&Links::default()).html
}

/// Fails unless anchors exist and ranges are exact, for customers and for indexing alike.
fn check_passages(article: &Article, links: &Links) {
    let page = article.render(links);
    assert_eq!(page.passages, article.passages());
    assert!(!page.passages.is_empty(), "{}", article.path.display());
    let ids: HashSet<&str> =
        page.html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut last = article.body_start;
    for passage in &page.passages {
        if let Some(anchor) = &passage.anchor {
            assert!(ids.contains(anchor.as_str()), "{}: #{anchor}", article.path.display());
        }
        let range = passage.source.clone();
        assert!(
            last <= range.start && range.start <= range.end,
            "{}: {range:?} after {last}",
            article.path.display()
        );
        assert!(article.source.get(range.clone()).is_some(), "{}: {range:?}", article.path.display());
        last = range.end;
    }
}

#[test]
fn our_own_layout() {
    let loaded = load(&[
        ("zh-Hans/shipping/_index.md", "---\ntitle: 物流配送\nsummary: 运费\norder: 3\n---\n"),
        ("zh-Hans/shipping/track-parcel.md", "---\ntitle: 查快递\n---\n正文"),
        ("en/shipping/track-parcel.md", "# Track a parcel\nText"),
        ("en/shipping/customs/duties.md", "Text"),
        ("en/index.md", "---\ntitle: Welcome\n---\nHello"),
        ("en/shipping/notes.txt", "not counted"),
        ("en/.obsidian/hidden.md", "not loaded"),
        ("en/shipping/..md", "# .\nA page about the dot"),
        ("en/node_modules/x/README.md", "not counted"),
    ]);
    assert_snapshot!(overview(&loaded), @r"
    index en - | Welcome
    shipping/..md en shipping | .
    shipping/customs/duties en shipping | duties
    shipping/track-parcel en shipping | Track a parcel
    shipping/track-parcel zh-Hans shipping | 查快递
    en/.obsidian/hidden.md: it is hidden: its name or a folder above it starts with a dot
    zh-Hans/shipping/_index.md: it has no text and only names its folder
    ");
    let categories = loaded.corpus.categories.iter();
    let shown = categories.map(|c| format!("{} {} {} {:?} {}", c.id, c.locale, c.title, c.summary, c.url()));
    assert_snapshot!(shown.collect::<Vec<_>>().join("\n"), @r#"
    shipping en Shipping "" /en/categories/shipping
    shipping zh-Hans 物流配送 "运费" /zh-Hans/categories/shipping
    "#);
    assert_eq!(diagnostics(&loaded), "");
}

#[test]
fn layouts_of_other_tools() {
    let loaded = load(&[
        ("content/_index.zh-cn.md", "+++\ntitle = \"首页\"\n+++\n"),
        (
            "content/client/_index.en.md",
            "+++\ntitle = \"Client\"\nweight = 2\n[extra]\nquestions = [\"What is it?\"]\n+++\nText",
        ),
        ("content/client/_index.zh-cn.md", "---\ntitle: 客户端\n---\n{{% children %}}"),
        ("content/client/mac.zh-tw.md", "---\ntitle: 蘋果\ndraft: true\n---\n內容"),
        ("vault/Getting things done.md", "---\naliases: [GTD, Doing it]\n---\n[[Other note]]"),
        ("docs/intro.mdx", "import A from 'a'\n\n# Intro\n\n<A>Text</A>"),
    ]);
    assert_snapshot!(overview(&loaded), @r"
    content/client en content | Client
    content/client/mac zh-TW content | 蘋果
    docs/intro en docs | Intro
    vault/Getting things done en vault | Getting things done
    content/_index.zh-cn.md: it has no text and only names its folder
    content/client/_index.zh-cn.md: it has no text and only names its folder
    ");
    assert_eq!(loaded.files, 6);
}

#[test]
fn suffixed_folders_share_ids() {
    let loaded = load(&[
        ("pages/common/tar.md", "# tar\n> Archive."),
        ("pages.zh_TW/common/tar.md", "# tar\n> 封存。"),
        ("pages.zh/common/tar.md", "# tar\n> 归档。"),
    ]);
    assert_snapshot!(overview(&loaded), @r"
    pages/common/tar en common | tar
    pages/common/tar zh-TW common | tar
    pages/common/tar zh-Hans common | tar
    ");
}

#[test]
fn front_matter_in_the_words_of_other_tools() {
    let article = article(
        "a.md",
        "---
id: /shipping//fees/
title: |
  Fees and
  times
lang: zh_TW
description: What it costs
keywords: fees, shipping，costs
categories: [Shipping, More]
date: 2024-1-5
lastmod: 2024-02-03T10:00:00+08:00
publishDate: 2024/01/05
expiryDate: 2030年1月2日
review_by: 2031-01-01
sidebar_position: 2.5
slug: /old/fees
aliases: [/older, Delivery costs]
products: SB-A20
questions: How much?
actions: [{label: Go, url: /go}, {title: Mail, href: 'mailto:a@b.c'}]
unknown: {a: 1}
---
Text",
    );
    let Article {
        id, title, locale, questions, category, tags, products, effective, expires, updated, ..
    } = article;
    let shown = format!(
        "{id} {locale} {title:?} {questions:?} {category:?} {tags:?} {products:?} {effective:?} {expires:?} {updated:?} {:?} {:?} {:?} {:?}",
        article.summary, article.order, article.aliases, article.actions
    );
    assert_snapshot!(shown, @r#"shipping/fees zh-TW "Fees and times" ["How much?", "Delivery costs"] Some("Shipping") ["fees", "shipping", "costs"] ["SB-A20"] Some(2024-01-05) Some(2030-01-02) Some(2024-02-03) Some("What it costs") 2 ["/older", "Delivery costs", "/old/fees"] [Action { label: "Go", url: "/go" }, Action { label: "Mail", url: "mailto:a@b.c" }]"#);
}

#[test]
fn what_is_unclear_is_not_public() {
    for front_matter in [
        "audience: intern",
        "audience: [public, secret]",
        "audience: {x: y}",
        "audience: public\naudience: internal",
        "private: true",
        "extra: {audience: internal}",
        "title: a: b",
        "title: x\naudience: public\n  bad",
        "effective: next month",
        "expires: soon",
        "status: in progress",
        "status: draft",
        "draft: maybe",
        "published: false",
        "status: archived",
    ] {
        let article = article("a.md", &format!("---\n{front_matter}\n---\nText"));
        assert!(!article.is_for_customers(), "{front_matter}");
    }
    for front_matter in
        ["audience: PUBLIC", "status: Published", "draft: false", "x: y", "audience:", "status: new"]
    {
        let article = article("a.md", &format!("---\n{front_matter}\n---\nText"));
        assert!(article.is_for_customers(), "{front_matter}");
    }
    assert!(!article("a.md", "---\naudience: internal\nText without an end").is_for_customers());
    assert!(!article("a.md", "\n\n---\r\naudience: internal\r\n---\r\nText").is_for_customers());
    assert!(!article("a.md", "---\raudience: internal\r---\rText").is_for_customers());
}

#[test]
fn internal_folders_make_their_articles_internal() {
    let loaded = load(&[
        ("zh-Hans/internal/_index.md", "---\naudience: internal\n---\n"),
        ("zh-Hans/internal/deep/a.md", "a"),
        ("zh-Hans/public/b.md", "---\ncategory: internal\n---\nb"),
        ("zh-Hans/public/c.md", "c"),
        ("en/internal/a.md", "a"),
    ]);
    let internal: Vec<_> =
        loaded.corpus.articles.iter().filter(|a| a.audience == Audience::Internal).collect();
    assert_eq!(
        internal.iter().map(|a| a.path.to_string_lossy()).collect::<Vec<_>>(),
        ["en/internal/a.md", "zh-Hans/internal/deep/a.md", "zh-Hans/public/b.md"]
    );
}

#[test]
fn bad_files_are_reported_and_the_rest_is_loaded() {
    let (gb, _, _) = encoding_rs::GB18030.encode("---\ntitle: 退货政策\n---\n七天无理由退货。");
    let mut content = Content::new(&[
        ("broken.md", b"---\ntitle: ok\nsummary: a: b\n---\nBody".as_slice()),
        ("gb.md", &gb),
        ("latin.md", b"caf\xe9 ol\xe9"),
        ("bom.md", "\u{feff}---\ntitle: BOM\n---\nText".as_bytes()),
        ("dates.md", b"---\ntitle: ''\nupdated: 2024-02-30\nlocale: Klingon\norder: first\n---\nText"),
        ("en/a.md", b"---\nid: same\n---\n1"),
        ("en/b.md", b"---\nid: same\nrelated: [a, missing]\n---\n2"),
        (
            "en/links.md",
            b"---\nrelated: same, gone\n---\n[a](a.md) [b](gone.md#x)\n[c](https://x.y/z.md) `[d](d.md)`\n",
        ),
        ("empty.md", b""),
    ]);
    let loaded = content.load();
    assert_snapshot!(diagnostics(&loaded), @r"
    broken.md:3 error broken-front-matter
    dates.md:2 warning empty-title
    dates.md:3 warning invalid-date
    dates.md:4 error unknown-locale
    dates.md:5 warning invalid-value
    en/b.md:- error duplicate-identity
    en/links.md:2 warning unknown-related
    en/links.md:4 warning broken-link
    gb.md:- warning legacy-encoding
    latin.md:- error unknown-encoding
    ");
    assert_snapshot!(overview(&loaded), @r"
    bom en - | BOM
    broken en - | ok
    dates en - | dates
    empty en - | empty
    gb en - | 退货政策
    links en - | links
    same en - | a
    en/b.md: en/a.md has the same id and locale
    latin.md: its encoding is unknown
    ");
    assert!(loaded.diagnostics.iter().all(|diagnostic| !diagnostic.message.is_empty()));
}

#[cfg(unix)]
#[test]
fn links_out_of_the_directory_are_refused() {
    use std::os::unix::fs::symlink;

    let outside = Content::new(&[("secret.md", "secret")]);
    let mut content = Content::new(&[("a/b/page.md", "page")]);
    for (target, link) in [
        (outside.path("secret.md"), "out.md"),
        (outside.path(""), "out"),
        (content.path("nowhere.md"), "dangling.md"),
        (content.path("a"), "a/b/loop"),
        (content.path("a/b/page.md"), "inside.md"),
        (content.path("a"), "again"),
        (content.path("a"), "third"),
    ] {
        symlink(target, content.path(link)).expect("a link is made");
    }
    let loaded = content.load();
    assert_snapshot!(diagnostics(&loaded), @r"
    a/b/loop:- warning link-loop
    again/b/loop:- warning link-loop
    dangling.md:- error link-refused
    out:- error link-refused
    out.md:- error link-refused
    third:- warning link-loop
    ");
    assert_snapshot!(overview(&loaded), @r"
    a/b/page en a | page
    again/b/page en again | page
    inside en - | inside
    dangling.md: it is a symbolic link that is not followed
    out.md: it is a symbolic link that is not followed
    ");
}

#[test]
fn a_missing_directory_is_named() {
    let content = Content::new(&[("file.md", "")]);
    let missing = loader(&content.path("nothing")).load();
    assert!(matches!(missing, Err(LoadError::Missing { path }) if path.ends_with("nothing")));
    let file = loader(&content.path("file.md")).load();
    assert!(matches!(file, Err(LoadError::NotADirectory { .. })));
}

#[test]
fn only_changed_files_are_read_again() {
    let mut content = Content::new(&[("a.md", "one"), ("b.md", "bee")]);
    let save = |content: &Content, text: &str, day: u64| {
        content.write("a.md", text);
        let file = File::options().write(true).open(content.path("a.md")).expect("the file");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(day * 86400)).expect("a time is set");
    };
    let text = |loaded: &Loaded| loaded.corpus.articles[0].source.to_string();
    save(&content, "one", 1);
    let before = content.load();
    save(&content, "two", 1);
    assert_eq!(text(&content.load()), "one", "same size and time");
    save(&content, "two", 2);
    let after = content.load();
    assert_eq!(text(&after), "two");
    assert_ne!(before.corpus.articles[0].hash, after.corpus.articles[0].hash);
    assert_eq!(before.corpus.articles[1].hash, after.corpus.articles[1].hash);
    fs::remove_file(content.path("a.md")).expect("it is removed");
    assert_eq!(text(&content.load()), "bee");
}

#[test]
fn the_dictionary_is_read() {
    let loaded = load(&[("dictionary.txt", "云仓 # product\n\n# comment\n云仓\nSB-A20\n"), ("a.md", "text")]);
    assert_eq!(loaded.corpus.vocabulary.dictionary, ["云仓", "SB-A20"]);
    assert_eq!(loaded.files, 1);
}

#[test]
fn passages_follow_headings_and_blocks() {
    assert_snapshot!(passages("a.md", "---\ntitle: Fees\n---\n# Fees\n\nIntro *text*\nwith `code`.

## How much is it?

- One **item**
- Two
  1. nested

| Land | Fee |
|------|----:|
| DE | 5 € |
| FR | |

### Fees {#own-id}

> Quoted &amp; \\*escaped\\*

```sh
ls -l
```

## Fees

Setext
------
End<br>of it. ![a picture](x.png) [^1]

[^1]: A note.
"), @r"
    - []
    Intro text with code.
    --
    #how-much-is-it [How much is it?] ?
    One item
    Two
    nested
    Land | Fee
    DE | 5 €
    FR |
    --
    #own-id [How much is it? / Fees]
    Quoted & *escaped*
    ls -l
    --
    #fees [Fees]

    --
    #setext [Setext]
    End
    of it. a picture
    A note.
    ");
}

#[test]
fn question_sections_are_recognized() {
    assert_snapshot!(passages("a.md", "---\ntitle: 物流\n---\n## 多久能到？\n三天。\n\n## 退货流程\n\n**能改地址吗？**\n\n不能。\n\n## FAQ\n\n### Damaged\nTell us.\n"), @r"
    #多久能到 [多久能到？] ?
    三天。
    --
    #能改地址吗 [退货流程 / 能改地址吗？] ?
    不能。
    --
    #damaged [FAQ / Damaged] ?
    Tell us.
    ");
}

#[test]
fn long_sections_are_cut_at_blocks_and_sentences() {
    let rows: String = (0..400).map(|i| format!("| 型号{i} | 说明说明说明 |\n")).collect();
    let table = article("a.md", &format!("# 表\n\n| 型号 | 说明 |\n|---|---|\n{rows}"));
    let passages = table.passages();
    assert!(passages.len() > 2);
    assert!(passages.iter().all(|passage| passage.text.starts_with("型号 | 说明\n型号")));
    let sentences = "这是一个完整的句子。".repeat(1000);
    let long = article("a.md", &sentences).passages();
    assert!(long.iter().all(|passage| passage.text.ends_with('。') && passage.text.chars().count() <= 1200));
    assert_eq!(long.iter().map(|passage| passage.text.as_str()).collect::<String>(), sentences);
    let codes: String =
        (0..200).map(|i| format!("* Error Number: {i}\n\n    说明说明说明说明说明说明\n\n")).collect();
    let codes = article("a.md", &codes).passages();
    assert!(codes.len() > 2 && codes.iter().all(|passage| passage.text.starts_with("Error Number")));
    let word = article("a.md", &"字".repeat(5000)).passages();
    assert_eq!(word.iter().map(|passage| passage.text.chars().count()).sum::<usize>(), 5000);
}

#[test]
fn passages_quote_the_file_to_the_byte() {
    let text = "---\r\ntitle: x\r\n---\r\nFirst line\r\nsecond.\r\n\r\n## A {{< badge >}}\r\n\r\n1. Open `it`.\r\n2. Close **it**.\r\n";
    let article = article("a.md", text);
    let quoted: Vec<_> = article.passages().into_iter().map(|passage| &text[passage.source]).collect();
    assert_eq!(quoted, ["First line\r\nsecond.", "1. Open `it`.\r\n2. Close **it**."]);
}

#[test]
fn html_is_safe_and_loads_nothing() {
    assert_snapshot!(html("a.md", "A <b onclick=\"x()\">bold</b> <script>alert(1)</script> & <HOST> <title> \"q\"

<div class=x style='background:url(//e.vil)'><img src=http://e.vil/x.png alt='A & B'>
<a href='javascript:x'>bad</a> <a href=\"https://x.y\" target=_blank>good</a></div>

[bad](javascript:alert) [out](https://x.y/?a=b&c) [mail](mailto:a@b.c) [top](#top) [gone](gone.md) ![alt](x.png)

<iframe src=x></iframe><textarea>

## After

- [x] done

| a | b |
|:--|--:|
| 1 | 2 |

~~~rust linenos
a < b
~~~
"), @r##"
    <p>A <b>bold</b> alert(1) &amp; &lt;HOST&gt;  "q"</p>
    <div>A &amp; B
    <a>bad</a> <a href="https://x.y" rel="noopener noreferrer">good</a></div>
    <p>bad <a href="https://x.y/?a=b&amp;c" rel="noopener noreferrer">out</a> <a href="mailto:a@b.c">mail</a> <a href="#top">top</a> gone alt</p>

    <h2 id="after">After</h2>
    <ul>
    <li><input type="checkbox" disabled="" checked=""> done</li>
    </ul>
    <div class="table" tabindex="0"><table>
    <thead><tr><th align="left">a</th><th align="right">b</th></tr></thead>
    <tbody>
    <tr><td align="left">1</td><td align="right">2</td></tr>
    </tbody>
    </table></div>
    <pre tabindex="0"><code class="language-rust">a &lt; b
    </code></pre>
    "##);
}

#[test]
fn foreign_tags_are_dropped_from_pages_and_passages() {
    let mdx = "import X from 'x'\n\n<Steps>\n  <Step title=\"First\">\n    Do **this**.\n\n    ```sh\n    run\n    ```\n  </Step>\n</Steps>\n\n<Accordion title=\"Why?\">Because.</Accordion>\n";
    assert_snapshot!(html("a.mdx", mdx), @r#"
    <p><strong>First</strong></p>
    <p>Do <strong>this</strong>.</p>
    <pre tabindex="0"><code class="language-sh">run
    </code></pre>
    <h6 id="why">Why?</h6>
    <p>Because.</p>
    "#);
    assert_snapshot!(passages("a.md", "{{% notice note %}}\nKept {{{ .var }}} <!-- gone -->\n{{% /notice %}}\n"), @r"
    - []
    Kept {{{ .var }}}
    ");
}

#[test]
fn links_lead_to_articles_that_the_reader_may_see() {
    let loaded = load(&[
        (
            "en/a/one.md",
            "[two](two.md#x) [b](../b/three.md) [secret](secret.md) [de](/de/a/nur.md) [note](one) [shop](/orders) [b](../b/) [c](../c/_index.md)",
        ),
        ("en/a/two.md", "[[one#Why not?]] [[Two|see two]] [[nothing]]"),
        ("en/a/secret.md", "---\naudience: internal\n---\ns"),
        ("en/c/_index.md", "---\ntitle: C\n---\n"),
        ("en/b/three 3.md", "---\nid: b/three\n---\nt"),
        ("de/a/nur.md", "n"),
    ]);
    let links = loaded.corpus.links(Article::is_for_customers);
    let find = |id: &str| ArticleId::new(id).and_then(|id| loaded.corpus.article(&id, &Locale::english()));
    let page = |id: &str| find(id).expect("the article").render(&links).html;
    assert_snapshot!(page("a/one"), @r#"<p><a href="/en/articles/a/two#x">two</a> <a href="/en/articles/b/three">b</a> secret <a href="/de/articles/a/nur">de</a> <a href="/en/articles/a/one">note</a> <a href="/orders">shop</a> <a href="/en/categories/b">b</a> c</p>"#);
    assert_snapshot!(page("a/two"), @r#"<p><a href="/en/articles/a/one#why-not">one#Why not?</a> <a href="/en/articles/a/two">see two</a> nothing</p>"#);
    assert_eq!(find("b/three").expect("the article").url(), "/en/articles/b/three");
}

#[test]
fn an_empty_body_has_one_passage() {
    for text in ["", "---\ntitle: x\n---\n", "# Title only", "<!-- hidden -->"] {
        let article = article("a.md", text);
        let passages = article.passages();
        assert_eq!((passages.len(), passages[0].text.as_str()), (1, ""), "{text:?}");
        check_passages(&article, &Links::default());
    }
}

#[test]
fn strange_files_load_in_linear_time() {
    let times = |text: &str| text.repeat(100_000 / text.len());
    let nested: String = (0..500).map(|depth| format!("{}- x\n", "  ".repeat(depth))).collect();
    let strange = [
        times("word "),
        times("字"),
        times(">"),
        times("> "),
        times("1. "),
        times("*a **b "),
        times("[a]("),
        times("[[a"),
        nested,
        times("{{< "),
        times("{% "),
        times("<A {"),
        times("<b \""),
        times("<div>\n\n"),
        times("</a "),
        times("<!-- "),
        times("# a\n"),
        times("a\n-\n"),
        times("|a"),
        times("[a](b.md) "),
        times("![a](b.png) "),
        times("<img src=a.png> "),
        times("<p><img src=a.png>\n"),
        times("%% "),
        times("\0"),
        times("\r"),
        format!("---\na: {}", times("[")),
        format!("---\ntags: [{}]\n---\n", times("a,")),
        format!("|a|b|\n|-|-|\n{}", times("|1|2|\n")),
        format!("# {}\n{}", times("b"), times("## c\n")),
    ];
    for text in &strange {
        for path in ["a.md", "a.mdx"] {
            check_passages(&article(path, text), &Links::default());
        }
    }
}

/// Loads a directory whose files are not ours, if it is there.
fn check_directory(dir: &str) -> Option<Loaded> {
    let path = Path::new(dir);
    if !path.exists() {
        return None;
    }
    let loaded = loader(path).load().expect("the directory is there");
    assert_eq!(loaded.files, loaded.corpus.articles.len() + loaded.skipped.len());
    let links = loaded.corpus.links(Article::is_for_customers);
    loaded.corpus.articles.iter().for_each(|article| check_passages(article, &links));
    Some(loaded)
}

#[test]
fn sample_help_center_has_no_errors() {
    if let Some(loaded) = check_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/content")) {
        assert_eq!(diagnostics(&loaded), "");
        assert!(loaded.corpus.articles.iter().all(|article| article.status == Status::Published));
    }
}

#[test]
fn real_help_centers_load_completely() {
    for name in ["rustdesk-docs", "tidb-docs-cn"] {
        let dir = format!("{}/../shared/corpora/{name}", env!("CARGO_MANIFEST_DIR"));
        let Some(loaded) = check_directory(&dir) else {
            #[expect(clippy::print_stderr, reason = "a test that did not run should say so")]
            {
                eprintln!("skipped: {dir} is not there");
            }
            continue;
        };
        assert!(loaded.skipped.iter().all(|skipped| skipped.reason == SkipReason::Hidden));
    }
}

/// Text that has much of what the parsers look at.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("# "),
        Just("## a\n"),
        Just("\n\n"),
        Just("\n"),
        Just("- "),
        Just("> "),
        Just("| a | b |\n|---|---|\n| c |"),
        Just("```\n"),
        Just("`"),
        Just("**"),
        Just("[a](b.md)"),
        Just("![x](y)"),
        Just("<div>"),
        Just("</div>"),
        Just("<title>"),
        Just("<table><tr><td>"),
        Just("<script>"),
        Just("<!--"),
        Just("-->"),
        Just("<svg>"),
        Just("<b id=\"a\">"),
        Just("{{< x >}}"),
        Just("{{%"),
        Just("<Card title=\"T?\">"),
        Just("</Card>"),
        Just("    "),
        Just("退货？"),
        Just("é"),
        Just("&amp;"),
        Just("\r\n"),
        Just("[^1]"),
        Just("[^1]: n\n"),
        Just("---\n"),
        Just(":::tip T\n"),
        Just("%%"),
        Just("word. "),
        Just("{#id}"),
        Just("[[n|m]]"),
        Just("**why?**\n\n"),
        Just("<select>"),
        Just("<br>"),
        Just("1. "),
        Just("\t"),
        Just("\\"),
        Just("import x from 'y'\n"),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anchors_exist_and_ranges_are_exact(body in markdown(), is_mdx: bool) {
        let path = if is_mdx { "a.mdx" } else { "a.md" };
        let id = ArticleId::new("a").expect("an id");
        let article = Article { path: path.into(), ..Article::new(id, Locale::english(), "T", body) };
        check_passages(&article, &Links::default());
    }

    #[test]
    fn any_bytes_load(bytes in prop::collection::vec(any::<u8>(), 0..200), start in prop_oneof![Just("---\n"), Just("+++\n"), Just("{"), Just("")]) {
        let mut file = start.as_bytes().to_vec();
        file.extend(bytes);
        let loaded = load(&[("a.md", file)]);
        prop_assert_eq!(loaded.files, 1);
        loaded.corpus.articles.iter().for_each(|article| check_passages(article, &Links::default()));
    }
}
