//! Leaving: whatever state the visit is in, and whether or not the browser still knows of it.

use contract::{
    ids::{SessionId, TenantId, VisitId},
    staff::StaffRight,
    visits::VisitEnd,
};

use super::end::{self, Ending, is_past};
use crate::{
    Deps, Result,
    actor::{StaffActor, UserActor},
};

/// The visit that was left, or the last one when it was over before. `None` for who has never visited anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub visit: VisitId,
    pub tenant: TenantId,
}

/// Ends the operator's open visit, in whichever session it was begun.
pub async fn stop(staff: &StaffActor, deps: &Deps) -> Result<Option<Left>> {
    staff.require(StaffRight::Impersonate)?;
    leave(staff, deps, None).await
}

/// Whoever signs out leaves the visit that was begun in this session. Nothing to do for everybody else.
pub(crate) async fn with_session(user: &UserActor, deps: &Deps) -> Result<()> {
    if let Ok(staff) = StaffActor::enter(user)
        && staff.may(StaffRight::Impersonate)
    {
        leave(&staff, deps, Some(user.session())).await?;
    }
    Ok(())
}

async fn leave(staff: &StaffActor, deps: &Deps, session: Option<SessionId>) -> Result<Option<Left>> {
    let mut transaction = staff.begin(deps).await?;
    let last = sqlx::query!(
        "select id, tenant_id, expires_at, ended_at from platform_impersonation_sessions
        where operator_id = $1 and ($2::uuid is null or operator_session_id = $2)
        order by created_at desc, id desc limit 1 for update",
        staff.id().0,
        session.map(|session| session.0),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(last) = last else {
        transaction.rollback().await?;
        return Ok(None);
    };
    let left = Left {
        visit: last.id.into(),
        tenant: last.tenant_id.into(),
    };
    if last.ended_at.is_some() {
        transaction.rollback().await?;
        return Ok(Some(left));
    }
    let past = is_past(last.expires_at, deps.now());
    let ending = Ending {
        visit: left.visit,
        end: if past { VisitEnd::Expired } else { VisitEnd::Stopped },
        by: (!past).then(|| staff.id()),
        recorded: true,
    };
    if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
        closed.record(&mut transaction, deps, staff.user().request()).await?;
    }
    transaction.commit().await?;
    Ok(Some(left))
}
