//! What the pages of the audit log share: the filter in their URL, entries in words, and how a list of them looks.

mod details;
mod entries;
pub mod filter;
pub mod rows;
mod search;

pub use details::Details;
pub use entries::{Entries, in_words};
pub use search::{Search, kinds};
