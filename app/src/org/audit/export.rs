//! The log as a file. Not a server function: its answer is no value, and may be longer than memory.

use contract::error::Result;
use domain::audit::export::{self, Csv};

use crate::{audit::filter, format::Formatter, session::SessionHandle};

pub struct Export {
    pub file_name: String,
    pub text: Csv,
}

impl std::fmt::Debug for Export {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Export")
            .field("file_name", &self.file_name)
            .finish_non_exhaustive()
    }
}

/// What the page shows at this query, over all its pages.
pub async fn export(session: &SessionHandle, org: &str, query: &str) -> Result<Export> {
    let actor = session.org(org).await?;
    let deps = session.deps();
    let formatter = Formatter::from(actor.user().person());
    let wanted = filter::filter(&filter::from_url(query), formatter)?;
    let text = export::export(&actor, deps, wanted).await?;
    let day = formatter.today(deps.now()).format("%Y-%m-%d");
    Ok(Export {
        file_name: format!("{}-audit-{day}.csv", actor.tenant().slug),
        text,
    })
}
