//! What the form sends, read strictly. Not a server function: a picture is no argument of one.

use contract::{
    FieldCode,
    error::{Check, Result},
    ids::ReportId,
    reports::ReportedPage,
    text::ReportNote,
};
use domain::{
    actor::VisitStanding,
    reports::{
        screenshot::Screenshot,
        send::{NewReport, Reporter, send as keep},
    },
};

use super::{PAGE, link};
use crate::session::SessionHandle;

/// As it came. What was chosen as a picture was looked into.
#[derive(Debug, Default)]
pub struct Submitted {
    pub page: String,
    pub request: String,
    pub failed: bool,
    pub facts: String,
    pub client_error: String,
    pub note: String,
    pub screenshot: Option<Result<Screenshot, FieldCode>>,
}

impl Submitted {
    /// Where the form was, to fill it in once more.
    pub fn back(&self) -> String {
        let page = ReportedPage::parse(&self.page).unwrap_or_default();
        let request = contract::reports::request_id(&self.request);
        link::to(page.as_str(), request, self.failed)
    }

    /// Where one goes on when it was kept.
    pub fn onwards(page: &str, kept: ReportId) -> String {
        let page = ReportedPage::parse(page).unwrap_or_default();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("sent", &kept.to_string());
        if !page.as_str().is_empty() {
            query.append_pair("page", page.as_str());
        }
        format!("{PAGE}?{}", query.finish())
    }

    /// What was typed and noted, to fill it in with. A picture is chosen again: no browser lets it be filled in.
    pub fn values(&self) -> Vec<(String, String)> {
        [("note", &self.note), ("client_error", &self.client_error)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect()
    }
}

/// Whoever sends it. Somebody of the staff who is on a visit reports as themselves.
pub async fn send(session: &SessionHandle, submitted: Submitted) -> Result<ReportId> {
    let mut check = Check::default();
    let note = check.field("note", ReportNote::parse(&submitted.note));
    let screenshot = check.field("screenshot", submitted.screenshot.transpose());
    let (note, screenshot) = check.done(note.zip(screenshot))?;
    let new = NewReport {
        page: ReportedPage::parse(&submitted.page).unwrap_or_default(),
        failed: submitted.failed,
        request_id: Some(submitted.request),
        facts: submitted.facts,
        client_error: submitted.client_error,
        note,
        screenshot,
        release: domain::release(),
    };
    let deps = session.deps();
    let id = if let Some(user) = session.maybe_user().await? {
        let visit = match session.visit().await? {
            Some(VisitStanding::Live(visit)) => Some(visit),
            Some(VisitStanding::Over { .. }) | None => None,
        };
        let reporter = Reporter::Person {
            user: &user,
            visit: visit.as_deref(),
        };
        keep(reporter, deps, new).await?
    } else {
        keep(Reporter::Visitor(&session.visitor()), deps, new).await?
    };
    Ok(id)
}
