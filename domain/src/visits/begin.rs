//! Beginning a visit: the row, the secret for the cookie, the record on both sides, and a mail to whom it concerns.

use contract::{
    ids::{TenantId, UserId, VisitId},
    staff::StaffRight,
    text::{VisitReason, VisitTicket},
    visits::{VisitEnd, VisitMode, VisitObstacle},
};
use serde_json::json;

use super::{
    choice::look,
    end::{self, Ending, tell},
};
use crate::{
    Deps, OnConstraint, Result,
    actor::{StaffActor, VISIT_ABSOLUTE},
    audit::{self, Action, Entry, Origin},
    jobs::{self, end_visits::EndVisits},
    mail::VisitNews,
    random::Secret,
    staff::hold::hold_own,
};

#[derive(Debug, Clone)]
pub struct NewVisit {
    pub tenant: TenantId,
    pub subject: UserId,
    pub reason: VisitReason,
    pub ticket: VisitTicket,
}

#[derive(Debug)]
pub enum Begun {
    Visiting {
        visit: VisitId,
        /// For the cookie. Stored only as a hash.
        token: Secret,
        slug: String,
    },
    Refused(VisitObstacle),
}

/// With a second factor that was proven a moment ago. A visit of the operator that has run out is closed by it. Who is let in by
/// a support session at the same moment is waited for.
pub async fn begin(staff: &StaffActor, deps: &Deps, new: NewVisit) -> Result<Begun> {
    staff.require(StaffRight::Impersonate)?;
    staff.require_fresh_factor(deps)?;
    let (visit, token, now): (VisitId, _, _) = (deps.id(), deps.secret(), deps.now());
    let mut transaction = staff.begin(deps).await?;
    hold_own(&mut transaction, staff, StaffRight::Impersonate).await?;
    let choice = look(&mut transaction, staff.id(), new.tenant, new.subject, now).await?;
    if let Some(obstacle) = choice.obstacle {
        transaction.rollback().await?;
        return Ok(Begun::Refused(obstacle));
    }
    let run_out = sqlx::query_scalar!(
        "select id from platform_impersonation_sessions where operator_id = $1 and ended_at is null and expires_at <= $2 for update",
        staff.id().0,
        now,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let closed = match run_out {
        Some(id) => {
            let ending = Ending {
                visit: id.into(),
                end: VisitEnd::Expired,
                by: None,
                recorded: true,
            };
            end::end(&mut transaction, deps, ending).await?
        }
        None => None,
    };
    let inserted = sqlx::query!(
        "insert into platform_impersonation_sessions
            (id, tenant_id, organization, operator_id, operator_session_id, subject_id, mode, reason, ticket, token_hash,
                created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11, $12)",
        visit.0,
        new.tenant.0,
        choice.organization,
        staff.id().0,
        staff.user().session().0,
        new.subject.0,
        VisitMode::ReadOnly.key(),
        new.reason.as_str(),
        new.ticket.as_str(),
        &token.hash()[..],
        now,
        now + VISIT_ABSOLUTE,
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("platform_impersonation_sessions_open_key", || contract::Error::Conflict);
    match inserted {
        Err(crate::Error::Refused(contract::Error::Conflict)) => {
            transaction.rollback().await?;
            return Ok(Begun::Refused(VisitObstacle::AlreadyVisiting));
        }
        other => other?,
    };
    tell(&mut transaction, new.tenant, new.subject, visit, VisitNews::Begun).await?;
    jobs::enqueue_after(
        &mut transaction,
        &EndVisits {},
        Some(&format!("end_visit:{visit}")),
        VISIT_ABSOLUTE,
    )
    .await?;
    let details = json!({
        "organization": choice.organization,
        "member": choice.name,
        "member_id": new.subject,
        "mode": VisitMode::ReadOnly.key(),
        "reason": new.reason.as_str(),
        "ticket": new.ticket.as_str(),
    });
    let request = staff.user().request();
    let entry = || {
        Entry::new(Action::VisitBegun, Origin::Impersonation, request)
            .actor(staff.id())
            .on_behalf_of(new.subject)
            .subject(visit.0)
            .after(details.clone())
    };
    let mut entries = closed.map(|closed| closed.entries(request)).unwrap_or_default();
    entries.extend([entry().inside(new.tenant), entry()]);
    audit::write_all(&mut transaction, deps, entries).await?;
    transaction.commit().await?;
    Ok(Begun::Visiting {
        visit,
        token,
        slug: choice.slug,
    })
}

#[cfg(test)]
mod tests;
