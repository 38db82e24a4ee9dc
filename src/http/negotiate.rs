//! Which locale a visitor gets.

use axum::http::{HeaderMap, header};

use crate::locale::{Distance, Locale};

/// Returns the best of `available` for the visitor's `Accept-Language`, else
/// the one nearest to `default`, else `default` itself.
pub(super) fn preferred(headers: &HeaderMap, available: &[Locale], default: &Locale) -> Locale {
    let accepted =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let understood = ranked(accepted).into_iter().find_map(|wanted| {
        let nearest = wanted.nearest(available)?;
        (wanted.distance_to(nearest) <= Distance::Script).then(|| nearest.clone())
    });
    understood.or_else(|| default.nearest(available).cloned()).unwrap_or_else(|| default.clone())
}

/// Returns the locales of an `Accept-Language` header, most wanted first.
fn ranked(header: &str) -> Vec<Locale> {
    let mut wanted: Vec<(f32, Locale)> = header.split(',').filter_map(weighted).collect();
    wanted.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    wanted.into_iter().map(|(_, locale)| locale).collect()
}

fn weighted(range: &str) -> Option<(f32, Locale)> {
    let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
    let quality = match parameters.trim().strip_prefix("q=") {
        Some(quality) => quality.trim().parse().ok().filter(|quality: &f32| quality.is_finite())?,
        None => 1.0,
    };
    (quality > 0.0).then_some(())?;
    Some((quality, tag.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(header: &str) -> String {
        let available: Vec<Locale> =
            ["de", "en", "zh-Hans", "zh-Hant"].map(|tag| tag.parse().expect("a locale")).into();
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, header.parse().expect("a header"));
        preferred(&headers, &available, &Locale::english()).to_string()
    }

    #[test]
    fn visitors_get_the_language_they_ask_for() {
        assert_eq!(chosen("zh-TW,zh;q=0.9,en;q=0.8"), "zh-Hant");
        assert_eq!(chosen("de-AT"), "de");
        assert_eq!(chosen("en;q=0.3, zh-CN;q=0.9"), "zh-Hans");
        assert_eq!(chosen("sw, tr;q=0.5"), "en");
        assert_eq!(chosen("de;q=0, *;q=x, ;;"), "en");
    }
}
