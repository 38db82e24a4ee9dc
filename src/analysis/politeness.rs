//! What people say around a question: greetings, thanks, "could you tell me".
//!
//! It costs nothing and finds nothing, as long as something else is left. Only at
//! the start and the end of a query: in the middle the same words may mean
//! something (`a thank you card`).
//!
//! Not here: words like `the` and `怎么`, which say nothing of the subject but are
//! part of the question (`function_words`).

use std::ops::Range;

use super::normalize::Normalized;
use super::run::is_unspaced;

/// Returns the characters of `text` without politeness around them; all of them if
/// nothing else is left.
pub(super) fn stripped(text: &Normalized) -> Range<usize> {
    let chars = &text.folded;
    let mut rest = trimmed(chars, 0..chars.len());
    while let Some(shorter) = without_start(chars, &rest).or_else(|| without_end(chars, &rest)) {
        rest = trimmed(chars, shorter);
    }
    if rest.is_empty() { 0..chars.len() } else { rest }
}

/// Leaves out spaces and punctuation at both ends, but for what a query may mean by
/// it: quotation marks and `-`.
fn trimmed(chars: &[char], range: Range<usize>) -> Range<usize> {
    let says_nothing = |c: &char| {
        !c.is_alphanumeric()
            && !matches!(c, '"' | '“' | '”' | '「' | '」' | '『' | '』' | '-')
            && !super::normalize::is_mark(*c)
    };
    let text = &chars[range.clone()];
    let start = text.iter().take_while(|c| says_nothing(c)).count();
    let end = text[start..].iter().rev().take_while(|c| says_nothing(c)).count();
    range.start + start..range.end - end
}

fn without_start(chars: &[char], range: &Range<usize>) -> Option<Range<usize>> {
    let text = &chars[range.clone()];
    let starts = |phrase: &&&str| {
        let length = phrase.chars().count();
        text.len() >= length
            && text.iter().copied().zip(phrase.chars()).all(|(a, b)| a == b)
            && is_border(text, length)
    };
    let longest = OPENINGS.iter().filter(starts).map(|phrase| phrase.chars().count()).max()?;
    Some(range.start + longest..range.end)
}

fn without_end(chars: &[char], range: &Range<usize>) -> Option<Range<usize>> {
    let text = &chars[range.clone()];
    let ends = |phrase: &&&str| {
        let length = phrase.chars().count();
        text.len() >= length
            && text[text.len() - length..].iter().copied().zip(phrase.chars()).all(|(a, b)| a == b)
            && is_border(text, text.len() - length)
    };
    let longest = CLOSINGS.iter().filter(ends).map(|phrase| phrase.chars().count()).max()?;
    Some(range.start..range.end - longest)
}

/// Returns whether a word may end before `at`.
fn is_border(text: &[char], at: usize) -> bool {
    let joins = |c: char| (c.is_alphanumeric() || matches!(c, '-' | '\'')) && !is_unspaced(c);
    at == 0 || at == text.len() || !(joins(text[at - 1]) && joins(text[at]))
}

/// As folded: lower case, simplified Chinese.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    // Chinese
    "请问一下", "请问", "想请问", "我想请问", "我想问一下", "我想问", "想问一下", "想问", "我想知道", "想知道", "我想了解一下",
    "我想了解", "想了解一下", "咨询一下", "我想咨询", "想咨询", "麻烦问一下", "麻烦您", "麻烦你", "麻烦", "劳驾", "打扰一下", "打扰了",
    "你好", "您好", "你们好", "亲亲", "在吗", "在不在", "客服你好", "客服您好", "帮我看一下", "帮我看看", "帮忙看一下", "不好意思", "谢谢",
    // English
    "hello there", "hello", "hi there", "hi", "hey", "good morning", "good afternoon", "good evening", "dear team", "dear sir or madam",
    "dear support", "excuse me", "please", "please help",
    "i would like to know", "i'd like to know", "i want to know", "i wonder",
    "thanks", "thank you",
    // Japanese
    "すみませんが", "すみません", "すいません", "こんにちは", "お世话になっております", "教えてください",
    // Korean
    "안녕하세요", "혹시", "죄송하지만", "실례지만",
    // Spanish, Portuguese, French, German
    "hola buenas", "hola", "buenos días", "buenas tardes", "buenas", "por favor", "disculpe", "disculpa", "quisiera saber", "me gustaría saber", "quiero saber",
    "olá", "oi", "bom dia", "boa tarde", "gostaria de saber", "queria saber", "com licença",
    "bonjour", "bonsoir", "s'il vous plaît", "excusez-moi", "pardon", "je voudrais savoir", "j'aimerais savoir",
    "guten tag", "guten morgen", "hallo", "entschuldigung", "ich möchte wissen", "ich würde gerne wissen", "bitte",
    // Russian, Arabic, Thai
    "здравствуйте", "добрый день", "подскажите пожалуйста", "подскажите, пожалуйста", "подскажите", "скажите пожалуйста", "скажите, пожалуйста", "скажите", "пожалуйста", "извините",
    "مرحبا", "السلام عليكم", "من فضلك", "لو سمحت", "اريد ان اعرف", "أريد أن أعرف",
    "สวัสดีครับ", "สวัสดีค่ะ", "สวัสดี", "ขอถามหน่อย", "ขอสอบถาม", "รบกวนสอบถาม", "อยากทราบว่า",
];

/// As folded: lower case, simplified Chinese.
#[rustfmt::skip]
const CLOSINGS: &[&str] = &[
    // Chinese
    "谢谢您", "谢谢你", "谢谢啦", "谢谢了", "谢谢", "多谢", "感谢", "谢了", "麻烦了", "麻烦你了", "麻烦您了", "拜托了", "拜托", "急急急", "在线等",
    // English
    "please", "thanks", "thanks a lot", "many thanks", "thanks in advance", "thank you", "thank you very much", "thank you so much", "thx", "cheers", "pls", "plz",
    // Japanese, Korean
    "教えてください", "教えて下さい", "よろしくお愿いします", "お愿いします", "ありがとうございます",
    "감사합니다", "부탁드립니다", "알려주세요", "고맙습니다",
    // Spanish, Portuguese, French, German
    "por favor", "gracias", "muchas gracias", "obrigado", "obrigada", "merci", "merci d'avance", "s'il vous plaît", "danke", "vielen dank", "bitte",
    // Russian, Arabic, Thai
    "спасибо", "пожалуйста", "شكرا", "من فضلك", "لو سمحت", "ขอบคุณครับ", "ขอบคุณค่ะ", "ขอบคุณ", "ครับ", "ค่ะ",
];

#[cfg(test)]
mod tests {
    use super::super::normalize::Normalizer;

    fn rest(text: &str) -> String {
        let normalized = Normalizer::new().normalize(text);
        normalized.folded[super::stripped(&normalized)].iter().collect()
    }

    #[test]
    fn politeness_around_a_question_is_left_out() {
        assert_eq!(rest("請問一下，我想知道怎么才能退货呢？谢谢！"), "怎么才能退货呢");
        assert_eq!(rest("Hello, where is my parcel please? Thanks"), "where is my parcel");
        assert_eq!(rest("Hola, ¿dónde está mi pedido? Gracias"), "dónde está mi pedido");
        assert_eq!(rest("a thank you card"), "a thank you card");
        assert_eq!(rest("history"), "history");
        assert_eq!(rest("hi-fi -cable"), "hi-fi -cable");
    }

    #[test]
    fn politeness_alone_stays() {
        assert_eq!(rest("你好"), "你好");
        assert_eq!(rest("thank you"), "thank you");
        assert_eq!(rest("?!"), "?!");
    }

    #[test]
    fn every_phrase_is_written_as_folded() {
        for phrase in super::OPENINGS.iter().chain(super::CLOSINGS) {
            let folded: String = Normalizer::new().normalize(phrase).folded.iter().collect();
            assert_eq!(folded, *phrase);
        }
    }
}
