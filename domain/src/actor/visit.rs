//! A visit: somebody of the staff in an organization, as one of its members. Looked up at each request, so that what ends it
//! ends it at the next one.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    iam::Permission,
    ids::{TenantId, UserId, VisitId},
    preferences::{Locale, Theme},
    staff::StaffRight,
    visits::{VisitEnd, VisitMode},
};

use super::{
    StaffActor, UserActor,
    user::{Person, Verification},
    visitor::RequestInfo,
};
use crate::{
    Deps, Result,
    audit::{Action, Entry, Origin},
    database::end_of_reading,
    random,
};

/// How long a visit may last, and for how long of that it may change something.
pub const VISIT_ABSOLUTE: TimeDelta = TimeDelta::minutes(30);
pub const VISIT_ELEVATED: TimeDelta = TimeDelta::minutes(10);

/// A visit that is going on.
#[derive(Debug)]
pub struct Visit {
    id: VisitId,
    tenant: TenantId,
    organization: String,
    operator: UserId,
    subject: Arc<Person>,
    elevated_until: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    mode: VisitMode,
    /// A change that the visit covers was asked for. Only then a transaction may write.
    covered: AtomicBool,
}

/// What the browser's visit has come to.
#[derive(Debug, Clone)]
pub enum Standing {
    Live(Arc<Visit>),
    /// It is over. The operator is told, and leaves.
    Over {
        organization: String,
        /// `None` when it has run out a moment ago, or its member is gone.
        end: Option<VisitEnd>,
    },
}

impl Visit {
    /// The visit whose secret the operator's browser has sent, if it was begun by them and in this session. One look-up, which
    /// asks everything again: that the operator is of the staff who may visit, the visit is open, and the member's account in
    /// use and no member's of the staff. That they are in the organization is found out at its door.
    pub async fn standing(operator: &UserActor, deps: &Deps, token: &str) -> Result<Option<Standing>> {
        let may = StaffActor::enter(operator).is_ok_and(|staff| staff.may(StaffRight::Impersonate));
        if !may {
            return Ok(None);
        }
        let now = deps.now();
        let mut transaction = operator.begin_reading(deps).await?;
        let row = sqlx::query!(
            r#"select v.id, v.tenant_id, v.organization, v.expires_at, v.elevated_until, v.ended_at, v.end_cause,
                u.id as subject_id, u.email::text as "email!", u.name, u.locale, u.time_zone, u.theme, u.notify_new_sign_in,
                u.email_verified_at, u.created_at as subject_since,
                (u.status = 'active' and u.deleted_at is null and not exists (
                    select from platform_role_assignments a where a.user_id = u.id and a.revoked_at is null
                )) as "there!"
            from platform_impersonation_sessions v join users u on u.id = v.subject_id
            where v.token_hash = $1 and v.operator_id = $2 and v.operator_session_id = $3"#,
            &random::hash(token)[..],
            operator.id().0,
            operator.session().0,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        end_of_reading(transaction);
        let Some(row) = row else { return Ok(None) };
        if row.ended_at.is_some() || row.expires_at <= now || !row.there {
            return Ok(Some(Standing::Over {
                organization: row.organization,
                end: row.end_cause.as_deref().and_then(VisitEnd::from_key),
            }));
        }
        let mode = match row.elevated_until {
            Some(until) if now < until => VisitMode::Elevated,
            _ => VisitMode::ReadOnly,
        };
        Ok(Some(Standing::Live(Arc::new(Self {
            id: row.id.into(),
            tenant: row.tenant_id.into(),
            organization: row.organization,
            operator: operator.id(),
            subject: Arc::new(Person {
                id: row.subject_id.into(),
                email: row.email,
                name: row.name,
                locale: Locale::from_tag(&row.locale).unwrap_or_default(),
                time_zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
                theme: Theme::from_key(&row.theme).unwrap_or_default(),
                notify_new_sign_in: row.notify_new_sign_in,
                verification: Verification::of(row.email_verified_at, row.subject_since, now),
            }),
            elevated_until: row.elevated_until,
            expires_at: row.expires_at,
            mode,
            covered: AtomicBool::new(false),
        }))))
    }

    pub fn id(&self) -> VisitId {
        self.id
    }

    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// As it was called when the visit began.
    pub fn organization(&self) -> &str {
        &self.organization
    }

    pub fn operator(&self) -> UserId {
        self.operator
    }

    pub fn subject(&self) -> &Arc<Person> {
        &self.subject
    }

    pub fn mode(&self) -> VisitMode {
        self.mode
    }

    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at
    }

    /// When the present mode ends.
    pub fn mode_until(&self) -> DateTime<Utc> {
        match (self.mode, self.elevated_until) {
            (VisitMode::Elevated, Some(until)) => until,
            _ => self.expires_at,
        }
    }

    /// Refuses a change that is not for visits. What it lets pass opens the door of the transactions behind it.
    pub(super) fn require_covered(&self, change: Permission) -> Result<()> {
        if self.mode.covers(change) {
            self.covered.store(true, Ordering::Relaxed);
            Ok(())
        } else {
            Err(contract::Error::NotInVisit.into())
        }
    }

    pub(super) fn may_write(&self) -> bool {
        self.covered.load(Ordering::Relaxed)
    }

    /// An entry with both of them in it.
    pub(crate) fn audit<'a>(&self, action: Action, request: &'a RequestInfo) -> Entry<'a> {
        Entry::new(action, Origin::Impersonation, request)
            .actor(self.operator)
            .on_behalf_of(self.subject.id)
    }
}
