//! Everything about one account.

use chrono::{DateTime, Utc};
use contract::{
    customers::{AccountStatus, Factors},
    iam::MemberType,
    ids::{TenantId, UserId},
    people::MemberStatus,
    staff::{StaffRight, StaffRole},
    tenant::TenantStatus,
};

use super::{factors::factors, hold::may_touch, lockouts::counted};
use crate::{
    Deps, Error, Result,
    actor::{SESSION_IDLE, StaffActor},
    database::{Transaction, end_of_reading},
    identity::sessions::Session,
    throttle::{self, Lockout},
};

#[derive(Debug, Clone)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub verified_at: Option<DateTime<Utc>>,
    pub status: AccountStatus,
    pub has_password: bool,
    pub factors: Factors,
    pub staff: Option<StaffRole>,
    pub created_at: DateTime<Utc>,
    pub suspension: Option<Suspension>,
    pub organizations: Vec<Place>,
    pub sessions: Vec<Device>,
    pub lockouts: Vec<Lockout>,
    /// Whether whoever looks may do anything to them.
    pub can_be_touched: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspension {
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

/// An organization they belong to, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub tenant: TenantId,
    pub name: String,
    pub slug: String,
    pub tenant_status: TenantStatus,
    pub role: String,
    pub member_type: MemberType,
    pub status: MemberStatus,
    pub joined_at: DateTime<Utc>,
}

/// A session that is alive.
pub type Device = Session;

pub async fn get(staff: &StaffActor, deps: &Deps, user: UserId) -> Result<Person> {
    staff.require(StaffRight::UsersRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query!(
        r#"select u.name, u.email::text as "email!", u.email_verified_at, u.status, u.created_at,
            exists (select from user_accounts c where c.user_id = u.id and c.provider = 'password') as "has_password!",
            (select a.role from platform_role_assignments a where a.user_id = u.id and a.revoked_at is null) as role
        from users u where u.id = $1 and u.deleted_at is null"#,
        user.0,
    )
    .fetch_optional(&mut *transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    let role = row.role.as_deref().and_then(StaffRole::from_key);
    let suspension = sqlx::query_as!(
        Suspension,
        "select s.reason, u.name as by, s.suspended_at as at from platform_user_suspensions s \
         join users u on u.id = s.suspended_by where s.user_id = $1 and s.ended_at is null",
        user.0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let person = Person {
        id: user,
        lockouts: throttle::counters(&mut transaction, deps, &counted(user, &row.email)).await?,
        name: row.name,
        email: row.email,
        verified_at: row.email_verified_at,
        status: AccountStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
        has_password: row.has_password,
        factors: factors(&mut transaction, user).await?,
        staff: role,
        created_at: row.created_at,
        suspension,
        organizations: places(&mut transaction, user).await?,
        sessions: sessions(&mut transaction, deps, user).await?,
        can_be_touched: staff.may(StaffRight::UsersManage) && may_touch(staff.role(), user == staff.id(), role),
    };
    end_of_reading(transaction);
    Ok(person)
}

/// By name. Few belong to more than a dozen.
async fn places(transaction: &mut Transaction, user: UserId) -> Result<Vec<Place>> {
    let rows = sqlx::query!(
        r#"select t.id, t.name, t.slug::text as "slug!", t.status as tenant_status, r.name as role, m.member_type, m.status,
            m.joined_at
        from tenant_members m
        join tenants t on t.id = m.tenant_id and t.deleted_at is null
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.user_id = $1 order by lower(t.name), t.id limit 200"#,
        user.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Place {
                tenant: row.id.into(),
                name: row.name,
                slug: row.slug,
                tenant_status: TenantStatus::from_key(&row.tenant_status)
                    .ok_or_else(|| Error::fault("unknown status"))?,
                role: row.role,
                member_type: MemberType::from_key(&row.member_type).ok_or_else(|| Error::fault("unknown type"))?,
                status: MemberStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
                joined_at: row.joined_at,
            })
        })
        .collect()
}

/// The last used first.
async fn sessions(transaction: &mut Transaction, deps: &Deps, user: UserId) -> Result<Vec<Device>> {
    let now = deps.now();
    let rows = sqlx::query_as!(
        Session,
        "select id, user_agent, address, created_at, last_seen_at from user_sessions \
         where user_id = $1 and expires_at > $2 and last_seen_at > $3 order by last_seen_at desc, id limit 100",
        user.0,
        now,
        now - SESSION_IDLE,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, join, organization, person, staff};

    #[tokio::test]
    async fn shows_where_somebody_belongs_and_nothing_of_others() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        organization(&deps, &bob, "other").await;
        join(&database, &deps, &acme, &bob, "member").await;
        let aud = staff(&database, &deps, "aud", StaffRole::Auditor).await;
        let shown = get(&aud, &deps, bob.id()).await.unwrap();
        let places: Vec<_> = shown
            .organizations
            .iter()
            .map(|at| (at.slug.as_str(), at.role.as_str()))
            .collect();
        assert_eq!(places, [("acme", "Member"), ("other", "Owner")]);
        assert_eq!((shown.sessions.len(), shown.has_password, shown.staff), (1, true, None));
        assert!(!shown.can_be_touched, "an auditor only reads");
        let shown = get(&aud, &deps, ann.id()).await.unwrap();
        assert_eq!(shown.organizations.len(), 1);
        let nobody = get(&aud, &deps, deps.id()).await.unwrap_err();
        assert_eq!(contract::Error::from(nobody), contract::Error::NotFound);
    }
}
