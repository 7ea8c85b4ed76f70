//! What every end of a support session has in common: the row is closed once, who may let support in is mailed when somebody
//! was in, and it is recorded.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{SupportSessionId, TenantId, UserId},
    support::SupportHours,
};
use serde_json::{Value, json};

use super::{machine::Event, tell::tell};
use crate::{
    Deps, Result,
    actor::{OrgActor, RequestInfo, StaffActor},
    audit::{self, Action, Entry, Origin},
    database::Transaction,
    jobs::{self, end_support_sessions::EndSupportSessions},
    mail::SupportNews,
};

/// How long support is let in.
pub(super) fn length(hours: SupportHours) -> TimeDelta {
    TimeDelta::hours(i64::from(hours.get()))
}

pub(super) struct Ending {
    pub session: SupportSessionId,
    pub event: Event,
    /// Null when time or a rule ends it.
    pub by: Option<UserId>,
    /// Whether the operator's own chain is written in the same transaction.
    pub recorded: bool,
}

impl Ending {
    /// By a member: nothing of an organization reaches the operator's own chain.
    pub(super) fn inside(session: SupportSessionId, event: Event, org: &OrgActor) -> Self {
        Self {
            session,
            event,
            by: Some(org.user().id()),
            recorded: false,
        }
    }

    pub(super) fn by_staff(session: SupportSessionId, event: Event, staff: &StaffActor) -> Self {
        Self {
            session,
            event,
            by: Some(staff.id()),
            recorded: true,
        }
    }

    /// By time, or by a rule.
    pub(super) const fn by_nobody(session: SupportSessionId, event: Event) -> Self {
        Self {
            session,
            event,
            by: None,
            recorded: true,
        }
    }
}

/// A session that was closed a moment ago.
pub(super) struct Closed {
    pub session: SupportSessionId,
    pub tenant: TenantId,
    pub operator: Option<UserId>,
    pub host: Option<UserId>,
    pub organization: String,
    pub event: Event,
    pub by: Option<UserId>,
}

/// One of this organization, or it is not found.
pub(super) async fn find(transaction: &mut Transaction, org: &OrgActor, session: SupportSessionId) -> Result<()> {
    sqlx::query!(
        "select id from support_sessions where id = $1 and tenant_id = $2",
        session.0,
        org.tenant().id.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(())
}

/// `None` when it cannot end like this: somebody else was first. As the platform, or inside of the organization.
pub(super) async fn end(transaction: &mut Transaction, deps: &Deps, ending: Ending) -> Result<Option<Closed>> {
    let now: DateTime<Utc> = deps.now();
    let row = sqlx::query!(
        "update support_sessions
        set state = $2, ended_at = greatest(created_at, least($3::timestamptz, expires_at)), ended_by = $4,
            handoff_hash = null, handoff_expires_at = null
        where id = $1 and state = any($5)
        returning tenant_id, operator_id, host_id, organization, entered_at",
        ending.session.0,
        ending.event.target().key(),
        now,
        ending.by.map(|by| by.0),
        &ending.event.sources(),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if ending.recorded {
        recorded(transaction, ending.session).await?;
    }
    let tenant = row.tenant_id.into();
    if row.entered_at.is_some() {
        tell(transaction, tenant, ending.session, SupportNews::Left).await?;
    }
    Ok(Some(Closed {
        session: ending.session,
        tenant,
        operator: row.operator_id.map(Into::into),
        host: row.host_id.map(Into::into),
        organization: row.organization,
        event: ending.event,
        by: ending.by,
    }))
}

/// The operator's own chain has it as well.
pub(super) async fn recorded(transaction: &mut Transaction, session: SupportSessionId) -> Result<()> {
    sqlx::query!(
        "update support_sessions set end_recorded = true where id = $1",
        session.0
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Soon, what a member has ended is written to the operator's own chain.
pub(super) async fn enqueue_record(transaction: &mut Transaction, session: SupportSessionId) -> Result<()> {
    let key = format!("support_session_ended:{session}");
    jobs::enqueue(transaction, &EndSupportSessions {}, Some(&key)).await
}

impl Closed {
    fn details(&self) -> Value {
        json!({ "organization": self.organization, "host_id": self.host, "cause": self.event.target().key() })
    }

    const fn action(&self) -> Action {
        match self.event {
            Event::Deny => Action::SupportDenied,
            Event::Lapse => Action::SupportLapsed,
            _ => Action::SupportEnded,
        }
    }

    /// By who ended it, and by nobody when it ended by itself.
    fn entry<'a>(&self, request: &'a RequestInfo) -> Entry<'a> {
        let origin = match (self.event, self.by) {
            (_, None) => Origin::System,
            (Event::Deny | Event::EndByCustomer, Some(_)) => Origin::Session,
            (_, Some(_)) => Origin::Staff,
        };
        let mut entry = Entry::new(self.action(), origin, request)
            .subject(self.session.0)
            .after(self.details());
        entry.actor = self.by;
        entry
    }

    /// In the organization's chain.
    pub(super) async fn record_inside(
        &self,
        transaction: &mut Transaction,
        deps: &Deps,
        request: &RequestInfo,
    ) -> Result<()> {
        self.entry(request).inside(self.tenant).write(transaction, deps).await
    }

    /// In the operator's own chain, whoever ended it. There is none of an offer that nobody has taken up.
    pub(super) async fn record_own(
        &self,
        transaction: &mut Transaction,
        deps: &Deps,
        request: &RequestInfo,
    ) -> Result<()> {
        match self.own_entry(request) {
            Some(entry) => entry.write(transaction, deps).await,
            None => Ok(()),
        }
    }

    fn own_entry<'a>(&self, request: &'a RequestInfo) -> Option<Entry<'a>> {
        let operator = self.operator?;
        Some(if self.by == Some(operator) {
            self.entry(request)
        } else {
            Entry::new(self.action(), Origin::System, request)
                .actor(operator)
                .subject(self.session.0)
                .after(self.details())
        })
    }

    /// Of both chains, for who has more to record than this.
    pub(super) fn entries<'a>(&self, request: &'a RequestInfo) -> Vec<Entry<'a>> {
        let mut entries = vec![self.entry(request).inside(self.tenant)];
        entries.extend(self.own_entry(request));
        entries
    }

    /// In both.
    pub(super) async fn record(&self, transaction: &mut Transaction, deps: &Deps, request: &RequestInfo) -> Result<()> {
        audit::write_all(transaction, deps, self.entries(request)).await
    }
}
