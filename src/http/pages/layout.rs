//! What is around every page: templates, the values of the layout, headers.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use minijinja::context;
use minijinja::value::{Value, merge_maps};

use super::structured::Statement;
use super::visit::Visit;
use super::{Answer, Link, Pages, Problem, assets};
use crate::http::is_known;
use crate::http::language::{attributes, language};
use crate::index::{ArticleOrd, Card};
use crate::locale::Locale;

/// What a page tells the layout.
pub(super) struct Head<'a> {
    /// Its title; the name of the help center alone if empty.
    pub(super) title: String,
    /// One sentence for search engines.
    pub(super) description: Option<String>,
    /// Its path in a locale.
    pub(super) path: &'a dyn Fn(&Locale) -> String,
    /// The locales in which it exists. Search engines leave it out if there are none.
    pub(super) locales: Vec<Locale>,
    /// What it is, to those who share a link to it.
    pub(super) kind: Kind,
    /// What it is about, for search engines.
    pub(super) statements: Vec<Statement>,
}

/// What a page is, in the terms of Open Graph.
#[derive(Clone, Copy, Default)]
pub(super) enum Kind {
    /// One page of the site.
    #[default]
    Website,
    /// An article.
    Article,
}

impl Default for Head<'_> {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: None,
            path: &|locale| format!("/{locale}"),
            locales: Vec::new(),
            kind: Kind::default(),
            statements: Vec::new(),
        }
    }
}

impl Visit<'_> {
    /// Fills in a template with `values`, over those of the layout.
    pub(super) fn render(&self, status: StatusCode, template: &str, head: &Head, values: Value) -> Answer {
        let values = merge_maps([self.layout(head), values]);
        let rendered = self.app.pages.templates.get_template(template).and_then(|found| found.render(values));
        match rendered {
            Ok(html) => Ok(self.html(status, html)),
            Err(error) => Err(Problem::internal(&error)),
        }
    }

    /// Makes a response that browsers keep and ask about again.
    fn html(&self, status: StatusCode, html: String) -> Response {
        let etag = format!("W/\"{}\"", assets::short_hash(html.as_bytes()));
        let mut response = match status {
            StatusCode::OK if is_known(self.asked.headers(), &etag) => {
                StatusCode::NOT_MODIFIED.into_response()
            }
            _ => (status, Html(html)).into_response(),
        };
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if status == StatusCode::OK {
            headers.insert(header::ETAG, etag.parse().expect("a hash is plain text"));
        }
        response
    }

    fn layout(&self, head: &Head) -> Value {
        let site = &self.app.pages.site;
        let origin = self.origin();
        let absolute = |locale: &Locale| format!("{origin}{}", (head.path)(locale));
        let alternate = |locale: &Locale| context! { tag => locale.to_string(), url => absolute(locale) };
        context! {
            text => self.texts.function(),
            site => site.name.as_str(),
            style => self.app.style_url(),
            extra_style => self.app.pages.assets.url("theme.css"),
            logo => self.app.pages.assets.picture(&site.logo),
            header => self.links(&site.header),
            footer => self.links(&site.footer),
            title => head.title.as_str(),
            description => head.description.as_deref(),
            canonical => self.locale.nearest(&head.locales).map(absolute),
            default_alternate => (head.locales.len() > 1)
                .then(|| self.app.default_locale.nearest(&head.locales).map(absolute)),
            alternates => head.locales.iter().map(alternate).collect::<Vec<_>>(),
            language => language(&self.texts.locale),
            attributes => self.attributes(&self.locale),
            own_language => language(&self.locale),
            languages => self.languages(head),
            home => format!("/{}", self.locale),
            search => format!("/{}/search", self.locale),
            contact => self.contact(),
            instant => format!("/{}/instant", self.locale),
            feed => format!("/{}/feed.xml", self.locale),
            search_description => format!("/{}/opensearch.xml", self.locale),
            script => self.app.pages.assets.known_url("search.js"),
            kind => match head.kind { Kind::Website => "website", Kind::Article => "article" },
            statements => head.statements.iter().map(Statement::html).collect::<Vec<_>>(),
            query => "",
            foreign => (),
        }
    }

    /// Returns links to the page in all locales.
    fn languages(&self, head: &Head) -> Vec<Value> {
        let link = |locale: &Locale| {
            context! { url => (head.path)(locale), is_current => *locale == self.locale, language => language(locale) }
        };
        self.locales.iter().map(link).collect()
    }

    /// Returns the ways to a person: the form first, and those that are configured.
    fn contact(&self) -> Vec<Value> {
        let form = self.app.ledger.messages.is_open().then(|| {
            let page = format!("/{}", self.asked.path());
            let given =
                serde_urlencoded::from_str(self.asked.query().unwrap_or_default()).unwrap_or_default();
            // Who searched in vain does not have to say it again.
            let query = Vec::into_iter(given).find(|(name, _): &(String, String)| name == "q");
            let wanted: Vec<(String, String)> =
                [("page".to_owned(), page)].into_iter().chain(query).collect();
            let wanted = serde_urlencoded::to_string(wanted).expect("each is one value");
            let url = format!("/{}/contact?{wanted}", self.locale);
            context! { label => self.text("contact-form"), url }
        });
        form.into_iter().chain(self.links(&self.app.pages.site.contact)).collect()
    }

    /// Returns links of the configuration in the visitor's language.
    pub(super) fn links(&self, links: &[Link]) -> Vec<Value> {
        let link = |link: &Link| {
            context! { label => link.label.nearest(&self.locale), url => link.url.as_str() }
        };
        links.iter().map(link).collect()
    }

    /// Returns what lists show of an article.
    pub(super) fn entry(&self, article: ArticleOrd) -> Value {
        let card = self.snapshot.index.card(article);
        context! {
            url => self.url(article),
            title => card.title.as_str(),
            summary => card.summary.as_deref(),
            attributes => self.attributes(&card.locale),
            foreign => self.foreign(&card.locale),
        }
    }

    /// Returns the day on which an article was last changed, if its author says so.
    pub(super) fn updated(&self, card: &Card) -> Option<Value> {
        card.updated.map(|date| context! { date => self.texts.date(date), day => date.to_string() })
    }

    /// Returns the attributes of an element in `locale`.
    pub(super) fn attributes(&self, locale: &Locale) -> Value {
        attributes(locale, &self.texts.locale)
    }

    /// Returns the name of a language that is not the visitor's.
    pub(super) fn foreign(&self, locale: &Locale) -> Option<String> {
        (*locale != self.locale).then(|| self.texts.language(locale))
    }
}

/// Leads to another address of this site.
pub(super) fn redirect(status: StatusCode, location: &str) -> Response {
    let ascii: String = location.bytes().map(visible).collect();
    let location = HeaderValue::from_str(&ascii).expect("visible ASCII is a header value");
    (status, [(header::LOCATION, location)]).into_response()
}

/// Browsers send some letters as they are; a header has to have them encoded.
fn visible(byte: u8) -> String {
    if byte.is_ascii_graphic() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

/// Fills in the page without a help center around it.
pub(in crate::http) fn bare(
    pages: &Pages,
    template: &str,
    values: Value,
) -> Result<Html<String>, minijinja::Error> {
    pages.templates.get_template(template)?.render(values).map(Html)
}
