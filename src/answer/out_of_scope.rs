//! Questions that no help center answers, in every language of the interface: from them
//! a calibration learns what a wrong answer looks like.

use crate::locale::Locale;

/// The files of this folder, by locale.
const FILES: [(&str, &str); 12] = [
    ("ar", include_str!("out_of_scope/ar.txt")),
    ("de", include_str!("out_of_scope/de.txt")),
    ("en", include_str!("out_of_scope/en.txt")),
    ("es", include_str!("out_of_scope/es.txt")),
    ("fr", include_str!("out_of_scope/fr.txt")),
    ("ja", include_str!("out_of_scope/ja.txt")),
    ("ko", include_str!("out_of_scope/ko.txt")),
    ("pt", include_str!("out_of_scope/pt.txt")),
    ("ru", include_str!("out_of_scope/ru.txt")),
    ("th", include_str!("out_of_scope/th.txt")),
    ("zh-Hans", include_str!("out_of_scope/zh-Hans.txt")),
    ("zh-Hant", include_str!("out_of_scope/zh-Hant.txt")),
];

/// Returns every question with the locale of who asks it.
pub fn out_of_scope() -> impl Iterator<Item = (Locale, &'static str)> {
    FILES.iter().flat_map(|(locale, text)| {
        let locale: Locale = locale.parse().expect("the files are named by locales");
        text.lines().map(move |line| (locale.clone(), line))
    })
}
