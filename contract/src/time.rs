//! Instants on their way to a page. They are formatted on the server, in the person's language and zone.

use serde::{Deserialize, Serialize};

/// An instant: exact for machines, readable for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// RFC 3339, UTC.
    pub iso: String,
    /// For people, such as "3 May 2026, 14:05".
    pub text: String,
}
