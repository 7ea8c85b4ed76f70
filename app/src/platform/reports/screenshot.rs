//! The picture of a report. Not a server function: its answer is no value.

use contract::{Error, error::Result};
use domain::{actor::StaffActor, reports::look::look};

use super::input::report_id;
use crate::session::SessionHandle;

pub struct File {
    pub name: String,
    pub media_type: &'static str,
    pub content: Vec<u8>,
}

impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("File").field("name", &self.name).finish_non_exhaustive()
    }
}

/// To who is no staff, there is nothing here, signed in or not.
pub async fn screenshot(session: &SessionHandle, report: &str) -> Result<File> {
    let user = session.maybe_user().await?.ok_or(Error::NotFound)?;
    let actor = StaffActor::enter(&user)?;
    let id = report_id(report)?;
    let picture = look(&actor, session.deps(), id).await?;
    let kind = picture.kind();
    Ok(File {
        name: format!("report-{id}.{}", kind.key()),
        media_type: kind.media_type(),
        content: picture.into_content(),
    })
}
