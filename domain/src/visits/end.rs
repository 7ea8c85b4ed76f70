//! What every end of a visit has in common: the row is closed once, whom it concerns is mailed, and it is recorded.

use chrono::{DateTime, Utc};
use contract::{
    iam::DefaultRole,
    ids::{TenantId, UserId, VisitId},
    visits::VisitEnd,
};
use serde_json::{Value, json};

use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{self, Action, Entry, Origin},
    database::Transaction,
    mail::{self, Mail, VisitMail, VisitNews},
};

pub(super) struct Ending {
    pub visit: VisitId,
    pub end: VisitEnd,
    /// Null when time or a rule ends it.
    pub by: Option<UserId>,
    /// Whether the operator's own chain is written in the same transaction.
    pub recorded: bool,
}

/// A visit that was closed a moment ago.
pub(super) struct Closed {
    pub visit: VisitId,
    pub tenant: TenantId,
    pub operator: UserId,
    pub subject: UserId,
    pub organization: String,
    pub end: VisitEnd,
    pub by: Option<UserId>,
}

/// `None` when somebody else was first. As the platform, or inside of the organization.
pub(super) async fn end(transaction: &mut Transaction, deps: &Deps, ending: Ending) -> Result<Option<Closed>> {
    let row = sqlx::query!(
        "update platform_impersonation_sessions
        set ended_at = least($2::timestamptz, expires_at), end_cause = $3, ended_by = $4
        where id = $1 and ended_at is null
        returning tenant_id, operator_id, subject_id, organization",
        ending.visit.0,
        deps.now(),
        ending.end.key(),
        ending.by.map(|by| by.0),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(row) = row else { return Ok(None) };
    if ending.recorded {
        recorded(transaction, ending.visit).await?;
    }
    let (tenant, subject) = (row.tenant_id.into(), row.subject_id.into());
    tell(transaction, tenant, subject, ending.visit, VisitNews::Ended).await?;
    Ok(Some(Closed {
        visit: ending.visit,
        tenant,
        operator: row.operator_id.into(),
        subject,
        organization: row.organization,
        end: ending.end,
        by: ending.by,
    }))
}

/// The operator's own chain has it as well.
pub(super) async fn recorded(transaction: &mut Transaction, visit: VisitId) -> Result<()> {
    sqlx::query!(
        "update platform_impersonation_sessions set end_recorded = true where id = $1",
        visit.0,
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// A mail to every owner of the organization, and to the member with whose eyes it is seen.
pub(super) async fn tell(
    transaction: &mut Transaction,
    tenant: TenantId,
    subject: UserId,
    visit: VisitId,
    news: VisitNews,
) -> Result<()> {
    let owners = sqlx::query_scalar!(
        "select m.user_id from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.tenant_id = $1 and m.status = 'active' and r.key = $2 order by m.user_id",
        tenant.0,
        DefaultRole::Owner.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let mut readers: Vec<UserId> = owners.into_iter().map(Into::into).collect();
    if !readers.contains(&subject) {
        readers.push(subject);
    }
    for user in readers {
        let mail = Mail::Visit(VisitMail {
            user,
            tenant,
            visit,
            news,
        });
        mail::enqueue(transaction, &mail).await?;
    }
    Ok(())
}

impl Closed {
    fn details(&self) -> Value {
        json!({ "organization": self.organization, "member_id": self.subject, "cause": self.end.key() })
    }

    /// By the operator when they left, by who ended it otherwise, and by nobody when it ended by itself.
    fn entry<'a>(&self, request: &'a RequestInfo) -> Entry<'a> {
        let (origin, actor) = match (self.end, self.by) {
            (VisitEnd::RevokedByTenant | VisitEnd::RevokedBySubject, Some(by)) => (Origin::Session, Some(by)),
            (VisitEnd::Stopped, Some(by)) => (Origin::Impersonation, Some(by)),
            (_, Some(by)) => (Origin::Staff, Some(by)),
            (_, None) => (Origin::System, None),
        };
        let mut entry = Entry::new(Action::VisitEnded, origin, request)
            .subject(self.visit.0)
            .after(self.details());
        entry.actor = actor;
        if self.end == VisitEnd::Stopped {
            entry = entry.on_behalf_of(self.subject);
        }
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

    /// In the operator's own chain, whoever ended it.
    pub(super) async fn record_own(
        &self,
        transaction: &mut Transaction,
        deps: &Deps,
        request: &RequestInfo,
    ) -> Result<()> {
        self.own_entry(request).write(transaction, deps).await
    }

    fn own_entry<'a>(&self, request: &'a RequestInfo) -> Entry<'a> {
        if self.by == Some(self.operator) {
            self.entry(request)
        } else {
            Entry::new(Action::VisitEnded, Origin::System, request)
                .actor(self.operator)
                .subject(self.visit.0)
                .after(self.details())
        }
    }

    /// Of both chains, for who has more to record than this.
    pub(super) fn entries<'a>(&self, request: &'a RequestInfo) -> Vec<Entry<'a>> {
        vec![self.entry(request).inside(self.tenant), self.own_entry(request)]
    }

    /// In both.
    pub(super) async fn record(&self, transaction: &mut Transaction, deps: &Deps, request: &RequestInfo) -> Result<()> {
        audit::write_all(transaction, deps, self.entries(request)).await
    }
}

/// Whether a visit is past its time.
pub(super) fn is_past(expires_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    expires_at <= now
}
