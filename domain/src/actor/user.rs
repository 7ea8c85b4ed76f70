//! Somebody who is signed in, and their session.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{SessionId, UserId},
    maintenance::Surface,
    preferences::{Locale, Theme},
    staff::StaffRole,
};

use super::{
    staff::{FRESH_FACTOR, STAFF_SESSION_ABSOLUTE, STAFF_SESSION_IDLE},
    visit::Visit,
    visitor::RequestInfo,
    whereabouts::{self, Whereabouts},
};
use crate::{
    Deps, Result,
    audit::{Action, Entry, Origin},
    database::{Mode, Transaction},
    maintenance::Held,
    random,
};

/// Days in which an unverified address is only reminded of.
pub const VERIFICATION_GRACE: TimeDelta = TimeDelta::days(7);

/// How far the proof of the address has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    Verified,
    Grace { until: DateTime<Utc> },
    Required,
}

impl Verification {
    /// Grace counts from sign-up and ends at its last instant.
    pub fn of(verified_at: Option<DateTime<Utc>>, created_at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let until = created_at + VERIFICATION_GRACE;
        match verified_at {
            Some(_) => Self::Verified,
            None if now < until => Self::Grace { until },
            None => Self::Required,
        }
    }
}

/// The person behind a session.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub locale: Locale,
    pub time_zone: chrono_tz::Tz,
    pub theme: Theme,
    pub notify_new_sign_in: bool,
    pub verification: Verification,
}

/// Somebody who is signed in, outside of any one organization. Cheap to clone.
#[derive(Debug, Clone)]
pub struct UserActor {
    person: Arc<Person>,
    session: SessionId,
    authenticated_at: DateTime<Utc>,
    second_factor_at: Option<DateTime<Utc>>,
    staff: Option<StaffRole>,
    held: Option<Held>,
    request: Arc<RequestInfo>,
    visit: Option<Arc<Visit>>,
}

/// How long a session lives. Idle time is moved on at most once a minute, so that a busy page does not write.
pub const SESSION_ABSOLUTE: TimeDelta = TimeDelta::days(14);
pub const SESSION_IDLE: TimeDelta = TimeDelta::hours(24);
const SESSION_TOUCH: TimeDelta = TimeDelta::minutes(1);

/// How long after signing in somebody may do what cannot be undone.
pub const RECENT_SIGN_IN: TimeDelta = TimeDelta::minutes(15);

impl UserActor {
    /// The person whose session the cookie names, or `None` when it names none that is alive. One look-up.
    pub async fn authenticate(deps: &Deps, token: &str, request: RequestInfo) -> Result<Option<Self>> {
        let now = deps.now();
        let row = sqlx::query!(
            r#"select s.id, s.last_seen_at, s.address, s.user_agent, s.left_address, s.left_at, s.returns, s.moved_at, s.authenticated_at, s.second_factor_at, a.role as "staff_role?", u.id as user_id, u.email::text as "email!", u.name, u.locale, u.time_zone, u.theme,
                u.notify_new_sign_in, u.email_verified_at, u.created_at
            from user_sessions s join users u on u.id = s.user_id
            left join platform_role_assignments a on a.user_id = u.id and a.revoked_at is null
            where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3
                and u.status = 'active' and u.deleted_at is null
                and (a.id is null or (s.created_at > $4 and s.last_seen_at > $5))"#,
            &random::hash(token)[..],
            now,
            now - SESSION_IDLE,
            now - STAFF_SESSION_ABSOLUTE,
            now - STAFF_SESSION_IDLE,
        )
        .fetch_optional(deps.database.global())
        .await?;
        let Some(row) = row else { return Ok(None) };
        if now - row.last_seen_at > SESSION_TOUCH {
            let before = Whereabouts {
                address: row.address,
                user_agent: row.user_agent,
                seen_at: row.last_seen_at,
                left_address: row.left_address,
                left_at: row.left_at,
                returns: row.returns,
                moved_at: row.moved_at,
            };
            whereabouts::note(deps, row.id.into(), row.user_id.into(), &before, &request).await?;
        }
        let staff = row.staff_role.as_deref().and_then(StaffRole::from_key);
        let held = match staff {
            Some(_) => None,
            None => deps.held(Surface::Account).await,
        };
        Ok(Some(Self {
            person: Arc::new(Person {
                id: row.user_id.into(),
                email: row.email,
                name: row.name,
                locale: Locale::from_tag(&row.locale).unwrap_or_default(),
                time_zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
                theme: Theme::from_key(&row.theme).unwrap_or_default(),
                notify_new_sign_in: row.notify_new_sign_in,
                verification: Verification::of(row.email_verified_at, row.created_at, now),
            }),
            session: row.id.into(),
            authenticated_at: row.authenticated_at,
            second_factor_at: row.second_factor_at,
            staff,
            held,
            request: Arc::new(request),
            visit: None,
        }))
    }

    /// The person whom somebody of the staff visits. Nothing that asks for a proof of who they are lets them pass.
    pub(super) fn visited(operator: &Self, visit: &Arc<Visit>) -> Self {
        Self {
            person: Arc::clone(visit.subject()),
            session: operator.session,
            authenticated_at: DateTime::<Utc>::MIN_UTC,
            second_factor_at: None,
            staff: None,
            held: operator.held,
            request: Arc::clone(&operator.request),
            visit: Some(Arc::clone(visit)),
        }
    }

    /// The visit in which somebody else acts as this person.
    pub fn visit(&self) -> Option<&Visit> {
        self.visit.as_deref()
    }

    pub fn person(&self) -> &Person {
        &self.person
    }

    pub fn id(&self) -> UserId {
        self.person.id
    }

    pub fn session(&self) -> SessionId {
        self.session
    }

    pub fn request(&self) -> &RequestInfo {
        &self.request
    }

    /// What they are among the platform's staff, if they are of it.
    pub fn staff(&self) -> Option<StaffRole> {
        self.staff
    }

    /// When a second factor was last proven in this session.
    pub fn second_factor_at(&self) -> Option<DateTime<Utc>> {
        self.second_factor_at
    }

    /// Whether that was a moment ago, as what is dangerous asks for.
    pub fn proved_recently(&self, deps: &Deps) -> bool {
        self.second_factor_at
            .is_some_and(|proven| deps.now() - proven <= FRESH_FACTOR)
    }

    /// Staff make and join no organization.
    pub(crate) fn require_no_staff(&self) -> Result<()> {
        match self.staff {
            None => Ok(()),
            Some(_) => Err(contract::Error::NotForStaff.into()),
        }
    }

    /// Refuses once the days of grace are over.
    pub fn require_verified_or_grace(&self) -> Result<()> {
        match self.person.verification {
            Verification::Required => Err(contract::Error::EmailUnverified.into()),
            Verification::Verified | Verification::Grace { .. } => Ok(()),
        }
    }

    /// Refuses what cannot be undone when the password was typed, or the link followed, too long ago: a browser that was
    /// left open is not its owner.
    pub fn require_recent_sign_in(&self, deps: &Deps) -> Result<()> {
        if self.visit.is_some() {
            Err(contract::Error::NotInVisit.into())
        } else if self.signed_in_recently(deps) {
            Ok(())
        } else {
            Err(contract::Error::RecentSignInRequired.into())
        }
    }

    /// Whether [`Self::require_recent_sign_in`] lets pass, so that a page can ask for it before a form is filled in.
    pub fn signed_in_recently(&self, deps: &Deps) -> bool {
        self.visit.is_none() && deps.now() - self.authenticated_at <= RECENT_SIGN_IN
    }

    /// For what concerns them alone. While there is maintenance it only reads; staff work on. So it does in a visit.
    pub async fn begin(&self, deps: &Deps) -> Result<Transaction> {
        let mode = if self.held.is_none() && self.visit.is_none() {
            Mode::Writing
        } else {
            Mode::Reading
        };
        deps.database.begin_for_user(self.id(), mode).await
    }

    /// For what has to be possible whatever is closed: leaving.
    pub(crate) async fn begin_leaving(&self, deps: &Deps) -> Result<Transaction> {
        deps.database.begin_for_user(self.id(), Mode::Writing).await
    }

    /// For what only looks.
    pub(crate) async fn begin_reading(&self, deps: &Deps) -> Result<Transaction> {
        deps.database.begin_for_user(self.id(), Mode::Reading).await
    }

    pub fn audit(&self, action: Action) -> Entry<'_> {
        match &self.visit {
            None => Entry::new(action, Origin::Session, &self.request).actor(self.id()),
            Some(visit) => visit.audit(action, &self.request),
        }
    }
}
