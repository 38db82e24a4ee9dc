//! Images: 1. a file of the content folder is shown with its size, wherever an article names it
//! from; 2. what cannot be shown is its text, and authors are told; 3. readers can load what
//! their articles show today, and nothing else; 4. a changed image has another address; 5. quoted
//! images work elsewhere.

use std::fs;

use axum::http::{HeaderMap, StatusCode};
use insta::assert_snapshot;
use tempfile::TempDir;
use zhida::content::{Article, Links, Loaded, Loader, Settings};
use zhida::locale::Locale;
use zhida::ticket::Ticket;

use crate::support::{HelpCenter, Server, write};

/// A drawing of this size.
fn drawing(width: u32, height: u32) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"/>")
}

/// A photo as far as its size is looked at.
fn png(width: u8, height: u8) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0".as_slice(), &[width], b"\0\0\0", &[height]].concat()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, bytes).expect("the file is written");
    }
    dir
}

fn load(dir: &TempDir) -> Loaded {
    let settings = Settings { dir: dir.path().to_owned(), default_locale: Locale::english() };
    Loader::new(settings).load().expect("the folder is there")
}

/// Returns the page of an article, with hashes masked.
fn page(article: &Article) -> String {
    masked(&article.render(&Links::default()).html)
}

fn masked(html: &str) -> String {
    let mut parts = html.split("/media/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |html, part| format!("{html}/media/…{}", &part[32..]))
}

/// Shows `file:line code` of each diagnostic.
fn told(loaded: &Loaded) -> String {
    let lines = loaded.diagnostics.iter().map(|one| {
        format!(
            "{}:{} {} {}",
            one.file.display(),
            one.line.unwrap_or_default(),
            one.code.as_str(),
            one.message
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_image_is_found_from_where_it_is_named() {
    let article = "![beside](label.png \"The \\\"label\\\"\")
![above](../images/Träger%201.PNG?raw=true#x)
![from the top](/images/card.svg)
![`code`, *stress*\n& <b>](/images/card.svg)
![site](/logo.webp.svg) ![below a path](/help/en/images/card.svg)
[![linked](label.png)](https://example.com)

![[far.gif]] ![[far.gif|300]] ![[far.gif|Where it is]] ![[card.svg|60x30]]

<p><img src=\"label.png\" alt=\"raw &amp; &quot;quoted&quot;\" width=\"20\" onerror=\"x()\" title=t> <img src=/images/card.svg></p>

Inline <img src='label.png' alt=''>.
";
    let gif = b"GIF89a\x90\x01\x2c\x01\0\0".as_slice();
    let (small, card) = (png(40, 30), drawing(120, 60));
    let dir = folder(&[
        ("en/shipping/track.md", article.as_bytes()),
        ("en/shipping/label.png", &small),
        ("en/images/träger 1.png", &small),
        ("images/card.svg", card.as_bytes()),
        ("static/logo.webp.svg", card.as_bytes()),
        ("attachments/deep/far.gif", gif),
        ("attachments/unused.png", b"not looked at"),
    ]);
    let loaded = load(&dir);
    assert_snapshot!(page(&loaded.corpus.articles[0]), @r#"
    <p><img src="/media/…/label.png" alt="beside" title="The &quot;label&quot;" width="40" height="30" loading="lazy" decoding="async">
    <img src="/media/…/tr%C3%A4ger%201.png" alt="above" width="40" height="30" loading="lazy" decoding="async">
    <img src="/media/…/card.svg" alt="from the top" width="120" height="60" loading="lazy" decoding="async">
    <img src="/media/…/card.svg" alt="code, stress &amp; " width="120" height="60" loading="lazy" decoding="async">
    <img src="/media/…/logo.webp.svg" alt="site" width="120" height="60" loading="lazy" decoding="async"> <img src="/media/…/card.svg" alt="below a path" width="120" height="60" loading="lazy" decoding="async">
    <a href="https://example.com" rel="noopener noreferrer"><img src="/media/…/label.png" alt="linked" width="40" height="30" loading="lazy" decoding="async"></a></p>
    <p><img src="/media/…/far.gif" alt="" width="400" height="300" loading="lazy" decoding="async"> <img src="/media/…/far.gif" alt="" width="300" height="225" loading="lazy" decoding="async"> <img src="/media/…/far.gif" alt="Where it is" width="400" height="300" loading="lazy" decoding="async"> <img src="/media/…/card.svg" alt="" width="60" height="30" loading="lazy" decoding="async"></p>
    <p><img src="/media/…/label.png" alt="raw &amp; &quot;quoted&quot;" title="t" width="20" height="15" loading="lazy" decoding="async"> <img src="/media/…/card.svg" alt="" width="120" height="60" loading="lazy" decoding="async"></p>
    <p>Inline <img src="/media/…/label.png" alt="" width="40" height="30" loading="lazy" decoding="async">.</p>
    "#);
    assert_snapshot!(told(&loaded), @r"
    en/shipping/track.md:9 image-without-alt the image `far.gif` has no text for those who cannot see it; write what it shows: `![Where the code is](…)`
    en/shipping/track.md:9 image-without-alt the image `far.gif` has no text for those who cannot see it; write what it shows: `![Where the code is](…)`
    en/shipping/track.md:9 image-without-alt the image `card.svg` has no text for those who cannot see it; write what it shows: `![Where the code is](…)`
    en/shipping/track.md:11 image-without-alt the image `/images/card.svg` has no text for those who cannot see it; write what it shows: `![Where the code is](…)`
    ");
}

#[test]
fn what_cannot_be_shown_is_its_text() {
    let article = "![outside](../../secret.png) ![out](/../secret.png) ![link](out.png)
![web](https://example.com/a.png) ![host](//example.com/a.png) ![data](data:image/png;base64,AA)
![missing](none.png)
![recording](a.mp4) ![text](text.png) ![broken](broken.svg) ![hidden](.git/a.png)
![large](large.png)

![[Some note]] ![[clip.mp4]] ![[twice.png]]

<!-- <img src=none.png> --> <img src=none.png alt=raw>
";
    let good = png(1, 1);
    let outside = folder(&[("secret.png", &good)]);
    let dir = folder(&[
        ("content/en/a.md", article.as_bytes()),
        ("secret.png", &good),
        ("content/en/text.png", b"text"),
        ("content/en/broken.svg", b"<svg width='1' height='1'/>"),
        ("content/en/large.png", &[good.as_slice(), &vec![0; 10 << 20]].concat()),
        ("content/en/.git/a.png", &good),
        ("content/en/x/twice.png", &good),
        ("content/en/y/twice.png", &good),
    ]);
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path().join("secret.png"), dir.path().join("content/en/out.png"))
        .expect("a link is made");
    let settings = Settings { dir: dir.path().join("content"), default_locale: Locale::english() };
    let loaded = Loader::new(settings).load().expect("the folder is there");
    assert_snapshot!(page(&loaded.corpus.articles[0]), @r"
    <p>outside out link
    web host data
    missing
    recording text broken hidden
    large</p>
    <p>Some note clip.mp4 twice.png</p>
     raw
    ");
    assert_snapshot!(told(&loaded), @r"
    en/a.md:1 missing-image the image `../../secret.png` is outside the content directory; copy it into the directory
    en/a.md:1 missing-image the image `/../secret.png` is outside the content directory; copy it into the directory
    en/a.md:1 missing-image the image `out.png` is not there; correct its path or add that file
    en/a.md:3 missing-image the image `none.png` is not there; correct its path or add that file
    en/a.md:4 missing-image the image `.git/a.png` is not there; correct its path or add that file
    en/a.md:4 not-an-image `a.mp4` is no image that browsers show; save it as png, jpg, gif, webp, avif or svg
    en/a.md:4 not-an-image `text.png` is no image that browsers show; save it as png, jpg, gif, webp, avif or svg
    en/a.md:4 not-an-image `broken.svg` is no image that browsers show; save it as png, jpg, gif, webp, avif or svg
    en/a.md:5 large-image the image `large.png` has more than 10 MB; make it smaller
    en/a.md:7 missing-image several images have the name `twice.png`; write the path of the one you mean
    en/a.md:9 missing-image the image `none.png` is not there; correct its path or add that file
    en/out.png:0 link-refused the symbolic link is not followed: it leads out of the content directory; copy what it leads to instead
    ");
}

#[test]
fn passages_have_the_text_of_images_as_before() {
    let text = "Before ![The number. Below it, the code.](label.svg) after.\n\n![Alone. In two sentences.](label.svg)\n";
    let with = folder(&[("a.md", text.as_bytes()), ("label.svg", drawing(4, 2).as_bytes())]);
    let without = folder(&[("a.md", text.as_bytes())]);
    let passages = |dir: &TempDir| load(dir).corpus.articles[0].passages();
    assert_eq!(passages(&with), passages(&without));
    assert_eq!(
        passages(&with)[0].text,
        "Before The number. Below it, the code. after.\nAlone. In two sentences."
    );
    let article = &load(&with).corpus.articles[0];
    let page = article.render(&Links::default());
    let quotable = zhida::content::Quotable::of(article, &page).remove(0);
    for piece in 0..quotable.pieces.len() {
        let quote = quotable.quote(piece..piece + 1, &page.passages[0].text);
        assert_eq!(quote.html.matches("<img src=").count(), 1, "{quote:?}");
        assert_eq!(quote.html.matches("async\">").count(), 1, "{quote:?}");
    }
}

#[test]
fn an_article_changes_with_its_images() {
    let dir = folder(&[("a.md", b"![x](x.svg)"), ("b.md", b"no image"), ("x.svg", drawing(1, 1).as_bytes())]);
    let settings = Settings { dir: dir.path().to_owned(), default_locale: Locale::english() };
    let mut loader = Loader::new(settings);
    let mut hashes = || {
        let articles = loader.load().expect("the folder is there").corpus.articles;
        (articles[0].hash, articles[1].hash)
    };
    let before = hashes();
    write(&dir.path().join("x.svg"), &drawing(2, 1));
    let after = hashes();
    assert_ne!(before.0, after.0);
    assert_eq!(before.1, after.1);
    fs::remove_file(dir.path().join("x.svg")).expect("it is removed");
    assert_ne!(after.0, hashes().0);
}

/// A help center with one image for everybody, one for agents, and two that nobody sees today.
fn parcels() -> HelpCenter {
    HelpCenter::new(&[
        (
            "en/track.md",
            "---\ntitle: Where is my parcel?\n---\nThe number is on the label: ![the number below the code](/images/label.svg)\n",
        ),
        (
            "en/internal/fraud.md",
            "---\ntitle: Signs of fraud\naudience: internal\n---\nLook here: ![a forged label](/images/forged.svg)\n",
        ),
        ("en/old.md", "---\ntitle: Sale\nexpires: 2020-01-01\n---\n![coupon](/images/old.svg)\n"),
        ("en/soon.md", "---\ntitle: Next\neffective: 2999-01-01\n---\n![coupon](/images/soon.svg)\n"),
        ("en/draft.md", "---\ntitle: Draft\nstatus: draft\n---\n![draft](/images/draft.svg)\n"),
        ("images/label.svg", &drawing(300, 200)),
        ("images/forged.svg", &drawing(301, 200)),
        ("images/old.svg", &drawing(302, 200)),
        ("images/soon.svg", &drawing(303, 200)),
        ("images/draft.svg", &drawing(304, 200)),
        ("images/unused.svg", &drawing(305, 200)),
    ])
}

/// Returns the address of an image for customers.
fn address(parcels: &HelpCenter, name: &str) -> String {
    let bytes = fs::read(parcels.content().join("images").join(name)).expect("the file is there");
    format!("/media/{}/{name}", &blake3::hash(&bytes).to_hex()[..32])
}

fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    server.get_with(path, headers)
}

#[test]
fn customers_load_what_their_articles_show_today() {
    let parcels = parcels();
    let server = parcels.server();
    let label = address(&parcels, "label.svg");
    let (_, html) = server.get("/en/articles/track");
    let tag = format!(
        "<img src=\"{label}\" alt=\"the number below the code\" width=\"300\" height=\"200\" loading=\"lazy\" decoding=\"async\">"
    );
    assert!(html.contains(&tag), "{html}");

    let (status, headers, body) = get(&server, &label, &[]);
    assert_eq!((status, body), (StatusCode::OK, drawing(300, 200)));
    for (name, value) in [
        ("content-type", "image/svg+xml"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ("zhida-index", "customer"),
    ] {
        assert_eq!(headers[name], value);
    }
    let etag = headers["etag"].to_str().expect("ASCII");
    assert_eq!(get(&server, &label, &[("if-none-match", etag)]).0, StatusCode::NOT_MODIFIED);

    let hash = &label["/media/".len()..][..32];
    let mut missing = vec![
        format!("/media/{}/label.svg", "0".repeat(32)),
        format!("/media/{hash}/other.svg"),
        format!("/media/{}/label.svg", hash.to_uppercase()),
        format!("/media/{hash}/%2e%2e%2ftrack.md"),
        format!("/media/{hash}/%FF"),
    ];
    for name in ["forged.svg", "old.svg", "soon.svg", "draft.svg", "unused.svg"] {
        missing.push(address(&parcels, name));
    }
    let (_, _, nothing) = get(&server, &missing[0], &[]);
    for path in missing {
        let (status, headers, body) = get(&server, &path, &[]);
        assert_eq!((status, body.as_str()), (StatusCode::NOT_FOUND, nothing.as_str()), "{path}");
        assert_eq!(headers["cache-control"], "no-store");
    }
}

#[test]
fn agents_load_what_theirs_show_when_signed_in() {
    let parcels = parcels();
    let server = parcels.server();
    let [forged, label] =
        ["forged.svg", "label.svg"].map(|name| format!("/agent{}", address(&parcels, name)));
    for path in [&forged, &label] {
        let (status, _, body) = get(&server, path, &[]);
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert!(!body.contains("<svg"), "{body}");
    }
    let cookie = server.signed_in();
    let signed_in = [("cookie", cookie.as_str())];
    for (page, image) in [("internal/fraud", &forged), ("track", &label)] {
        let (_, _, html) = get(&server, &format!("/agent/en/articles/{page}"), &signed_in);
        assert!(html.contains(&format!("<img src=\"{image}\"")), "{html}");
        let (status, headers, body) = get(&server, image, &signed_in);
        assert_eq!((status, &body[..4]), (StatusCode::OK, "<svg"));
        assert_eq!(
            (&headers["cache-control"], &headers["zhida-index"]),
            (&"no-store".parse().expect("a value"), &"agent".parse().expect("a value"))
        );
        assert!(headers["content-security-policy"].to_str().expect("ASCII").ends_with("sandbox"));
    }
    for name in ["old.svg", "soon.svg", "draft.svg", "unused.svg"] {
        let path = format!("/agent{}", address(&parcels, name));
        assert_eq!(get(&server, &path, &signed_in).0, StatusCode::NOT_FOUND, "{name}");
    }
}

#[test]
fn a_changed_image_has_another_address() {
    let mut parcels = parcels();
    let before = address(&parcels, "label.svg");
    write(&parcels.content().join("images/label.svg"), &drawing(310, 200));
    assert_eq!(parcels.get(&before).0, StatusCode::NOT_FOUND, "it is not what was asked for");
    parcels.refresh();
    // Once for customers and once for agents.
    assert_eq!((parcels.report().rebuilt, parcels.report().indexed), (false, 2));
    let after = address(&parcels, "label.svg");
    assert!(parcels.get("/en/articles/track").1.contains(&format!("<img src=\"{after}\"")));
    assert_eq!((parcels.get(&before).0, parcels.get(&after).0), (StatusCode::NOT_FOUND, StatusCode::OK));
    parcels.remove("images/label.svg");
    assert!(parcels.get("/en/articles/track").1.contains("on the label: the number below the code"));
    assert_eq!(parcels.get(&after).0, StatusCode::NOT_FOUND);
    parcels.save("images/label.svg", &drawing(310, 200));
    assert_eq!(parcels.get(&after).0, StatusCode::OK);
}

#[test]
fn quoted_images_work_elsewhere() {
    let parcels = parcels();
    let label = address(&parcels, "label.svg");
    let answer = parcels.json("/api/v1/answers?q=Where+is+my+parcel%3F&locale=en").to_string();
    assert!(answer.contains(&format!("<img src=\\\"{label}\\\"")), "{answer}");

    let ticket = Ticket { subject: String::new(), body: "Where is my parcel?".to_owned() };
    let suggestions = parcels.suggestions(&ticket, "en");
    let insert = suggestions.problems[0].suggestions[0].insert.as_ref().expect("customers see it");
    let image = format!("https://help.example.com{label}");
    assert!(insert.html.contains(&format!("<img src=\"{image}\"")), "{insert:?}");
    assert!(insert.markdown.contains(&format!("![the number below the code]({image})")), "{insert:?}");
    assert!(insert.text.starts_with("The number is on the label: the number below the code\n"), "{insert:?}");

    let sent = r#"{"body": "Where is my parcel?"}"#;
    let (_, suggested) = parcels.server().post_as_agent("/api/v1/agent/suggestions", sent);
    assert!(suggested.to_string().contains(&format!("<img src=\\\"/agent{label}\\\"")), "{suggested}");
}
