//! A question more in the front matter of a file, with all else as its author wrote it.
//!
//! The place is found by lines, as a person would; the result is read back and must say just what
//! it said before, and the question. A form that is too unusual for that is left to its author.

use super::{FrontMatter, read, spelling, written};

/// Returns a file with one question more; nothing where that cannot be done safely.
pub(crate) fn with_question(source: &str, question: &str) -> Option<String> {
    let (before, _, _) = read(source);
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let edit = Edit { source, newline, question: serde_json::to_string(question).ok()? };
    let after = edit.done()?;
    let (found, _, _) = read(&after);
    let mut expected = without_lines(before);
    expected.questions.push(question.to_owned());
    (without_lines(found) == expected).then_some(after)
}

/// What a front matter says, wherever it stands.
fn without_lines(mut front_matter: FrontMatter) -> FrontMatter {
    front_matter.related.iter_mut().for_each(|(_, line)| *line = 0);
    front_matter
}

/// A question that is added to a file.
struct Edit<'s> {
    source: &'s str,
    newline: &'s str,
    /// In quotation marks, as JSON, YAML and TOML have it.
    question: String,
}

impl Edit<'_> {
    fn done(&self) -> Option<String> {
        let Some(block) = written::read(self.source) else { return Some(self.with_block()) };
        let entries = block.entries.ok()?;
        let is_key = |entry: &&written::Entry| spelling::QUESTIONS.contains(&entry.key.as_str());
        let lines: Vec<&str> = self.source.split_inclusive('\n').collect();
        let first = lines.iter().position(|line| !line.trim().is_empty())?;
        let is_toml = match lines[first].trim_end() {
            "---" => false,
            "+++" => true,
            _ => return None,
        };
        match entries.iter().find(is_key) {
            Some(entry) if is_toml => self.in_brackets(&lines, entry.line as usize - 1),
            Some(entry) => self.in_list(&lines, entry.line as usize - 1),
            None if is_toml => {
                // Before any table, which would take the key for its own.
                let line = format!("questions = [{}]{}", self.question, self.newline);
                Some(self.inserted(&lines, first + 1, &line))
            }
            None => {
                let close =
                    lines.iter().skip(first + 1).position(|line| matches!(line.trim_end(), "---" | "..."))?;
                let list = format!("questions:{0}  - {1}{0}", self.newline, self.question);
                Some(self.inserted(&lines, first + 1 + close, &list))
            }
        }
    }

    /// Puts front matter before a file that has none.
    fn with_block(&self) -> String {
        let (newline, question) = (self.newline, &self.question);
        let mark = if self.source.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        let body = self.source.trim_start_matches('\u{feff}');
        format!("{mark}---{newline}questions:{newline}  - {question}{newline}---{newline}{newline}{body}")
    }

    /// Adds it to the YAML list whose key is in a line.
    fn in_list(&self, lines: &[&str], key: usize) -> Option<String> {
        let value = lines[key].split_once(':')?.1.trim();
        if value.starts_with('[') {
            return self.in_brackets(lines, key);
        }
        let (newline, question) = (self.newline, &self.question);
        if !value.is_empty() && !value.starts_with('#') {
            let name = lines[key].split_once(':')?.0;
            let list = format!("{name}:{newline}  - {value}{newline}  - {question}{newline}");
            return Some(self.replaced(lines, key, &list));
        }
        let belongs = |line: &&str| {
            let is_inside = line.starts_with([' ', '\t', '-']) && !matches!(line.trim_end(), "---");
            is_inside || line.trim().is_empty()
        };
        let count = lines[key + 1..].iter().take_while(|line| belongs(line)).count();
        let list = &lines[key + 1..key + 1 + count];
        let last = list.iter().rposition(|line| !line.trim().is_empty());
        let indent = list.iter().find(|line| line.trim_start().starts_with('-'));
        let indent = indent.map_or("  ", |line| &line[..line.len() - line.trim_start().len()]);
        let line = format!("{indent}- {question}{newline}");
        Some(self.inserted(lines, key + 1 + last.map_or(0, |last| last + 1), &line))
    }

    /// Adds it to the list in brackets that starts in a line.
    fn in_brackets(&self, lines: &[&str], key: usize) -> Option<String> {
        let start: usize = lines[..key].iter().map(|line| line.len()).sum();
        let open = start
            + self.source[start..]
                .find(['[', '\n'])
                .filter(|at| self.source[start + at..].starts_with('['))?;
        let close = open + closing(&self.source[open..])?;
        let inside = self.source[open + 1..close].trim_end();
        let end = open + 1 + inside.len();
        let separator = match inside.trim_start().is_empty() || inside.ends_with(',') {
            true => "",
            false => ",",
        };
        let item = match inside.contains('\n') {
            true => {
                let last = inside.lines().last().unwrap_or_default();
                let indent = &last[..last.len() - last.trim_start().len()];
                format!("{separator}{}{indent}{},", self.newline, self.question)
            }
            false if separator.is_empty() => self.question.clone(),
            false => format!(", {}", self.question),
        };
        Some(format!("{}{item}{}", &self.source[..end], &self.source[end..]))
    }

    fn inserted(&self, lines: &[&str], at: usize, text: &str) -> String {
        [&lines[..at].concat(), text, &lines[at..].concat()].concat()
    }

    fn replaced(&self, lines: &[&str], at: usize, text: &str) -> String {
        [&lines[..at].concat(), text, &lines[at + 1..].concat()].concat()
    }
}

/// Returns where the bracket that opens `text` is closed, outside of quotation marks.
fn closing(text: &str) -> Option<usize> {
    let mut quoted: Option<char> = None;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match quoted {
            _ if is_escaped => is_escaped = false,
            Some('"') if c == '\\' => is_escaped = true,
            Some(quote) if c == quote => quoted = None,
            Some(_) => {}
            None if c == ']' => return Some(at),
            None if matches!(c, '"' | '\'') => quoted = Some(c),
            None => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(source: &str) -> Option<String> {
        with_question(source, "Who \"pays\"?")
    }

    #[test]
    fn a_list_goes_on_as_it_was_written() {
        for (before, after) in [
            (
                "---\ntitle: A\n---\nText\n",
                "---\ntitle: A\nquestions:\n  - \"Who \\\"pays\\\"?\"\n---\nText\n",
            ),
            (
                "---\nquestions:\n- One # first\n- 'Two'\n\ntags: [a]\n---\n",
                "---\nquestions:\n- One # first\n- 'Two'\n- \"Who \\\"pays\\\"?\"\n\ntags: [a]\n---\n",
            ),
            (
                "---\r\n相似问:\r\n    - 一\r\n---\r\n",
                "---\r\n相似问:\r\n    - 一\r\n    - \"Who \\\"pays\\\"?\"\r\n---\r\n",
            ),
            (
                "---\nquestions: [One, \"T]o\"]\n---\n",
                "---\nquestions: [One, \"T]o\", \"Who \\\"pays\\\"?\"]\n---\n",
            ),
            ("---\nquestions: One\n---\n", "---\nquestions:\n  - One\n  - \"Who \\\"pays\\\"?\"\n---\n"),
            ("---\nquestions: []\n---\n", "---\nquestions: [\"Who \\\"pays\\\"?\"]\n---\n"),
            ("# Title\n", "---\nquestions:\n  - \"Who \\\"pays\\\"?\"\n---\n\n# Title\n"),
            (
                "+++\ntitle = \"A\"\n[extra]\na = 1\n+++\n",
                "+++\nquestions = [\"Who \\\"pays\\\"?\"]\ntitle = \"A\"\n[extra]\na = 1\n+++\n",
            ),
            (
                "+++\nquestions = [\n  \"One\",\n]\n+++\n",
                "+++\nquestions = [\n  \"One\",\n  \"Who \\\"pays\\\"?\",\n]\n+++\n",
            ),
        ] {
            assert_eq!(added(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn what_cannot_be_done_safely_is_not_done() {
        for source in
            ["{\"questions\": [\"One\"]}\n", "---\ntitle: [\n---\n", "---\nquestions: |\n  One\n---\n"]
        {
            assert_eq!(added(source), None, "{source}");
        }
    }
}
