//! What is seen and tried in a visit or a support session, on both sides.

use contract::ids::{TenantId, UserId};
use serde_json::json;

use crate::{
    Deps, Result,
    actor::{Ground, OrgActor, RequestInfo, Visit},
    audit::{Action, Entry},
    database::{Mode, Reach},
    throttle::{self, Policy},
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

impl<'a> Request<'a> {
    /// The path of the page, or the name of the act.
    pub const fn name(self) -> &'a str {
        match self {
            Self::Seen(name) | Self::Done(name) | Self::Refused(name) => name,
        }
    }
}

/// In the organization's chain and in the operator's own, in a transaction of its own: that of the act may have been one that
/// only reads, or was rolled back. Nothing to do for who acts for themselves.
pub async fn record(org: &OrgActor, deps: &Deps, request: Request<'_>) -> Result<()> {
    match org.visit() {
        Some(visit) => write(visit, org.tenant().id, org.user().request(), deps, request).await,
        None => Ok(()),
    }
}

/// What somebody on a visit asked of an organization that it is no visit of: in the operator's own chain alone, since nothing of
/// it reaches that organization. Who goes on and on is recorded now and then.
pub async fn record_stray(visit: &Visit, info: &RequestInfo, deps: &Deps, organization: &str, act: &str) -> Result<()> {
    if !may_record_stray(deps, visit.operator()).await? {
        return Ok(());
    }
    let action = match visit.ground() {
        Ground::Impersonation(_) => Action::VisitRefused,
        Ground::Support(_) => Action::SupportRefused,
    };
    let mut transaction = deps.database.begin_for_user(visit.operator(), Mode::Writing).await?;
    visit
        .audit(action, info)
        .subject(visit.id())
        .after(json!({ "act": act, "organization": organization }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Whether one more stray of this operator is recorded: who goes on and on fills no chain with it.
pub(crate) async fn may_record_stray(deps: &Deps, operator: UserId) -> Result<bool> {
    match throttle::attempt(deps, Policy::StrayByOperator, &operator.to_string()).await {
        Ok(()) => Ok(true),
        Err(crate::Error::Refused(contract::Error::Throttled { .. })) => Ok(false),
        Err(error) => Err(error),
    }
}

async fn write(visit: &Visit, tenant: TenantId, info: &RequestInfo, deps: &Deps, request: Request<'_>) -> Result<()> {
    let details = match request {
        Request::Seen(page) => json!({ "page": page }),
        Request::Done(act) | Request::Refused(act) => json!({ "act": act }),
    };
    let action = match (visit.ground(), request) {
        (Ground::Impersonation(_), Request::Seen(_)) => Action::VisitPageSeen,
        (Ground::Impersonation(_), Request::Done(_)) => Action::VisitActed,
        (Ground::Impersonation(_), Request::Refused(_)) => Action::VisitRefused,
        (Ground::Support(_), Request::Seen(_)) => Action::SupportPageSeen,
        (Ground::Support(_), Request::Done(_)) => Action::SupportActed,
        (Ground::Support(_), Request::Refused(_)) => Action::SupportRefused,
    };
    let entry = || -> Entry<'_> { visit.audit(action, info).subject(visit.id()).after(details.clone()) };
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
