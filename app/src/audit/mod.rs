//! What the pages of the audit log share: the filter in their URL, entries in words, and how a list of them looks.

mod details;
mod entries;
mod entry_row;
pub mod filter;
pub mod rows;
mod search;

pub use entries::Entries;
pub use entry_row::{EntryRow, in_words};
pub use search::{Search, kinds};
