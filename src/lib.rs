//! Zhida (直答): a self-service search engine for FAQs and knowledge bases.
//!
//! In reading order: [`locale`] names languages, [`content`] reads Markdown
//! files into articles, [`analysis`] turns text into terms.

pub mod analysis;
pub mod content;
pub mod locale;
