//! A text → the statements that it makes, and where it turns to something else.
//!
//! A statement is a sentence, a line or an item of a list. People who write fast put no
//! full stop: then a comma or space before a word such as "also" ends one, too.

use std::sync::LazyLock;

use regex::Regex;

use super::{cleaning, regex};
use crate::analysis::is_unspaced;
use crate::content::sentences;

/// Something that a customer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// In the customer's words.
    pub text: String,
    /// How it follows what was said before.
    pub begins: Break,
}

/// How a statement follows the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    /// As the next sentence.
    Sentence,
    /// On a new line.
    Paragraph,
    /// Turning to something else: "also …", the next item of a list.
    Turn,
}

/// Adds the statements of a text. Greetings and the like are none.
pub(super) fn add_all(text: &str, statements: &mut Vec<Statement>) {
    for line in text.lines() {
        let (line, is_item) = match ITEM.find(line) {
            Some(mark) => (&line[mark.end()..], true),
            None => (line, false),
        };
        let mut begins = if is_item { Break::Turn } else { Break::Paragraph };
        for sentence in sentences(line) {
            for part in at_turns(&line[sentence]) {
                if says_nothing(part) {
                    continue;
                }
                let begins_here = std::mem::replace(&mut begins, Break::Sentence);
                let begins = if TURN.is_match(part) { Break::Turn } else { begins_here };
                statements.push(Statement { text: part.to_owned(), begins });
            }
        }
    }
}

fn says_nothing(part: &str) -> bool {
    SAYS_NOTHING.is_match(part) || cleaning::is_sent_from(part) || !part.chars().any(char::is_alphabetic)
}

/// Cuts a sentence before clauses that turn to something else.
fn at_turns(sentence: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    for pause in PAUSE.find_iter(sentence) {
        // Between words of spaced scripts a space is no pause.
        let is_space = pause.as_str().chars().all(char::is_whitespace);
        if is_space && sentence[..pause.start()].ends_with(|c: char| c.is_ascii() || !is_unspaced(c)) {
            continue;
        }
        if TURN.is_match(&sentence[pause.end()..]) {
            parts.push(sentence[start..pause.end()].trim());
            start = pause.end();
        }
    }
    parts.push(sentence[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

static PAUSE: LazyLock<Regex> = LazyLock::new(|| regex(r"[,，、;；…~～]+\s*|\s+|[.。!！?？]+"));

/// How an item of a list starts.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^\s*(\d{1,2}\s?[.)、）:：]|[-*•·●▪]|[①-⑨]|[（(]?[一二三四五\d][)）、]|问题[一二三\d]|問題[一二三\d])\s*",
    )
});

/// How people turn to something else.
static TURN: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^[\s,，]*((and |oh |oh,? and )?(also|first(ly)?|first of all|another (thing|question|issue|problem)|additionally|besides|second(ly)?|third(ly)?|on top of that|one more (thing|question)|by the way|btw|furthermore|moreover|separately|next question|last thing|the other (thing|question|issue)|then there'?s|finally|lastly)\b",
        r"|首先|第一[,，、个件]?|另外|还有(就是|一个|一件|个|，|,|件)?|此外|其次|第[二三][,，、个件]?|再有|对了|顺便|再问|再请问|同时还|最后(一个|,|，)?|還有|對了|順便|再問|最後|此外",
        r"|また|あと[、,はも]?|それと|それから|もう(一|ひと)つ|ついでに|別件|加えて|さらに|最後に",
        r"|primero|además|también|por otr[ao] (parte|lado)|otra (cosa|pregunta)|aparte( de eso)?|segundo|por cierto|por último",
        r"|außerdem|zudem|übrigens|ferner|noch (eine|etwas)|zweitens|de plus|par ailleurs|en outre|autre (chose|question)|d'ailleurs|além disso|outra (coisa|dúvida)|também|также|кроме того|и ещё|ещё (один|вопрос)|또한?|그리고|추가로|أيضا|أيضًا|كذلك|อีกอย่าง|นอกจากนี้)",
    ))
});

/// Greetings, thanks and the like, alone in a sentence.
static SAYS_NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^[\s\p{P}\p{S}]*((hi|hello|hey|dear|good (morning|afternoon|evening|day))( (there|all|team|sir|madam|sirs|support|seabridge|customer service|support team|sir or madam|sir/madam|folks|guys))*|thanks?( you)?( (so|very) much)?( in advance)?( for your (help|time|reply|patience))?|please (help|advise|respond|reply)( me)?( (asap|soon|quickly))?|help|hope you('re| are) (well|doing well)|looking forward to (your|hearing).{0,40}|regards|(i )?(look|looking) forward.{0,40}",
        r"|(您|你)们?好(呀|啊)?|哈喽|嗨|亲|客服(您|你)?好?|在吗|在么|请问(一下)?|谢谢(您|你|啦|了|大家)?|多谢|辛苦了|麻烦(您|你)?了?|打扰了|急|急急急|在线等|拜托(了|您)?|望(尽快)?回复|请尽快回复|盼复|妳好|您好|謝謝(您|你)?|麻煩(您|你)?了?|請問(一下)?|不好意思|拜託(了)?",
        r"|こんにちは|こんばんは|おはようございます|お世話になって(おり)?ます|お世話になります|はじめまして|すみません|ありがとうございます|よろしくお願い(いた)?します|お忙しいところ(恐れ入ります|すみません)?",
        r"|hola|buen(o|a)s? (días|tardes|noches|día)|estimad[oa]s?( señor(es|a)?)?|(muchas )?gracias( de antemano)?|un saludo|saludos|por favor|guten (tag|morgen|abend)|hallo|bonjour|bonsoir|merci|olá|bom dia|boa (tarde|noite)|obrigad[oa]|здравствуйте|добрый (день|вечер)|спасибо|안녕하세요|감사합니다|مرحبا|السلام عليكم|شكرا|สวัสดี(ค่ะ|ครับ)?|ขอบคุณ(ค่ะ|ครับ)?",
        r"|(question|order|problem|issue|urgent|asap|complaint|support|inquiry|enquiry|no subject|问题|咨询|投诉|紧急|订单|訂單|問題|諮詢|問い合わせ|お問い合わせ|質問|注文|pedido|pregunta|problema|consulta|ayuda|urgente))[\s\p{P}\p{S}]*$",
    ))
});
