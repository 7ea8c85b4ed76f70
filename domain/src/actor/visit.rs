//! A visit: somebody of the staff in an organization, as one of its members sees it. They came unasked and for half an hour, or
//! were let in, to a part of it. Looked up at each request, so that what ends it ends it at the next one.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    iam::{Permission, PermissionSet},
    ids::{SupportSessionId, TenantId, UserId, VisitId},
    preferences::{Locale, Theme},
    staff::StaffRight,
    support::SupportScope,
    visits::VisitMode,
};
use uuid::Uuid;

use super::{
    StaffActor, UserActor,
    user::{Person, Verification},
    visitor::RequestInfo,
};
use crate::{
    Deps, Result,
    audit::{Action, Entry, Origin},
    database::end_of_reading,
    random, support_sessions,
};

/// How long a visit may last, and for how long of that it may change something.
pub const VISIT_ABSOLUTE: TimeDelta = TimeDelta::minutes(30);
pub const VISIT_ELEVATED: TimeDelta = TimeDelta::minutes(10);

/// By what somebody of the staff is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Impersonation(VisitId),
    /// A support session, which the organization has let them into.
    Support(SupportSessionId),
}

impl Ground {
    /// What they need for it among their own rights.
    const fn right(self) -> StaffRight {
        match self {
            Self::Impersonation(_) => StaffRight::Impersonate,
            Self::Support(_) => StaffRight::Support,
        }
    }

    const fn origin(self) -> Origin {
        match self {
            Self::Impersonation(_) => Origin::Impersonation,
            Self::Support(_) => Origin::Support,
        }
    }

    const fn id(self) -> Uuid {
        match self {
            Self::Impersonation(VisitId(id)) | Self::Support(SupportSessionId(id)) => id,
        }
    }
}

/// A visit that is going on.
#[derive(Debug)]
pub struct Visit {
    ground: Ground,
    tenant: TenantId,
    organization: String,
    operator: UserId,
    subject: Arc<Person>,
    began: DateTime<Utc>,
    elevated_until: Option<DateTime<Utc>>,
    expires_at: DateTime<Utc>,
    mode: VisitMode,
    /// What they were let into; `None` is all that the member sees.
    scope: Option<SupportScope>,
    /// A change that the visit covers was asked for. Only then a transaction may write.
    covered: AtomicBool,
}

/// What the browser's visit has come to.
#[derive(Debug, Clone)]
pub enum Standing {
    Live(Arc<Visit>),
    /// It is over. The operator is told, and leaves.
    Over {
        ground: Ground,
        organization: String,
    },
}

impl Visit {
    /// The visit whose secret the operator's browser has sent, if it was begun by them and in this session. One look-up, which
    /// asks everything again: that the operator is of the staff who may visit, the visit is open, and the member's account in
    /// use and no member's of the staff. That they are in the organization is found out at its door.
    pub async fn standing(operator: &UserActor, deps: &Deps, token: &str) -> Result<Option<Standing>> {
        let Ok(staff) = StaffActor::enter(operator) else {
            return Ok(None);
        };
        let now = deps.now();
        let mut transaction = operator.begin_reading(deps).await?;
        let row = sqlx::query!(
            r#"select v.id as "id!", v.support as "support!", v.tenant_id as "tenant_id!", v.organization as "organization!",
                v.began as "began!", v.expires_at as "expires_at!", v.elevated_until, v.over as "over!", v.areas as "areas!", v.may_write as "may_write!",
                u.id as subject_id, u.email::text as "email!", u.name, u.locale, u.time_zone, u.theme, u.notify_new_sign_in,
                u.email_verified_at, u.created_at as subject_since,
                (u.status = 'active' and u.deleted_at is null and not exists (
                    select from platform_role_assignments a where a.user_id = u.id and a.revoked_at is null
                )) as "there!"
            from (
                select id, false as support, tenant_id, organization, subject_id, created_at as began, expires_at, elevated_until,
                    ended_at is not null as over, array[]::text[] as areas, false as may_write
                from platform_impersonation_sessions
                where token_hash = $1 and operator_id = $2 and operator_session_id = $3
                union all
                select id, true, tenant_id, organization, host_id, entered_at, expires_at, null, state <> 'active', areas, may_write
                from support_sessions
                where token_hash = $1 and operator_id = $2 and operator_session_id = $3 and surface = 'organization'
            ) v join users u on u.id = v.subject_id"#,
            &random::hash(token)[..],
            operator.id().0,
            operator.session().0,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        end_of_reading(transaction);
        let Some(row) = row else { return Ok(None) };
        let (ground, scope) = if row.support {
            let scope = support_sessions::scope(&row.areas, row.may_write)?;
            (Ground::Support(row.id.into()), Some(scope))
        } else {
            (Ground::Impersonation(row.id.into()), None)
        };
        if !staff.may(ground.right()) {
            return Ok(None);
        }
        if row.over || row.expires_at <= now || !row.there {
            return Ok(Some(Standing::Over {
                ground,
                organization: row.organization,
            }));
        }
        let mode = match (&scope, row.elevated_until) {
            (Some(scope), _) => scope.mode(),
            (None, Some(until)) if now < until && staff.may(StaffRight::ImpersonateElevated) => VisitMode::Elevated,
            (None, _) => VisitMode::ReadOnly,
        };
        Ok(Some(Standing::Live(Arc::new(Self {
            ground,
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
            began: row.began,
            elevated_until: row.elevated_until,
            expires_at: row.expires_at,
            mode,
            scope,
            covered: AtomicBool::new(false),
        }))))
    }

    pub fn ground(&self) -> Ground {
        self.ground
    }

    /// Of the visit or of the support session, as the log names it.
    pub(crate) fn id(&self) -> Uuid {
        self.ground.id()
    }

    /// What they were let into; `None` is all that the member sees.
    pub fn scope(&self) -> Option<&SupportScope> {
        self.scope.as_ref()
    }

    /// What is left of the member's rights.
    pub(super) fn within(&self, rights: PermissionSet) -> PermissionSet {
        match &self.scope {
            Some(scope) => scope.within(rights),
            None => rights,
        }
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

    /// When they came in.
    pub(crate) fn began(&self) -> DateTime<Utc> {
        self.began
    }

    pub(crate) fn elevated_until(&self) -> Option<DateTime<Utc>> {
        self.elevated_until
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
        Entry::new(action, self.ground.origin(), request)
            .actor(self.operator)
            .on_behalf_of(self.subject.id)
    }
}
