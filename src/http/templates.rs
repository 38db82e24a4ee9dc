//! How templates are read and filled in.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, Error, Output, State, UndefinedBehavior, escape_formatter};
use rust_embed::RustEmbed;

/// Reads the templates of a folder that is compiled in, and those that take their place. What
/// a template misses is an error, not an empty text.
pub(super) fn templates<Files: RustEmbed>(
    theme: &BTreeMap<String, String>,
) -> Result<Environment<'static>, Error> {
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    templates.set_formatter(write_escaped);
    templates.set_syntax(syntax.expect("the usual delimiters"));
    for name in Files::iter() {
        let file = Files::get(&name).expect("the file was listed");
        let source = String::from_utf8(file.data.into_owned()).expect("templates are UTF-8");
        templates.add_template_owned(name.into_owned(), source).expect("the templates are sound");
    }
    for (name, source) in theme {
        templates.add_template_owned(name.clone(), source.clone())?;
    }
    Ok(templates)
}

/// Writes a value as HTML. The usual way encodes `/` too; here addresses stay readable.
fn write_escaped(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            let mut html = String::with_capacity(text.len());
            escape(text, &mut html);
            Ok(out.write_str(&html)?)
        }
        _ => escape_formatter(out, state, value),
    }
}

/// Writes a text as HTML, for elements and for attributes.
pub(super) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
    }
}
