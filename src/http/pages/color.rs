//! The company's colour, and those that follow from it.
//!
//! Text in a colour must be readable: WCAG 2.2 asks for a contrast of 4.5 (success criterion
//! 1.4.3). A colour that does not reach it on white is refused; on dark pages it is lightened
//! until it does.

use serde::Deserialize;

/// A colour of the screen: red, green and blue, 0 to 255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Color([u8; 3]);

const WHITE: Color = Color([255; 3]);
const BLACK: Color = Color([0; 3]);

/// `--ground` of light pages, the darkest that a link stands on there.
const LIGHT: Color = Color([0xf4, 0xf7, 0xf8]);

/// `--paper` of dark pages, the lightest that a link stands on there.
const DARK: Color = Color([0x16, 0x1d, 0x23]);

const READABLE: f64 = 4.5;

impl TryFrom<String> for Color {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut bytes = [0; 3];
        let digits = text.strip_prefix('#').unwrap_or_default();
        hex::decode_to_slice(digits, &mut bytes)
            .map_err(|_| format!("`{text}` is no colour; write one as #0b5a6a"))?;
        let (color, contrast) = (Self(bytes), Self(bytes).contrast(LIGHT));
        match contrast >= READABLE {
            true => Ok(color),
            false => Err(format!(
                "`{text}` is too light for text: its contrast with the page is {contrast:.1}, and {READABLE} \
                 are needed; {} would do",
                color.readable_on(LIGHT, BLACK)
            )),
        }
    }
}

impl Color {
    /// Returns the rules of a style sheet that put it in place.
    pub(super) fn rules(self) -> String {
        let dark = self.on_dark();
        format!(
            ":root {{ --accent: {self}; --accent-strong: {}; --on-accent: {WHITE}; --tint: {}; \
             --hero: linear-gradient(150deg, {}, {self}); }}\n\
             @media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; --accent-strong: {}; \
             --on-accent: {BLACK}; --tint: {}; --hero: linear-gradient(150deg, {}, {}); }} }}\n",
            self.mixed(BLACK, 0.2),
            self.mixed(WHITE, 0.9),
            self.mixed(BLACK, 0.3),
            dark.mixed(WHITE, 0.4),
            self.mixed(DARK, 0.8),
            self.mixed(BLACK, 0.7),
            self.mixed(BLACK, 0.5),
        )
    }

    /// Returns it as it is on dark pages.
    pub(in crate::http) fn on_dark(self) -> Self {
        self.readable_on(DARK, WHITE)
    }

    /// Returns the colour, moved towards another until it can be read on a ground.
    fn readable_on(self, ground: Self, towards: Self) -> Self {
        let steps = (0..=20).map(|step| self.mixed(towards, f64::from(step) / 20.0));
        steps.into_iter().find(|color| color.contrast(ground) >= READABLE).unwrap_or(towards)
    }

    fn mixed(self, other: Self, part: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
        Self(std::array::from_fn(|i| mix(self.0[i], other.0[i])))
    }

    /// Returns the contrast of WCAG 2.2, 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Returns the relative luminance of WCAG 2.2, 0 to 1.
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|value| match f64::from(value) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(formatter, "#{}", hex::encode(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        assert!((Color([0x76; 3]).contrast(WHITE) - 4.54).abs() < 0.01);
    }

    #[test]
    fn colors_that_cannot_be_read_are_refused_with_one_that_can() {
        let read = |text: &str| Color::try_from(text.to_owned());
        assert_eq!(read("#0B5A6A").map(|color| color.to_string()), Ok("#0b5a6a".to_owned()));
        for wrong in ["teal", "#fff", "#12345", "#12345g", ""] {
            assert!(read(wrong).is_err_and(|error| error.contains("write one as")), "{wrong}");
        }
        let advice = read("#ffcc00").expect_err("yellow is too light");
        let better = advice.split("; ").last().and_then(|advice| advice.split(' ').next()).expect("a colour");
        assert!(read(better).is_ok(), "{advice}");
    }

    #[test]
    fn every_color_can_be_read_on_dark_pages() {
        for accent in [BLACK, Color([0x80, 0, 0]), Color([0, 0, 0xff]), Color([0x0b, 0x5a, 0x6a])] {
            assert!(accent.readable_on(DARK, WHITE).contrast(DARK) >= READABLE, "{accent}");
        }
    }
}
