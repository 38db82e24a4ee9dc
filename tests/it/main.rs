//! One program of integration tests, a module per feature.

mod agents;
mod analysis;
mod answers;
mod browser;
mod cases;
mod completion;
mod console;
mod content;
mod events;
mod hostile;
mod index;
mod judged;
mod meaning;
mod pages;
mod personal;
mod program;
mod properties;
mod rescue;
mod search;
mod support;
mod synonyms;
mod tickets;
mod why;
