//! Markdown files → articles and passages.
