//! Putting an end to a support session: by who is in, by the organization, and by staff who watch over the others. Whoever is in
//! is out at the next request.

use contract::{iam::Permission, ids::SupportSessionId, staff::StaffRight, support::SupportState};

use super::{
    end::{self, Ending},
    machine::Event,
};
use crate::{
    Deps, Result,
    actor::{OrgActor, StaffActor, UserActor},
};

/// Leaving, or taking a request back: whatever state it is in. One that is over stays as it is.
pub async fn by_support(staff: &StaffActor, deps: &Deps, session: SupportSessionId) -> Result<()> {
    staff.require(StaffRight::Support)?;
    let mut transaction = staff.begin(deps).await?;
    sqlx::query!(
        "select id from support_sessions where id = $1 and operator_id = $2",
        session.0,
        staff.id().0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let ending = Ending::by_staff(session, Event::EndBySupport, staff);
    if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
        closed.record(&mut transaction, deps, staff.user().request()).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// Whoever signs out leaves where they were in this session. Nothing to do for everybody else.
pub(crate) async fn with_session(user: &UserActor, deps: &Deps) -> Result<()> {
    let Ok(staff) = StaffActor::enter(user) else {
        return Ok(());
    };
    if !staff.may(StaffRight::Support) {
        return Ok(());
    }
    let mut transaction = staff.begin_reading(deps).await?;
    let inside = sqlx::query_scalar!(
        "select id from support_sessions where operator_id = $1 and operator_session_id = $2 and state = $3",
        staff.id().0,
        user.session().0,
        SupportState::Active.key(),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    drop(transaction);
    match inside {
        Some(session) => by_support(&staff, deps, session.into()).await,
        None => Ok(()),
    }
}

/// By a member who may let support in, also where the organization is not paid for or was suspended, and while maintenance lets
/// nobody change anything. The operator's own chain is written later.
pub async fn by_customer(org: &OrgActor, deps: &Deps, session: SupportSessionId) -> Result<()> {
    org.require(Permission::TenantUpdate)?;
    org.require_own_hands()?;
    let mut transaction = org.begin_ending(deps).await?;
    end::find(&mut transaction, org, session).await?;
    let ending = Ending::inside(session, Event::EndByCustomer, org);
    if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
        end::enqueue_record(&mut transaction, session).await?;
        closed
            .record_inside(&mut transaction, deps, org.user().request())
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}

pub async fn by_staff(staff: &StaffActor, deps: &Deps, session: SupportSessionId) -> Result<()> {
    staff.require(StaffRight::SecurityManage)?;
    let mut transaction = staff.begin(deps).await?;
    sqlx::query!("select id from support_sessions where id = $1", session.0)
        .fetch_optional(&mut *transaction)
        .await?
        .ok_or(contract::Error::NotFound)?;
    let ending = Ending::by_staff(session, Event::Revoke, staff);
    if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
        closed.record(&mut transaction, deps, staff.user().request()).await?;
    }
    transaction.commit().await?;
    Ok(())
}
