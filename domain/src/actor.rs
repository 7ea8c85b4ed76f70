//! Who acts. An operation takes an actor first and asks it for the right it needs; there is no other way in.
//!
//! Actors have private fields and are made here only: from the cookie's session, and from the organization's slug in the
//! URL. There is no "active organization" in a session.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    error::Limit,
    iam::{DefaultRole, MemberType, NOT_FOR_GUESTS, Permission, PermissionSet},
    ids::{RoleId, SessionId, TenantId, UserId},
    preferences::{Locale, Theme},
    slug::Slug,
    tenant::{Membership, TenantStatus},
};

use crate::{
    Deps, Result,
    audit::{self, Action, Entry, Origin},
    billing::standing::{PlanRow, TenantPlan},
    database::{self, Reach, Transaction, end_of_reading},
    random,
    standing::Purpose,
    tenants::memberships::membership,
};

/// What is known of a request, for the audit log and the list of devices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestInfo {
    /// The client's address as the outermost trusted hop saw it.
    pub address: String,
    pub user_agent: String,
    pub request_id: String,
}

/// Somebody who has not signed in: may sign up, sign in, and follow a mailed link.
#[derive(Debug, Clone)]
pub struct Visitor {
    request: RequestInfo,
}

impl Visitor {
    pub fn new(request: RequestInfo) -> Self {
        Self { request }
    }

    pub fn request(&self) -> &RequestInfo {
        &self.request
    }

    pub fn audit(&self, action: Action) -> Entry<'_> {
        Entry::new(action, Origin::Anonymous, &self.request)
    }
}

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
    request: Arc<RequestInfo>,
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
            r#"select s.id, s.last_seen_at, s.authenticated_at, u.id as user_id, u.email::text as "email!", u.name, u.locale, u.time_zone, u.theme,
                u.notify_new_sign_in, u.email_verified_at, u.created_at
            from user_sessions s join users u on u.id = s.user_id
            where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3
                and u.status = 'active' and u.deleted_at is null"#,
            &random::hash(token)[..],
            now,
            now - SESSION_IDLE,
        )
        .fetch_optional(deps.database.global())
        .await?;
        let Some(row) = row else { return Ok(None) };
        if now - row.last_seen_at > SESSION_TOUCH {
            sqlx::query!(
                "update user_sessions set last_seen_at = $2, address = $3 where id = $1 and last_seen_at < $2",
                row.id,
                now,
                request.address,
            )
            .execute(deps.database.global())
            .await?;
        }
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
            request: Arc::new(request),
        }))
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
        if self.signed_in_recently(deps) {
            Ok(())
        } else {
            Err(contract::Error::RecentSignInRequired.into())
        }
    }

    /// Whether [`Self::require_recent_sign_in`] lets pass, so that a page can ask for it before a form is filled in.
    pub fn signed_in_recently(&self, deps: &Deps) -> bool {
        deps.now() - self.authenticated_at <= RECENT_SIGN_IN
    }

    pub async fn begin(&self, deps: &Deps) -> Result<Transaction> {
        deps.database.begin_for_user(self.id()).await
    }

    pub fn audit(&self, action: Action) -> Entry<'_> {
        Entry::new(action, Origin::Session, &self.request).actor(self.id())
    }
}

/// The organization a member is in.
#[derive(Debug, Clone)]
pub struct Tenant {
    pub id: TenantId,
    pub slug: Slug,
    pub name: String,
    pub status: TenantStatus,
    /// When one that was deleted is gone for good.
    pub purge_after: Option<DateTime<Utc>>,
    /// The plan that counts at this moment, and how it is paid for.
    pub plan: TenantPlan,
}

/// A member at work in one organization. Cheap to clone.
#[derive(Debug, Clone)]
pub struct OrgActor {
    user: UserActor,
    tenant: Arc<Tenant>,
    role: Arc<Role>,
    member_type: MemberType,
    permissions: PermissionSet,
    ownership_offered: bool,
    paused: bool,
}

/// What a member is in their organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    pub id: RoleId,
    pub key: String,
    pub name: String,
}

/// A membership as the database tells it, with the organization it is in.
struct Entrance {
    /// This is the organization that was asked for.
    entered: bool,
    id: uuid::Uuid,
    slug: String,
    name: String,
    status: String,
    purge_after: Option<DateTime<Utc>>,
    ownership_offered: bool,
    paused: bool,
    plan_key: String,
    plan_name: String,
    project_limit: Option<i32>,
    member_limit: Option<i32>,
    guest_limit: Option<i32>,
    features: Vec<String>,
    trial_ends_at: Option<DateTime<Utc>>,
    override_kind: Option<String>,
    override_expires_at: Option<DateTime<Utc>>,
    subscription_status: Option<String>,
    current_period_end: Option<DateTime<Utc>>,
    subscription_trial_ends_at: Option<DateTime<Utc>>,
    cancel_at_period_end: Option<bool>,
    ends_at: Option<DateTime<Utc>>,
    past_due_at: Option<DateTime<Utc>>,
    resumes_at: Option<DateTime<Utc>>,
    role_id: uuid::Uuid,
    member_type: String,
    role_key: String,
    role_name: String,
    permissions: Vec<String>,
}

impl Entrance {
    fn status(&self) -> Result<TenantStatus> {
        TenantStatus::from_key(&self.status).ok_or_else(|| crate::Error::fault("unknown status"))
    }

    fn membership(&self) -> Result<Membership> {
        membership(
            self.slug.clone(),
            self.name.clone(),
            self.role_name.clone(),
            &self.status,
        )
    }

    fn open(self, user: &UserActor, deps: &Deps) -> Result<OrgActor> {
        let member_type = MemberType::from_key(&self.member_type).ok_or_else(|| crate::Error::fault("unknown type"))?;
        let status = self.status()?;
        let permissions = effective(&self.permissions, member_type);
        if matches!(status, TenantStatus::Deactivated | TenantStatus::Deleting)
            && !permissions.contains(Permission::TenantDelete)
        {
            return Err(contract::Error::TenantInactive.into());
        }
        let plan = PlanRow {
            plan_key: self.plan_key,
            plan_name: self.plan_name,
            project_limit: self.project_limit,
            member_limit: self.member_limit,
            guest_limit: self.guest_limit,
            features: self.features,
            trial_ends_at: self.trial_ends_at,
            override_kind: self.override_kind,
            override_expires_at: self.override_expires_at,
            subscription_status: self.subscription_status,
            current_period_end: self.current_period_end,
            subscription_trial_ends_at: self.subscription_trial_ends_at,
            cancel_at_period_end: self.cancel_at_period_end,
            ends_at: self.ends_at,
            past_due_at: self.past_due_at,
            resumes_at: self.resumes_at,
        };
        Ok(OrgActor {
            user: user.clone(),
            tenant: Arc::new(Tenant {
                id: self.id.into(),
                slug: Slug::try_from(self.slug).map_err(crate::Error::fault)?,
                name: self.name,
                status,
                purge_after: self.purge_after,
                plan: plan.plan(deps.now(), deps.billing)?,
            }),
            role: Arc::new(Role {
                id: self.role_id.into(),
                key: self.role_key,
                name: self.role_name,
            }),
            member_type,
            permissions,
            ownership_offered: self.ownership_offered,
            paused: self.paused,
        })
    }
}

impl OrgActor {
    /// The way into an organization. Who does not belong to it is told that there is none. One that was paused or deleted
    /// lets in who may end that; once the time of a deleted one has run out, it is gone.
    pub async fn enter(user: &UserActor, deps: &Deps, slug: &str) -> Result<Self> {
        user.require_verified_or_grace()?;
        let (actor, _) = Self::find(user, deps, slug, false).await?;
        Ok(actor)
    }

    /// The way to an organization's bills. Who sees to them is let in as well once the days for proving their address are
    /// over: nobody is kept from paying or from canceling. What they enter this way is for the operations of
    /// [`crate::billing`] only.
    pub async fn enter_for_billing(user: &UserActor, deps: &Deps, slug: &str) -> Result<Self> {
        let (actor, _) = Self::find(user, deps, slug, false).await?;
        actor.require_a_way_to_the_bills()?;
        Ok(actor)
    }

    /// The same, with everything one belongs to.
    pub async fn enter_for_billing_with_memberships(
        user: &UserActor,
        deps: &Deps,
        slug: &str,
    ) -> Result<(Self, Vec<Membership>)> {
        let (actor, memberships) = Self::find(user, deps, slug, true).await?;
        actor.require_a_way_to_the_bills()?;
        Ok((actor, memberships))
    }

    fn require_a_way_to_the_bills(&self) -> Result<()> {
        if self.permissions.contains(Permission::BillingManage) {
            Ok(())
        } else {
            self.user.require_verified_or_grace()
        }
    }

    /// The same, with everything one belongs to, by name: what the frame around a page shows, in one statement.
    pub async fn enter_with_memberships(user: &UserActor, deps: &Deps, slug: &str) -> Result<(Self, Vec<Membership>)> {
        user.require_verified_or_grace()?;
        Self::find(user, deps, slug, true).await
    }

    /// `others` asks for the memberships in all organizations; without it there is the one in this.
    async fn find(user: &UserActor, deps: &Deps, slug: &str, others: bool) -> Result<(Self, Vec<Membership>)> {
        // What is no slug names no organization, and some of it Postgres would not even take as text.
        let slug = Slug::parse(slug).map_err(|_| contract::Error::NotFound)?;
        let mut transaction = user.begin(deps).await?;
        let rows = sqlx::query_as!(
            Entrance,
            r#"select t.slug = $1::text::citext as "entered!", t.id, t.slug::text as "slug!", t.name, t.status, t.purge_after,
                m.paused_at is not null as "paused!", p.key as plan_key, p.name as plan_name, t.trial_ends_at,
                (select allowed from plan_limits where plan_key = p.key and limit_key = 'projects') as project_limit,
                least(
                    (select allowed from plan_limits where plan_key = p.key and limit_key = 'members'),
                    case when b.id is null and s.status in ('trialing', 'active', 'past_due', 'paused') then s.seats end
                ) as member_limit,
                (select allowed from plan_limits where plan_key = p.key and limit_key = 'guests') as guest_limit,
                array(select feature from plan_features where plan_key = p.key) as "features!",
                b.kind as "override_kind?", b.expires_at as override_expires_at,
                s.status as "subscription_status?", s.current_period_end, s.trial_ends_at as subscription_trial_ends_at,
                s.cancel_at_period_end as "cancel_at_period_end?", s.ends_at, s.past_due_at, s.resumes_at,
                exists (
                    select from ownership_offers o
                    where o.tenant_id = t.id and o.offered_to = $2 and o.status = 'open' and o.expires_at > $3
                ) as "ownership_offered!",
                m.role_id, m.member_type, r.key as role_key, r.name as role_name,
                array(
                    select ip.permission from iam_role_permissions ip
                    where ip.tenant_id = m.tenant_id and ip.role_id = m.role_id and t.slug = $1::text::citext
                ) as "permissions!"
            from tenants t
            join tenant_members m on m.tenant_id = t.id and m.user_id = $2 and m.status = 'active'
            join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
            left join billing_tenant_subscriptions s on s.tenant_id = t.id and s.is_current
            left join billing_overrides b on b.tenant_id = t.id and b.ended_at is null and (b.expires_at is null or b.expires_at > $3)
            join plans p on p.key = coalesce(b.plan_key, s.plan_key, t.plan_key)
            where (t.slug = $1::text::citext or $4) and t.deleted_at is null and (t.purge_after is null or t.purge_after > $3)
            order by lower(t.name), t.id"#,
            slug.as_str(),
            user.id().0,
            deps.now(),
            others,
        )
        .fetch_all(&mut *transaction)
        .await?;
        end_of_reading(transaction);
        let memberships = rows.iter().map(Entrance::membership).collect::<Result<_>>()?;
        let entered = rows.into_iter().find(|row| row.entered);
        let actor = entered.ok_or(contract::Error::NotFound)?.open(user, deps)?;
        Ok((actor, memberships))
    }

    pub fn user(&self) -> &UserActor {
        &self.user
    }

    pub fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    pub fn role(&self) -> &Role {
        &self.role
    }

    pub fn is_owner(&self) -> bool {
        self.role.key == DefaultRole::Owner.key()
    }

    pub fn member_type(&self) -> MemberType {
        self.member_type
    }

    pub fn permissions(&self) -> PermissionSet {
        self.permissions
    }

    /// Whether an owner has offered them the organization, and waits for an answer.
    pub fn ownership_offered(&self) -> bool {
        self.ownership_offered
    }

    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.permissions.contains(permission) {
            Ok(())
        } else {
            Err(contract::Error::Forbidden.into())
        }
    }

    /// For what changes something: the right, an organization that is active and paid for, and a member whom its plan has
    /// room for.
    pub fn require_change(&self, permission: Permission) -> Result<()> {
        self.require_relief(permission)?;
        self.tenant.plan.require_paid()?;
        if self.paused {
            Err(contract::Error::PausedByPlan {
                limit: Limit::of(self.member_type),
            }
            .into())
        } else {
            Ok(())
        }
    }

    /// For what makes an organization smaller, or settles its bills: possible whether or not it is paid for, so that nobody is
    /// kept in what they cannot pay.
    pub fn require_relief(&self, permission: Permission) -> Result<()> {
        self.require(permission)?;
        match self.tenant.status {
            TenantStatus::Active => Ok(()),
            TenantStatus::Suspended | TenantStatus::Deactivated | TenantStatus::Deleting => {
                Err(contract::Error::TenantInactive.into())
            }
        }
    }

    /// One or the other.
    pub(crate) fn require_for(&self, purpose: Purpose, permission: Permission) -> Result<()> {
        match purpose {
            Purpose::Change => self.require_change(permission),
            Purpose::Relief => self.require_relief(permission),
        }
    }

    /// Whether the plan has no room for this member at the moment, so that they read and change nothing.
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    pub(crate) fn reach(&self) -> Reach {
        reach(self.permissions, self.member_type)
    }

    pub async fn begin(&self, deps: &Deps) -> Result<Transaction> {
        deps.database
            .begin_for_tenant(self.user.id(), self.tenant.id, self.reach())
            .await
    }

    /// The same for what changes something inside the organization: where its people stand stays as it is until the
    /// transaction ends. Whoever begins it asks once more, see [`crate::standing::ask_again`].
    pub(crate) async fn begin_held(&self, deps: &Deps) -> Result<Transaction> {
        deps.database
            .begin_held(self.user.id(), self.tenant.id, self.reach())
            .await
    }

    /// Whether these rights, read behind the organization's row for somebody of the actor's type, are those that they came
    /// in with.
    pub(crate) fn stands_with(&self, rights: &[String]) -> bool {
        effective(rights, self.member_type) == self.permissions
    }

    /// Whether a transaction of [`Self::begin`] shows all there is.
    pub(crate) fn sees_everything(&self) -> bool {
        self.reach() == Reach::All
    }

    /// Lets the rest of the transaction see everything, to count it against a limit. What the member may see is decided
    /// before that.
    pub(crate) async fn see_everything(&self, transaction: &mut Transaction) -> Result<()> {
        if self.sees_everything() {
            Ok(())
        } else {
            database::set_reach(transaction, Reach::All).await
        }
    }

    pub fn audit(&self, action: Action) -> Entry<'_> {
        let mut entry = self.user.audit(action);
        entry.tenant = self.tenant.id;
        entry
    }
}

/// How far somebody sees within an organization.
pub(crate) fn reach(permissions: PermissionSet, member_type: MemberType) -> Reach {
    if permissions.contains(Permission::WorkspacesManage) {
        Reach::All
    } else {
        match member_type {
            MemberType::Member => Reach::Member,
            MemberType::Guest => Reach::Given,
        }
    }
}

/// What a role's rights come to for somebody of this type.
pub(crate) fn effective(keys: &[String], member_type: MemberType) -> PermissionSet {
    let granted: PermissionSet = keys.iter().filter_map(|key| Permission::from_key(key)).collect();
    match member_type {
        MemberType::Member => granted,
        MemberType::Guest => NOT_FOR_GUESTS
            .iter()
            .fold(granted, |granted, permission| granted.without(*permission)),
    }
}

/// An entry for an organization that the person acts on without having entered it: they make it, join it or leave it.
pub(crate) fn audit_in_tenant(user: &UserActor, tenant: TenantId, action: Action) -> audit::Entry<'_> {
    let mut entry = user.audit(action);
    entry.tenant = tenant;
    entry
}

/// Lets the creator of an organization work in it within the transaction that creates it.
pub(crate) async fn enter_new_tenant(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    database::enter_tenant(transaction, tenant).await
}
