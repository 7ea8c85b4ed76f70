//! What time, and the loss of somebody's place, do to support sessions; and what an organization's end of one leaves to be
//! recorded.

use chrono::{DateTime, Utc};
use contract::{
    ids::{SupportSessionId, UserId},
    staff::{StaffRight, StaffRole},
    support::SupportState,
};
use uuid::Uuid;

use super::{
    end::{self, Closed, Ending},
    machine::Event,
    model::due,
};
use crate::{
    Deps, Error, Result,
    actor::RequestInfo,
    database::{PlatformDatabase, Transaction},
};

/// Sessions in one run.
const BATCH: i64 = 500;

struct Unsettled {
    id: Uuid,
    tenant_id: Uuid,
    organization: String,
    state: String,
    by_policy: bool,
    operator_id: Option<Uuid>,
    host_id: Option<Uuid>,
    answer_by: Option<DateTime<Utc>>,
    expires_at: Option<DateTime<Utc>>,
    handoff_expires_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    ended_by: Option<Uuid>,
    /// Whoever asked is no longer of the staff who may, whoever let them in no longer there, or the organization is being deleted.
    lost: bool,
}

/// The roles in which somebody may be let in.
fn supporters() -> Vec<String> {
    StaffRole::with(StaffRight::Support)
        .map(|role| role.key().to_owned())
        .collect()
}

/// Harmless to repeat, and to run twice at once.
pub async fn settle(platform: &PlatformDatabase, deps: &Deps) -> Result<()> {
    let sessions = sqlx::query_scalar!(
        "select s.id from support_sessions s
        where (s.ended_at is not null and not s.end_recorded)
            or (s.ended_at is null and (
                s.expires_at <= $1 or (s.state = 'requested' and s.answer_by <= $1) or s.handoff_expires_at <= $1
                or (s.operator_id is not null and not exists (
                    select from platform_role_assignments a
                    where a.user_id = s.operator_id and a.revoked_at is null and a.role = any($3)
                ))
                or (s.host_id is not null and not exists (
                    select from tenant_members m join users u on u.id = m.user_id
                    where m.tenant_id = s.tenant_id and m.user_id = s.host_id and m.status = 'active'
                        and u.status = 'active' and u.deleted_at is null
                ))
                or not exists (select from tenants t where t.id = s.tenant_id and t.deleted_at is null and t.status <> 'deleting')
            ))
        order by s.created_at limit $2",
        deps.now(),
        BATCH,
        &supporters(),
    )
    .fetch_all(platform.pool())
    .await?;
    for session in sessions {
        settle_one(platform, deps, session.into()).await?;
    }
    Ok(())
}

async fn settle_one(platform: &PlatformDatabase, deps: &Deps, session: SupportSessionId) -> Result<()> {
    let mut transaction = platform.begin().await?;
    let row = sqlx::query_as!(
        Unsettled,
        r#"select s.id, s.tenant_id, s.organization, s.state, s.by_policy, s.operator_id, s.host_id, s.answer_by, s.expires_at,
            s.handoff_expires_at, s.ended_at, s.ended_by,
            ((s.operator_id is not null and not exists (
                select from platform_role_assignments a
                where a.user_id = s.operator_id and a.revoked_at is null and a.role = any($2)
            )) or (s.host_id is not null and not exists (
                select from tenant_members m join users u on u.id = m.user_id
                where m.tenant_id = s.tenant_id and m.user_id = s.host_id and m.status = 'active'
                    and u.status = 'active' and u.deleted_at is null
            )) or not exists (
                select from tenants t where t.id = s.tenant_id and t.deleted_at is null and t.status <> 'deleting'
            )) as "lost!"
        from support_sessions s
        where s.id = $1 and not (s.ended_at is not null and s.end_recorded) for update of s"#,
        session.0,
        &supporters(),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else {
        transaction.rollback().await?;
        return Ok(());
    };
    let request = RequestInfo::default();
    if row.ended_at.is_some() {
        end::recorded(&mut transaction, session).await?;
        row.closed()?.record_own(&mut transaction, deps, &request).await?;
    } else {
        let event = row.due(deps.now())?.or(row.lost.then_some(Event::Revoke));
        match event {
            None => {
                transaction.rollback().await?;
                return Ok(());
            }
            Some(Event::Miss(grant)) => miss(&mut transaction, session, Event::Miss(grant)).await?,
            Some(event) => {
                let ending = Ending::by_nobody(session, event);
                if let Some(closed) = end::end(&mut transaction, deps, ending).await? {
                    closed.record(&mut transaction, deps, &request).await?;
                }
            }
        }
    }
    transaction.commit().await?;
    Ok(())
}

/// Back to where it was granted. An offer that nobody came in by is everybody's again.
async fn miss(transaction: &mut Transaction, session: SupportSessionId, event: Event) -> Result<()> {
    sqlx::query!(
        "update support_sessions
        set state = $2, handoff_hash = null, handoff_expires_at = null,
            operator_id = case when offered and entered_at is null then null else operator_id end
        where id = $1 and state = any($3)",
        session.0,
        event.target().key(),
        &event.sources(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Closes what has run out of somebody's, so that it stands in nobody's way. What was closed is still to be recorded.
pub(super) async fn run_out(transaction: &mut Transaction, deps: &Deps, operator: UserId) -> Result<Vec<Closed>> {
    let now = deps.now();
    let open = sqlx::query!(
        "select id, state, by_policy, answer_by, expires_at from support_sessions
        where operator_id = $1 and ended_at is null and (expires_at <= $2 or (state = 'requested' and answer_by <= $2))
        order by created_at, id for update",
        operator.0,
        now,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut closed = Vec::new();
    for row in open {
        let state = known(&row.state)?;
        if let Some(event) = due(state, now, row.by_policy, [row.answer_by, row.expires_at, None]) {
            let ending = Ending::by_nobody(row.id.into(), event);
            closed.extend(end::end(transaction, deps, ending).await?);
        }
    }
    Ok(closed)
}

fn known(state: &str) -> Result<SupportState> {
    SupportState::from_key(state).ok_or_else(|| Error::fault("unknown state of support"))
}

impl Unsettled {
    fn due(&self, now: DateTime<Utc>) -> Result<Option<Event>> {
        let times = [self.answer_by, self.expires_at, self.handoff_expires_at];
        Ok(due(known(&self.state)?, now, self.by_policy, times))
    }

    /// One that the organization has ended.
    fn closed(self) -> Result<Closed> {
        let event = match known(&self.state)? {
            SupportState::Denied => Event::Deny,
            SupportState::EndedByCustomer => Event::EndByCustomer,
            other => return Err(Error::fault(format!("{} is recorded when it comes to be", other.key()))),
        };
        Ok(Closed {
            session: self.id.into(),
            tenant: self.tenant_id.into(),
            operator: self.operator_id.map(Into::into),
            host: self.host_id.map(Into::into),
            organization: self.organization,
            event,
            by: self.ended_by.map(Into::into),
        })
    }
}
