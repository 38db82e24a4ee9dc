//! Leaves of a message what its sender wrote this time: no earlier mail, no signature, no
//! legal footer, no line of a telephone.

use std::sync::LazyLock;

use regex::Regex;

use super::{mail, regex};

/// Returns what the sender wrote this time.
pub(super) fn own_words(body: &str) -> String {
    let text = mail::text_of(body);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let lines = without_quotes(&lines);
    let lines = without_footer(&lines);
    let lines = without_signature(&lines);
    lines.join("\n")
}

/// Returns a subject without `Re:` and the like.
pub(super) fn subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(found) = REPLY.find(rest) {
        rest = rest[found.end()..].trim_start();
    }
    rest
}

/// How answers and forwarded mails begin.
static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^(re|aw|wg|fw|fwd|sv|tr|rv|回复|答复|转发|回覆|答覆|轉寄|返信|転送)\s*(\[\d+\])?\s*[:：]")
});

/// Leaves out lines that are quoted, and all that follows the head of an earlier mail.
fn without_quotes<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut own = Vec::new();
    for (line, is_quoted_next) in lines.iter().zip(before_quoted(lines)) {
        if is_quoted(line) || (EARLIER.is_match(line) && is_quoted_next) {
            continue;
        }
        if EARLIER.is_match(line) {
            break;
        }
        own.push(*line);
    }
    own
}

/// Returns for each line whether the next one that is not empty is quoted.
fn before_quoted(lines: &[&str]) -> Vec<bool> {
    let mut before = vec![false; lines.len()];
    for at in (1..lines.len()).rev() {
        before[at - 1] = if lines[at].is_empty() { before[at] } else { is_quoted(lines[at]) };
    }
    before
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>') || line.starts_with('＞')
}

/// The line above an earlier mail, as mail programs write it.
static EARLIER: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^(on .{6,160} wrote:|am .{6,160} schrieb.{0,80}:|el .{6,160} escribió:|le .{6,160} a écrit\s?:|em .{6,160} escreveu:",
        r"|.{4,160}(写道|寫道|のメール|は書きました|님이 작성|пишет|写了)\s*[:：]",
        r"|[-_ ]{2,}\s*(original message|forwarded message|ursprüngliche nachricht|mensaje original|message d'origine|mensagem original|原始邮件|原始郵件|转发的邮件|転送メッセージ|元のメッセージ|исходное сообщение)\s*[-_ ]{2,}",
        r"|_{10,}",
        r"|(from|von|de|发件人|寄件者|寄件人|差出人|送信元|보낸 사람|от)\s*[:：].*[@＠].*",
        r"|(发件人|寄件者|寄件人|差出人|送信元|보낸 사람)\s*[:：].*)$",
    ))
});

/// Leaves out a legal footer and all that follows.
fn without_footer<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let start = lines.iter().position(|line| FOOTER.is_match(line));
    lines[..start.unwrap_or(lines.len())].to_vec()
}

static FOOTER: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(confidential.{0,200}(intended|recipient|addressee)|(intended|recipient).{0,200}confidential",
        r"|(this (e-?mail|message).{0,80}(confidential|privileged|intended))",
        r"|confidencial.{0,200}destinatari|destinatari.{0,200}confidencial|vertraulich.{0,200}empfänger|confidentiel.{0,200}destinataire",
        r"|本(邮件|郵件|电子邮件|電子郵件|メール).{0,80}(机密|保密|機密|秘密|收件人|受信者|宛先)",
        r"|think before you print|consider the environment)",
    ))
});

/// Leaves out a signature: what follows a line of dashes, or a closing phrase near the end
/// with but short lines after it. Lines that telephones add go wherever they stand.
fn without_signature<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut end = lines.iter().position(|line| matches!(*line, "--" | "—" | "---")).unwrap_or(lines.len());
    let is_short = |line: &&&str| line.chars().count() <= 60;
    let closes = |at: &usize| {
        CLOSING.is_match(lines[*at])
            && lines[at + 1..end].iter().all(|line| is_short(&line))
            && lines[at + 1..end].iter().filter(|line| !line.is_empty()).count() <= MOST_SIGNATURE_LINES
    };
    if let Some(closing) = (0..end).find(closes) {
        end = closing;
    } else {
        end -= name_lines(&lines[..end]);
    }
    lines[..end].iter().copied().filter(|line| !SENT_FROM.is_match(line)).collect()
}

/// Counts the lines of a name and address at the end: short ones without a full stop, apart
/// from the text.
fn name_lines(lines: &[&str]) -> usize {
    let text = lines.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
    let Some(start) = lines[..text].iter().rposition(|line| line.is_empty()) else { return 0 };
    let last = &lines[start + 1..text];
    let is_name = |line: &&str| {
        line.chars().count() <= 45 && !line.ends_with(['.', '?', '!', '。', '？', '！', '…', ':', '：'])
    };
    let looks_like_names = last.iter().all(is_name) && last.len() <= MOST_SIGNATURE_LINES;
    let is_sure = last.len() > 1 || last.iter().all(|line| line.chars().count() <= 25);
    if start > 0 && looks_like_names && is_sure { lines.len() - start } else { 0 }
}

/// A signature has at most so many lines.
const MOST_SIGNATURE_LINES: usize = 8;

/// Lines that close a letter.
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^((best|kind|kindest|warm|many)?\s*(regards|wishes)|best|cheers|sincerely|yours (truly|sincerely|faithfully)|respectfully|thanks?( you)?( (so|very) much)?( in advance)?( a lot)?|thx|tia",
        r"|谢谢|多谢|谢了|感谢|祝好|此致|敬礼|顺颂商祺|祝商祺|謝謝|感謝|多謝|感恩|祝好|敬祝.{0,8}",
        r"|よろしくお願い(いた)?します|どうぞよろしくお願い(いた)?します|宜しくお願い(致|いた)?します|以上",
        r"|(un )?(cordial )?saludos?( cordial(es)?)?|atentamente|muchas gracias|gracias( de antemano)?|un abrazo",
        r"|(mit )?(freundlichen|besten|vielen|herzlichen)? ?(grüßen|grüße|gruß|dank)|cordialement|bien à vous|merci( d'avance)?|atenciosamente|obrigad[oa]|с уважением|спасибо|감사합니다",
        r")\s*[,，.。!！~～:)]*\s*$",
    ))
});

/// What telephones and mail programs add, at the end of any line.
static SENT_FROM: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)^(sent from my .{2,40}|get outlook for .{2,20}|sent (via|with) .{2,40}",
        r"|发自我的.{1,20}|寄自我的.{1,20}|從我的.{1,20}(傳送|寄出)|从我的.{1,20}(发送|发出)|來自我的.{1,20}|来自我的.{1,20}",
        r"|.{1,20}から送信|enviado desde mi .{2,40}|enviado do meu .{2,40}|envoyé de mon .{2,40}|von meinem .{2,30} gesendet|отправлено с .{2,40}|나의 .{1,20}에서 보냄)$",
    ))
});

/// Returns whether a text is what telephones and mail programs add.
pub(super) fn is_sent_from(text: &str) -> bool {
    SENT_FROM.is_match(text.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_quoted_is_left_out() {
        assert_eq!(own_words("Any news?\n\nOn Mon, 2 Nov 2026 Seabridge wrote:\n> Hello"), "Any news?\n");
        assert_eq!(
            own_words("On Mon, 2 Nov 2026 Seabridge wrote:\n> Hello\n\nStill nothing."),
            "\nStill nothing."
        );
        assert_eq!(own_words("还没到\n\n发件人: 客服 <a@b.example>\n主题: 您的订单"), "还没到\n");
        assert_eq!(own_words("Bitte.\n-----Original Message-----\nFrom: x"), "Bitte.");
    }

    #[test]
    fn signatures_and_footers_are_left_out() {
        assert_eq!(own_words("It broke.\n\nThanks!\nBob\nACME Ltd"), "It broke.\n");
        assert_eq!(own_words("坏了\n谢谢\n王先生\n发自我的iPhone"), "坏了");
        assert_eq!(own_words("Help\n--\nBob"), "Help");
        assert_eq!(own_words("Help\nThis e-mail is confidential and intended for you."), "Help");
        assert_eq!(
            own_words("thank you for the parcel, but it is broken"),
            "thank you for the parcel, but it is broken"
        );
    }

    #[test]
    fn html_becomes_text() {
        assert_eq!(
            own_words("<p>It&nbsp;broke.</p><p>Why?</p>").split_whitespace().collect::<Vec<_>>(),
            ["It", "broke.", "Why?"]
        );
    }

    #[test]
    fn subjects_lose_what_answers_add() {
        assert_eq!(subject("Re: AW: 回复：Where is it"), "Where is it");
    }
}
