//! Bytes → text.
//!
//! Everything after this step is UTF-8. Files from old Windows programs come in
//! UTF-16 or GB18030; we decode them and say so, rather than lose an article.
//! A guess that would turn another encoding into wrong characters is refused.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text of a file.
#[derive(Debug, PartialEq)]
pub(crate) struct Decoded {
    /// Without byte order mark; line ends are kept as they are.
    pub(crate) text: String,
    /// The name of the encoding if it is not UTF-8.
    pub(crate) legacy: Option<&'static str>,
}

/// Decodes a file; nothing if it is in no encoding that we can be sure of.
pub(crate) fn decode(bytes: Vec<u8>) -> Option<Decoded> {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some(Decoded { text, legacy: None }),
        Err(error) => decode_unmarked(error.as_bytes()),
    }
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Option<Decoded> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned();
    let legacy = (encoding != UTF_8).then(|| encoding.name());
    Some(Decoded { text, legacy })
}

fn decode_unmarked(bytes: &[u8]) -> Option<Decoded> {
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 {
        let encoding = if even > odd { UTF_16BE } else { UTF_16LE };
        return decode_as(encoding, bytes).filter(|decoded| is_readable(&decoded.text));
    }
    decode_as(GB18030, bytes).filter(|_| looks_like_chinese(bytes))
}

/// Other binary data decodes as UTF-16 too, into characters that no text has.
fn is_readable(text: &str) -> bool {
    !text.chars().any(|c| (c.is_control() && !c.is_whitespace()) || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// Common Chinese characters have two high bytes in GB18030. Text in another
/// encoding decodes too, but into rare characters that have only one.
fn looks_like_chinese(bytes: &[u8]) -> bool {
    let (mut common, mut rare) = (0_usize, 0_usize);
    let mut rest = bytes.iter();
    while let Some(lead) = rest.next() {
        if lead.is_ascii() {
            continue;
        }
        match rest.next() {
            Some(0xA1..) => common += 1,
            _ => rare += 1,
        }
    }
    common > 0 && common >= rare * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> Option<(String, Option<&'static str>)> {
        decode(bytes.to_vec()).map(|decoded| (decoded.text, decoded.legacy))
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn known_encodings_are_decoded() {
        let known = |text: &str, name| Some((text.to_owned(), name));
        assert_eq!(text("退货\r\n".as_bytes()), known("退货\r\n", None));
        assert_eq!(text("\u{feff}退货".as_bytes()), known("退货", None));
        assert_eq!(text(&utf16("\u{feff}退货", u16::to_le_bytes)), known("退货", Some("UTF-16LE")));
        assert_eq!(text(&utf16("\u{feff}退货", u16::to_be_bytes)), known("退货", Some("UTF-16BE")));
        assert_eq!(text(&utf16("# 退货 a", u16::to_le_bytes)), known("# 退货 a", Some("UTF-16LE")));
        let (gb, _, _) = GB18030.encode("退货政策：七天无理由。");
        assert_eq!(text(&gb), known("退货政策：七天无理由。", Some("gb18030")));
        assert_eq!(text(b""), known("", None));
    }

    #[test]
    fn other_encodings_are_not_guessed() {
        assert_eq!(text(b"caf\xe9 cr\xe8me br\xfbl\xe9e"), None);
        assert_eq!(text(b"\x83e\x83X\x83g\x82\xcc\x93\xfa\x96{\x8c\xea"), None);
        assert_eq!(text(b"\xff\xff\xff\x00"), None);
        assert_eq!(text(b"\xff\xfe\x00"), None);
    }
}
