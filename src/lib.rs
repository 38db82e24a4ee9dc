//! Zhida (直答): a self-service search engine for FAQs and knowledge bases.
//!
//! In reading order:
//! - [`locale`]: language tags, and how near two of them are;
//! - [`vocabulary`]: a company's own words: dictionary and synonyms;
//! - [`content`]: Markdown files → articles and passages;
//! - [`analysis`]: text → terms, identical when indexing and when searching;
//! - [`semantic`]: text → vectors, and how near they are;
//! - [`index`]: the search indexes on disk, one for customers and one for agents;
//! - [`search`]: query → ranked articles;
//! - [`answer`]: what was found → an answer with a receipt, or none;
//! - [`personal`]: what names a person or a case, to be taken out;
//! - [`ticket`]: a customer's message → what it asks;
//! - [`suggest`]: a ticket → what solves it;
//! - [`eval`]: offline search quality;
//! - [`events`]: what visitors and agents did;
//! - [`insights`]: what that says of the help center;
//! - [`curate`]: changes of the content that insights lead to;
//! - [`live`]: keeps the indexes in step with the content folder;
//! - [`http`]: the server;
//! - [`config`]: every setting, from file, environment and flags;
//! - [`cli`]: the commands.

pub mod analysis;
pub mod answer;
pub mod cli;
pub mod config;
pub mod content;
pub mod curate;
mod database;
pub mod eval;
pub mod events;
pub mod http;
pub mod index;
pub mod insights;
pub mod live;
pub mod locale;
pub mod messages;
pub mod personal;
pub mod search;
pub mod semantic;
pub mod suggest;
pub mod ticket;
pub mod vocabulary;
