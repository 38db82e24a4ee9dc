//! How a page says in which language something is.

use minijinja::context;
use minijinja::value::Value;

use crate::locale::Locale;

/// Returns what a template needs of a language: `tag`, `dir` and its own `name`.
pub(super) fn language(locale: &Locale) -> Value {
    context! { tag => locale.to_string(), dir => direction(locale), name => own_name(locale) }
}

/// Returns the attributes of an element in `locale` on a page in `around`; none
/// are needed if that is the same.
pub(super) fn attributes(locale: &Locale, around: &Locale) -> Value {
    if locale == around {
        return Value::from_safe_string(String::new());
    }
    Value::from_safe_string(format!(" lang=\"{locale}\" dir=\"{}\"", direction(locale)))
}

fn direction(locale: &Locale) -> &'static str {
    if locale.is_right_to_left() { "rtl" } else { "ltr" }
}

/// Returns the name of a language as its own readers write it, with the region
/// if there is one: `Português (BR)`.
pub(super) fn own_name(locale: &Locale) -> String {
    let tag = locale.to_string();
    let (language, region) = tag.split_once('-').unwrap_or((&tag, ""));
    match (name(&tag), name(language)) {
        (Some(name), _) => name.to_owned(),
        (None, Some(name)) => format!("{name} ({region})"),
        (None, None) => tag,
    }
}

fn name(tag: &str) -> Option<&'static str> {
    let place = NAMES.binary_search_by_key(&tag, |(tag, _)| tag).ok()?;
    Some(NAMES[place].1)
}

/// The languages that help centers are mostly written in; others go by their tag.
#[rustfmt::skip]
const NAMES: &[(&str, &str)] = &[
    ("af", "Afrikaans"), ("am", "አማርኛ"), ("ar", "العربية"), ("az", "Azərbaycanca"), ("be", "Беларуская"),
    ("bg", "Български"), ("bn", "বাংলা"), ("bs", "Bosanski"), ("ca", "Català"), ("cs", "Čeština"), ("da", "Dansk"),
    ("de", "Deutsch"), ("el", "Ελληνικά"), ("en", "English"), ("es", "Español"), ("et", "Eesti"), ("eu", "Euskara"),
    ("fa", "فارسی"), ("fi", "Suomi"), ("fil", "Filipino"), ("fr", "Français"), ("gl", "Galego"), ("gu", "ગુજરાતી"),
    ("he", "עברית"), ("hi", "हिन्दी"), ("hr", "Hrvatski"), ("hu", "Magyar"), ("hy", "Հայերեն"),
    ("id", "Bahasa Indonesia"), ("is", "Íslenska"), ("it", "Italiano"), ("ja", "日本語"), ("ka", "ქართული"),
    ("kk", "Қазақ тілі"), ("km", "ខ្មែរ"), ("kn", "ಕನ್ನಡ"), ("ko", "한국어"), ("lo", "ລາວ"), ("lt", "Lietuvių"),
    ("lv", "Latviešu"), ("mk", "Македонски"), ("ml", "മലയാളം"), ("mn", "Монгол"), ("mr", "मराठी"),
    ("ms", "Bahasa Melayu"), ("my", "မြန်မာ"), ("nb", "Norsk bokmål"), ("ne", "नेपाली"), ("nl", "Nederlands"),
    ("no", "Norsk"), ("pa", "ਪੰਜਾਬੀ"), ("pl", "Polski"), ("pt", "Português"), ("ro", "Română"), ("ru", "Русский"),
    ("si", "සිංහල"), ("sk", "Slovenčina"), ("sl", "Slovenščina"), ("sq", "Shqip"), ("sr", "Српски"),
    ("sv", "Svenska"), ("sw", "Kiswahili"), ("ta", "தமிழ்"), ("te", "తెలుగు"), ("th", "ไทย"), ("tr", "Türkçe"),
    ("uk", "Українська"), ("ur", "اردو"), ("uz", "Oʻzbekcha"), ("vi", "Tiếng Việt"), ("zh-HK", "繁體中文（香港）"),
    ("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"), ("zh-TW", "繁體中文（台灣）"), ("zu", "isiZulu"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_for_binary_search() {
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn languages_are_named_as_their_readers_name_them() {
        let named = |tag: &str| own_name(&tag.parse().expect("a locale"));
        assert_eq!(named("zh-CN"), "简体中文");
        assert_eq!(named("zh-TW"), "繁體中文（台灣）");
        assert_eq!(named("pt-BR"), "Português (BR)");
        assert_eq!(named("ti"), "ti");
    }
}
