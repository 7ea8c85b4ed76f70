//! The ways into an organization: by its slug, with one statement that tells who somebody is in it, what they may do there,
//! and how it stands with its bills.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use contract::{
    iam::{MemberType, Permission},
    maintenance::MaintenanceLevel,
    slug::Slug,
    tenant::{Membership, TenantStatus},
};

use super::{OrgActor, Role, Tenant};
use crate::{
    Deps, Result,
    actor::{rights::effective, user::UserActor, visit::Visit},
    billing::standing::PlanRow,
    database::end_of_reading,
    maintenance::Window,
    tenants::memberships::membership,
};

/// A membership as the database tells it, with the organization it is in.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own in the row")]
struct Entrance {
    /// This is the organization that was asked for.
    entered: bool,
    id: uuid::Uuid,
    slug: String,
    name: String,
    status: String,
    purge_after: Option<DateTime<Utc>>,
    second_factor_required: bool,
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

    fn open(self, user: &UserActor, deps: &Deps, maintenance: Option<Window>) -> Result<OrgActor> {
        let now = deps.now();
        let window = maintenance.as_ref();
        let held = window
            .filter(|window| window.level >= MaintenanceLevel::ReadOnly)
            .map(|window| window.held(now));
        // Whoever visits is of the staff, and looks whether all is well before the others come in again.
        if let (Some(MaintenanceLevel::Closed), Some(held), None) =
            (window.map(|window| window.level), held, user.visit())
        {
            return Err(held.refusal().into());
        }
        let member_type = MemberType::from_key(&self.member_type).ok_or_else(|| crate::Error::fault("unknown type"))?;
        let status = self.status()?;
        let permissions = effective(&self.permissions, member_type);
        let permissions = user.visit().map_or(permissions, |visit| visit.within(permissions));
        if matches!(status, TenantStatus::Deactivated | TenantStatus::Deleting)
            && !permissions.contains(Permission::TenantDelete)
        {
            return Err(contract::Error::TenantInactive.into());
        }
        // Who visits has proven theirs, and does not have the member's.
        if self.second_factor_required && user.visit().is_none() && user.second_factor_at().is_none() {
            return Err(contract::Error::SecondFactorRequired.into());
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
                second_factor_required: self.second_factor_required,
                plan: plan.plan(now, deps.billing)?,
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
            maintenance: maintenance.map(Arc::new),
            held,
        })
    }
}

impl OrgActor {
    /// The way into an organization. Who does not belong to it is told that there is none, and who does and has not proven a
    /// second factor where it is required is sent to do it. One that was paused or deleted
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

    /// The way of a visit: as its member, into the organization it is a visit of, and into no other. Whether the member has
    /// proven their address is their business.
    pub async fn enter_as(operator: &UserActor, visit: &Arc<Visit>, deps: &Deps, slug: &str) -> Result<Self> {
        let (mut actor, _) = Self::find(&UserActor::visited(operator, visit), deps, slug, false).await?;
        // An answer that only the member can give.
        actor.ownership_offered = false;
        Ok(actor)
    }

    /// What a visitor sees of where the member belongs: the organization that is visited.
    pub fn own_membership(&self) -> Membership {
        Membership {
            slug: self.tenant.slug.clone(),
            name: self.tenant.name.clone(),
            role: self.role.name.clone(),
            status: self.tenant.status,
        }
    }

    /// `others` asks for the memberships in all organizations; without it there is the one in this.
    async fn find(user: &UserActor, deps: &Deps, slug: &str, others: bool) -> Result<(Self, Vec<Membership>)> {
        // What is no slug names no organization, and some of it Postgres would not even take as text.
        let slug = Slug::parse(slug).map_err(|_| contract::Error::NotFound)?;
        let mut transaction = user.begin_reading(deps).await?;
        let rows = sqlx::query_as!(
            Entrance,
            r#"select t.slug = $1::text::citext as "entered!", t.id, t.slug::text as "slug!", t.name, t.status, t.purge_after,
                t.second_factor_required,
                m.paused_at is not null as "paused!", p.plan_key as "plan_key!", p.plan_name as "plan_name!", p.project_limit,
                p.member_limit, p.guest_limit, p.features as "features!", t.trial_ends_at, p.override_kind, p.override_expires_at,
                p.subscription_status, p.current_period_end, p.subscription_trial_ends_at, p.cancel_at_period_end, p.ends_at,
                p.past_due_at, p.resumes_at,
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
            cross join lateral plan_at(t.id, t.plan_key, $3) p
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
        let entered = rows
            .into_iter()
            .find(|row| row.entered)
            // Where else the member belongs there is nothing to whoever visits them, whatever state it is in.
            .filter(|row| user.visit().is_none_or(|visit| visit.tenant().0 == row.id))
            .ok_or(contract::Error::NotFound)?;
        let maintenance = deps.window_of(entered.id.into()).await;
        let actor = entered.open(user, deps, maintenance)?;
        Ok((actor, memberships))
    }
}

#[cfg(test)]
mod tests {
    use contract::{Error, staff::StaffRole};

    use crate::{
        actor::StaffActor,
        testing::{TestDatabase, comes, deps, inside, join, organization, person, refused, staff_session, visit},
    };

    #[tokio::test]
    async fn a_visit_learns_nothing_of_where_else_the_member_belongs() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let other = organization(&deps, &person(&deps, "bob").await, "other").await;
        let carl = person(&deps, "carl").await;
        let member = join(&database, &deps, &acme, &carl, "member").await;
        join(&database, &deps, &other, &carl, "member").await;
        sqlx::query("update tenants set status = 'deactivated' where slug = 'other'")
            .execute(database.owner())
            .await
            .unwrap();
        let session = staff_session(&database, &deps, "sue", StaffRole::Support).await;
        let sue = StaffActor::enter(&comes(&deps, &session).await).unwrap();
        let (_, token) = visit(&deps, &sue, &member).await;
        let elsewhere = inside(&deps, &session, &token, "other").await.map(|_| ());
        assert_eq!(refused(elsewhere), Error::NotFound);
        assert!(inside(&deps, &session, &token, "acme").await.unwrap().is_some());
    }
}
