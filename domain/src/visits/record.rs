//! What is seen and tried in a visit, on both sides.

use contract::ids::TenantId;
use serde_json::json;

use crate::{
    Deps, Result,
    actor::{OrgActor, RequestInfo, Visit},
    audit::{Action, Entry},
    database::{Mode, Reach},
};

/// One request of a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Request<'a> {
    /// The path of a page, or the name of what a page asked for.
    Seen(&'a str),
    /// The name of an act.
    Done(&'a str),
    Refused(&'a str),
}

/// In the organization's chain and in the operator's own, in a transaction of its own: that of the act may have been one that
/// only reads, or was rolled back. Nothing to do for who acts for themselves.
pub async fn record(org: &OrgActor, deps: &Deps, request: Request<'_>) -> Result<()> {
    match org.visit() {
        Some(visit) => write(visit, org.tenant().id, org.user().request(), deps, request).await,
        None => Ok(()),
    }
}

async fn write(visit: &Visit, tenant: TenantId, info: &RequestInfo, deps: &Deps, request: Request<'_>) -> Result<()> {
    let (action, details) = match request {
        Request::Seen(page) => (Action::VisitPageSeen, json!({ "page": page })),
        Request::Done(act) => (Action::VisitActed, json!({ "act": act })),
        Request::Refused(act) => (Action::VisitRefused, json!({ "act": act })),
    };
    let entry = || -> Entry<'_> { visit.audit(action, info).subject(visit.id().0).after(details.clone()) };
    // As the operator, whose own chain it is, and in the organization.
    let mut transaction = deps
        .database
        .begin_for_tenant(visit.operator(), tenant, Reach::Given, Mode::Writing)
        .await?;
    entry().inside(tenant).write(&mut transaction, deps).await?;
    entry().write(&mut transaction, deps).await?;
    transaction.commit().await?;
    Ok(())
}
