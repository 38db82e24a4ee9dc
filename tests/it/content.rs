//! Loading content.
