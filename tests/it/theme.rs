//! The company's own look: 1. a file of a theme takes the place of the built-in one, and a
//! message that of the built-in message; 2. languages are added; 3. colour, font, logo and links
//! are settings; 4. what cannot be used is an error that says what to do.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{HelpCenter, Server, answers, parcels, write};

/// Makes a theme of files.
fn theme(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        write(&dir.path().join(path), text);
    }
    dir
}

fn site(dir: &Path) -> Value {
    json!({ "name": "Seabridge", "contact": [], "theme": dir })
}

fn server(shop: &HelpCenter, site: &Value) -> Server {
    shop.server_of(answers(), site).expect("the theme can be used")
}

/// Returns why a theme cannot be used.
fn error(files: &[(&str, &str)]) -> String {
    let dir = theme(files);
    let error = parcels().server_of(answers(), &site(dir.path())).err().expect("it cannot be used");
    let source = std::error::Error::source(&error).map(|source| format!(": {source}")).unwrap_or_default();
    format!("{error}{source}")
}

#[test]
fn files_take_the_place_of_those_built_in() {
    let dir = theme(&[
        (
            "templates/entry.html",
            "<li class=\"ours\"><a href=\"{{ article.url }}\">{{ article.title }}</a></li>\n",
        ),
        ("texts/en.ftl", "home-heading = Ahoy! What is wrong?\n"),
        ("assets/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>ours</title></svg>"),
        ("assets/theme.css", ".ours { color: teal; }"),
    ]);
    let shop = parcels();
    let server = server(&shop, &site(dir.path()));
    let (_, home) = server.get("/en");
    assert!(home.contains("<li class=\"ours\">") && home.contains("Ahoy! What is wrong?"), "{home}");
    assert!(home.contains("All articles"), "other texts stay");
    let (_, icon) = server.get("/favicon.svg");
    assert!(icon.contains("ours"));
    let style =
        home.split("href=\"").find(|part| part.starts_with("/assets/theme.css")).expect("a style sheet");
    let (_, headers, css) = server.get_with(style.split('"').next().expect("an address"), &[]);
    assert_eq!(css, ".ours { color: teal; }");
    assert_eq!(headers["content-type"], "text/css; charset=utf-8");
    assert!(headers["cache-control"].to_str().is_ok_and(|caching| caching.contains("immutable")));
}

#[test]
fn languages_are_added() {
    let dir = theme(&[("texts/it.ftl", "home-heading = Come possiamo aiutarti?\n")]);
    let shop = HelpCenter::new(&[("it/pacco.md", "---\ntitle: Dov'è il mio pacco?\n---\nIn viaggio.\n")]);
    let server = server(&shop, &site(dir.path()));
    let (_, home) = server.get("/it");
    assert!(home.contains("<html lang=\"it\"") && home.contains("Come possiamo aiutarti?"), "{home}");
    assert!(home.contains("All articles"), "what is not said in Italian is said in English");
    let dir = theme(&[("texts/pt-BR.ftl", "home-heading = E aí, como podemos ajudar?\n")]);
    let shop = HelpCenter::new(&[("pt-BR/pacote.md", "---\ntitle: Cadê meu pacote?\n---\nA caminho.\n")]);
    let (_, home) = self::server(&shop, &site(dir.path())).get("/pt-BR");
    assert!(home.contains("E aí") && home.contains("Todos os artigos"), "{home}");
}

#[test]
fn the_look_is_a_setting() {
    let dir = theme(&[(
        "assets/logo.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"20\"/>",
    )]);
    let shop = parcels();
    let mut site = site(dir.path());
    site["color"] = "#7a1f5c".into();
    site["font"] = "Inter, 'Noto Sans'".into();
    site["logo"] = "logo.svg".into();
    site["header"] = json!([{ "label": { "en": "Shop", "de": "Laden" }, "url": "https://shop.example.com" }]);
    site["footer"] = json!([{ "label": "Imprint", "url": "https://shop.example.com/imprint" }]);
    let server = server(&shop, &site);
    let (_, home) = server.get("/en");
    assert!(home.contains("<img src=\"/assets/logo.svg?v="), "{home}");
    assert!(home.contains(">Shop</a>") && home.contains(">Imprint</a>"), "{home}");
    let (_, css) = server.get("/assets/style.css");
    assert!(server.get("/widget.js").1.contains("--zhida-accent, #7a1f5c)"));
    assert!(css.contains("--accent: #7a1f5c;") && css.contains("--latin: Inter, 'Noto Sans', system-ui"));
}

#[test]
fn what_cannot_be_used_is_said() {
    let missing = error(&[("templates/home.html", "{% if %}")]);
    assert!(missing.contains("home.html:1"), "{missing}");
    let texts = error(&[("texts/en.ftl", "home-heading = { $x\n")]);
    assert!(texts.contains("texts/en.ftl"), "{texts}");
    let name = error(&[("texts/not a locale.ftl", "")]);
    assert!(name.contains("it.ftl"), "{name}");
    let shop = parcels();
    let refused = |site: Value| shop.server_of(answers(), &site).err().expect("refused").to_string();
    assert!(refused(site(Path::new("/no/such/theme"))).contains("no folder /no/such/theme"));
    let dir = theme(&[]);
    let mut with_logo = site(dir.path());
    with_logo["logo"] = "logo.svg".into();
    assert!(refused(with_logo).contains("assets/logo.svg"));
}

#[test]
fn texts_that_are_missing_are_told() {
    let dir = theme(&[
        ("texts/it.ftl", "home-heading = Come possiamo aiutarti?\n"),
        ("texts/en.ftl", "home-haeding = Ahoy!\n"),
    ]);
    let site = serde_json::from_value(site(dir.path())).expect("a site");
    let locales = ["en", "it", "pt-BR", "nl"].map(crate::support::locale);
    let advice = zhida::http::missing_texts(&site, &locales).expect("the theme is read");
    let lines: Vec<String> = advice
        .iter()
        .map(|advice| format!("{}: {}", advice.file, advice.message.chars().take(60).collect::<String>()))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    texts/en.ftl: no page says home-haeding; take out what is misspelled or ol
    texts/it.ftl: these are said in English; add actions, all-articles, all-la
    texts/nl.ftl: around the articles in nl all is said in English; write the
    "#);
}
