//! Somebody of the platform's staff at work. Made from a session whose person holds a role and has proven a second factor in it.

use chrono::TimeDelta;
use contract::{
    ids::{TenantId, UserId},
    staff::{StaffRight, StaffRole},
};

use super::UserActor;
use crate::{
    Deps, Result,
    audit::{Action, Entry, Origin},
    database::Transaction,
};

/// How long a session of staff lives: shorter than anybody else's, since it reaches further.
pub const STAFF_SESSION_ABSOLUTE: TimeDelta = TimeDelta::hours(12);
pub const STAFF_SESSION_IDLE: TimeDelta = TimeDelta::minutes(30);

/// How long after proving a second factor somebody may do what is dangerous.
pub const FRESH_FACTOR: TimeDelta = TimeDelta::minutes(15);

/// Somebody of the staff. Cheap to clone.
#[derive(Debug, Clone)]
pub struct StaffActor {
    user: UserActor,
    role: StaffRole,
}

impl StaffActor {
    /// To who is no staff, there is nothing here. Who is and has not proven a second factor in this session is sent to do it
    /// before anything else.
    pub fn enter(user: &UserActor) -> Result<Self> {
        let role = user.staff().ok_or(contract::Error::NotFound)?;
        user.second_factor_at().ok_or(contract::Error::SecondFactorRequired)?;
        Ok(Self {
            user: user.clone(),
            role,
        })
    }

    pub fn user(&self) -> &UserActor {
        &self.user
    }

    pub fn id(&self) -> UserId {
        self.user.id()
    }

    pub fn role(&self) -> StaffRole {
        self.role
    }

    pub fn may(&self, right: StaffRight) -> bool {
        self.role.has(right)
    }

    pub fn require(&self, right: StaffRight) -> Result<()> {
        if self.may(right) {
            Ok(())
        } else {
            Err(contract::Error::Forbidden.into())
        }
    }

    /// Refuses what is dangerous when the second factor was proven too long ago: a browser that was left open is not its
    /// owner.
    pub fn require_fresh_factor(&self, deps: &Deps) -> Result<()> {
        if self.has_fresh_factor(deps) {
            Ok(())
        } else {
            Err(contract::Error::SecondFactorRequired.into())
        }
    }

    /// Whether [`Self::require_fresh_factor`] lets pass, so that a page can ask for it before a form is filled in.
    pub fn has_fresh_factor(&self, deps: &Deps) -> bool {
        self.user.proved_recently(deps)
    }

    /// Across all organizations. What is asked for is asked for by name: no policy narrows it.
    pub async fn begin(&self, deps: &Deps) -> Result<Transaction> {
        deps.staff.begin().await
    }

    /// The same for what only looks.
    pub async fn begin_reading(&self, deps: &Deps) -> Result<Transaction> {
        deps.staff.begin_reading().await
    }

    /// An entry about the house itself, in this person's own chain.
    pub fn audit(&self, action: Action) -> Entry<'_> {
        Entry::new(action, Origin::Staff, self.user.request()).actor(self.id())
    }

    /// An entry about an organization, in its chain, where its people read it.
    pub fn audit_in(&self, tenant: TenantId, action: Action) -> Entry<'_> {
        let mut entry = self.audit(action);
        entry.tenant = tenant;
        entry
    }
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;
    use crate::testing::{TestDatabase, clock_and_deps, deps, person, request, staff, staff_session};

    #[tokio::test]
    async fn whoever_is_no_staff_finds_nothing() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let refused = StaffActor::enter(&ann).unwrap_err();
        assert_eq!(Error::from(refused), Error::NotFound);
    }

    #[tokio::test]
    async fn without_a_second_factor_staff_reach_nothing() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let token = staff_session(&database, &deps, "sue", StaffRole::Superadmin).await;
        let come = async || UserActor::authenticate(&deps, &token, request()).await.unwrap();
        let sue = StaffActor::enter(&come().await.unwrap()).unwrap();
        sqlx::query("update user_sessions set second_factor_at = null")
            .execute(database.owner())
            .await
            .unwrap();
        let refused = StaffActor::enter(&come().await.unwrap()).unwrap_err();
        assert_eq!(Error::from(refused), Error::SecondFactorRequired);
        sue.require_fresh_factor(&deps).unwrap();
        clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
        let stale = sue.require_fresh_factor(&deps).unwrap_err();
        assert_eq!(Error::from(stale), Error::SecondFactorRequired);
    }

    #[tokio::test]
    async fn a_role_that_is_revoked_ends_at_the_next_request() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let token = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        sqlx::query("update platform_role_assignments set revoked_at = granted_at")
            .execute(database.owner())
            .await
            .unwrap();
        let sue = UserActor::authenticate(&deps, &token, request())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(Error::from(StaffActor::enter(&sue).unwrap_err()), Error::NotFound);
    }

    #[tokio::test]
    async fn a_session_of_staff_ends_sooner_than_others() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let token = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let alive = async || {
            UserActor::authenticate(&deps, &token, request())
                .await
                .unwrap()
                .is_some()
        };
        for _ in 0..25 {
            clock.advance(STAFF_SESSION_IDLE - TimeDelta::seconds(90));
            let within = deps.now() < begun(&database).await + STAFF_SESSION_ABSOLUTE;
            assert_eq!(alive().await, within);
        }
        let token = staff_session(&database, &deps, "tom", StaffRole::Support).await;
        clock.advance(STAFF_SESSION_IDLE);
        let idle = UserActor::authenticate(&deps, &token, request()).await.unwrap();
        assert!(idle.is_none());
    }

    /// When the first session began.
    async fn begun(database: &TestDatabase) -> chrono::DateTime<chrono::Utc> {
        sqlx::query_scalar("select min(created_at) from user_sessions")
            .fetch_one(database.owner())
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn an_auditor_may_read_and_not_manage() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let aud = staff(&database, &deps, "aud", StaffRole::Auditor).await;
        aud.require(StaffRight::TenantsRead).unwrap();
        let refused = aud.require(StaffRight::TenantsManage).unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        let mut reading = aud.begin_reading(&deps).await.unwrap();
        let written = sqlx::query("update users set name = 'x'").execute(&mut *reading).await;
        assert!(written.is_err(), "a transaction that only looks writes nothing");
    }
}
