//! Tells headings that are questions from those that are not.
//!
//! A question heading makes its section an answer. A question mark says so in
//! any language; without one we go by the words that questions start or end
//! with in the languages that often leave the mark out.

/// Returns whether a heading asks something.
pub(crate) fn is_question(heading: &str) -> bool {
    let text = core_of(heading);
    is_marked_question(text)
        || QUESTION_STARTS.iter().any(|start| starts_with_words(text, start))
        || HAN_QUESTION_WORDS.iter().any(|word| text.contains(word))
        || QUESTION_ENDS.iter().any(|end| text.trim_end_matches(['。', '.']).ends_with(end))
}

/// Returns whether a line is marked as a question: `…?`, `Q: …`.
pub(crate) fn is_marked_question(line: &str) -> bool {
    let text = core_of(line);
    let is_greek = || text.chars().any(|c| ('α'..='ω').contains(&c));
    text.ends_with(['?', '？', '؟', '\u{37e}', '՞', '፧', '⁇', '⁉'])
        || (text.ends_with(';') && is_greek())
        || has_question_label(text)
}

/// Returns a line without what stands around the question itself.
fn core_of(line: &str) -> &str {
    line.trim().trim_end_matches(['*', '_', '"', '”', '」', '』', ')', '）', ':', '：']).trim_end()
}

/// Returns whether a title heads a list of questions.
pub(crate) fn is_faq(title: &str) -> bool {
    let lower = title.to_lowercase();
    FAQ_TITLES.iter().any(|known| lower.contains(known))
}

/// `Q:`, `Q1.`, `问：`
fn has_question_label(text: &str) -> bool {
    let after = text
        .strip_prefix(['Q', 'q', '问', '問'])
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    after.is_some_and(|rest| rest.starts_with([':', '：', '.', '、']))
}

fn starts_with_words(text: &str, words: &str) -> bool {
    let head = text.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words));
    head && text[words.len()..].starts_with(' ')
}

#[rustfmt::skip]
const QUESTION_STARTS: &[&str] = &[
    "how do", "how does", "how can", "how should", "how long", "how much", "how many", "how often", "how soon",
    "what is", "what's", "what are", "what does", "what do", "what if", "what happens", "what should", "what can",
    "why is", "why are", "why do", "why does", "why did", "why was", "why can't", "where is", "where are", "where do",
    "where can", "when will", "when do", "when does", "when can", "who is", "who can", "who pays", "which one",
    "can i", "can you", "can we", "could i", "do i", "do you", "does it", "is it", "is there", "are there", "am i",
    "will i", "will you", "will my", "should i", "may i", "must i",
];

#[rustfmt::skip]
const HAN_QUESTION_WORDS: &[&str] = &[
    "怎么", "怎麼", "怎样", "怎樣", "如何", "为什么", "為什麼", "为何", "為何", "什么是", "什麼是", "是什么", "是什麼",
    "多久", "多少", "哪些", "哪里", "哪裡", "哪个", "哪個", "能否", "是否", "能不能", "可不可以", "是不是", "有没有", "有沒有",
];

const QUESTION_ENDS: &[&str] =
    &["吗", "嗎", "呢", "ですか", "ますか", "でしょうか", "나요", "까요", "습니까", "ไหม", "อย่างไร"];

#[rustfmt::skip]
const FAQ_TITLES: &[&str] = &[
    "faq", "q&a", "常见问题", "常見問題", "常见疑问", "问与答", "問與答", "よくある質問", "よくあるご質問", "자주 묻는 질문",
    "frequently asked", "preguntas frecuentes", "häufige fragen", "häufig gestellte fragen", "questions fréquentes",
    "foire aux questions", "perguntas frequentes", "часто задаваемые вопросы", "частые вопросы", "الأسئلة الشائعة",
    "คำถามที่พบบ่อย",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_recognized_with_and_without_a_mark() {
        for heading in [
            "Can I cancel?",
            "多久能到？",
            "**Where is it?**",
            "How do I return an item",
            "Q1: refunds",
            "如何退货",
            "可以退款吗",
            "返品できますか",
            "Q：运费",
            "متى يصل الطرد؟",
            "Πότε θα έρθει;",
        ] {
            assert!(is_question(heading), "{heading}");
        }
        for heading in
            ["Returns", "When it expires", "Howdy", "退货流程", "Quality", "Q4 results", "end;", "", "How"]
        {
            assert!(!is_question(heading), "{heading}");
        }
    }

    #[test]
    fn faq_titles_are_recognized() {
        assert!(is_faq("Shipping FAQ"));
        assert!(is_faq("物流常见问题"));
        assert!(!is_faq("Shipping"));
    }
}
