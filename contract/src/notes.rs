//! Notes that the house keeps about an organization or a report of a problem.

use serde::{Deserialize, Serialize};

use crate::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRow {
    pub body: String,
    /// The name of who wrote it.
    pub by: String,
    pub at: Moment,
}
