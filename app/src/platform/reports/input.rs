//! Ids as they come in. What is none names nothing.

use contract::{Error, error::Result, ids::ReportId};

pub fn report_id(text: &str) -> Result<ReportId> {
    text.parse().map_err(|_| Error::NotFound)
}
