//! Starting an organization.

use chrono::TimeDelta;
use contract::{
    FieldCode,
    iam::DefaultRole,
    ids::{RoleId, TenantId},
    slug::Slug,
    text::OrganizationName,
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Deps, Error, Result,
    actor::{UserActor, audit_in_tenant, enter_new_tenant},
    audit::Action,
    identity::present_and_no_staff,
    throttle::{self, Policy},
};

#[derive(Debug, Clone)]
pub struct NewTenant {
    pub name: OrganizationName,
    pub slug: Slug,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    pub slug: Slug,
}

/// What an organization starts on.
const PLAN: &str = "starter";
const TRIAL: TimeDelta = TimeDelta::days(14);
/// For how long the same form again means the same organization.
const DOUBLE_CLICK: TimeDelta = TimeDelta::minutes(5);

/// The organization on trial, with its default roles and its creator as owner. Possible before the address is proven: a
/// person is to finish what they have begun. How many one person starts in an hour is limited, since each takes a name away.
pub async fn create(user: &UserActor, deps: &Deps, new: NewTenant) -> Result<Created> {
    user.require_no_staff()?;
    throttle::attempt(deps, Policy::OrganizationByPerson, &user.id().to_string()).await?;
    match insert(user, deps, &new).await {
        Err(Error::Database(sqlx::Error::Database(taken))) if taken.constraint() == Some("tenant_slugs_pkey") => {
            if just_created(user, deps, &new).await? {
                Ok(Created { slug: new.slug })
            } else {
                Err(contract::Error::field("slug", FieldCode::Taken).into())
            }
        }
        other => other,
    }
}

async fn insert(user: &UserActor, deps: &Deps, new: &NewTenant) -> Result<Created> {
    let tenant: TenantId = deps.id();
    let now = deps.now();
    let mut transaction = user.begin(deps).await?;
    present_and_no_staff(&mut transaction, user.id()).await?;
    enter_new_tenant(&mut transaction, tenant).await?;
    // First, because it is what two organizations can collide in.
    sqlx::query!(
        "insert into tenant_slugs (slug, tenant_id, created_at) values ($1::text::citext, $2, $3)",
        new.slug.as_str(),
        tenant.0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into tenants (id, name, slug, plan_key, billing_state, trial_ends_at, created_by, created_at, updated_at) \
         values ($1, $2, $3::text::citext, $4, 'trialing', $5, $6, $7, $7)",
        tenant.0,
        new.name.as_str(),
        new.slug.as_str(),
        PLAN,
        now + TRIAL,
        user.id().0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    let roles: Vec<(RoleId, DefaultRole)> = DefaultRole::ALL.iter().map(|role| (deps.id(), *role)).collect();
    sqlx::query!(
        "insert into iam_roles (tenant_id, id, key, name, is_default, created_at) \
         select $1, id, key, name, true, $5 from unnest($2::uuid[], $3::text[], $4::text[]) as role (id, key, name)",
        tenant.0,
        &roles.iter().map(|(id, _)| id.0).collect::<Vec<Uuid>>(),
        &roles.iter().map(|(_, role)| role.key().to_owned()).collect::<Vec<_>>(),
        &roles.iter().map(|(_, role)| role.name().to_owned()).collect::<Vec<_>>(),
        now,
    )
    .execute(&mut *transaction)
    .await?;
    let permissions: Vec<(Uuid, String)> = roles
        .iter()
        .flat_map(|(id, role)| {
            role.permissions()
                .iter()
                .map(|permission| (id.0, permission.key().to_owned()))
        })
        .collect();
    let (role_ids, keys): (Vec<Uuid>, Vec<String>) = permissions.into_iter().unzip();
    sqlx::query!(
        "insert into iam_role_permissions (tenant_id, role_id, permission) \
         select $1, role_id, permission from unnest($2::uuid[], $3::text[]) as granted (role_id, permission)",
        tenant.0,
        &role_ids,
        &keys,
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at) \
         select $1, $2, id, $3, $3 from iam_roles where tenant_id = $1 and key = 'owner'",
        tenant.0,
        user.id().0,
        now,
    )
    .execute(&mut *transaction)
    .await?;
    audit_in_tenant(user, tenant, Action::TenantCreated)
        .subject(tenant.0)
        .after(json!({ "name": new.name, "slug": new.slug, "plan": PLAN }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Created { slug: new.slug.clone() })
}

/// Whether it is this person's own organization, made a moment ago by the same form.
async fn just_created(user: &UserActor, deps: &Deps, new: &NewTenant) -> Result<bool> {
    let mut transaction = user.begin(deps).await?;
    let found = sqlx::query_scalar!(
        r#"select exists (
            select from tenants
            where slug = $1::text::citext and name = $2 and created_by = $3 and created_at > $4 and deleted_at is null
        ) as "found!""#,
        new.slug.as_str(),
        new.name.as_str(),
        user.id().0,
        deps.now() - DOUBLE_CLICK,
    )
    .fetch_one(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use contract::iam::Permission;

    use super::*;
    use crate::{
        actor::OrgActor,
        testing::{TestDatabase, clock_and_deps, deps, person},
    };

    fn acme() -> NewTenant {
        NewTenant {
            name: OrganizationName::parse("Acme").unwrap(),
            slug: Slug::parse("acme").unwrap(),
        }
    }

    #[tokio::test]
    async fn starts_on_trial_with_its_creator_as_owner_and_the_default_roles() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        create(&ann, &deps, acme()).await.unwrap();

        let org = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        assert_eq!(org.tenant().plan.name, "Starter");
        assert_eq!(org.tenant().plan.limits.projects, Some(5));
        assert_eq!(org.tenant().plan.effective.days_left, Some(14));
        assert_eq!(org.role().name, "Owner");
        assert!(org.is_owner());
        assert_eq!(org.permissions(), Permission::ALL.iter().copied().collect());

        let granted: Vec<(String, String)> = sqlx::query_as(
            "select r.key, p.permission from iam_roles r join iam_role_permissions p on p.role_id = r.id where r.is_default",
        )
        .fetch_all(database.owner())
        .await
        .unwrap();
        let expected: usize = DefaultRole::ALL.iter().map(|role| role.permissions().len()).sum();
        assert_eq!(granted.len(), expected);
        for role in DefaultRole::ALL {
            for permission in role.permissions() {
                assert!(granted.contains(&(role.key().to_owned(), permission.key().to_owned())));
            }
        }
        let entries = format!(
            "audit_log where action = 'tenant.created' and tenant_id = '{0}' and subject_id = '{0}' and actor_user_id = '{1}'",
            org.tenant().id,
            ann.id()
        );
        assert_eq!(database.count(&entries).await, 1);
    }

    #[tokio::test]
    async fn the_same_form_again_is_the_same_organization_for_a_while() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let first = create(&ann, &deps, acme()).await.unwrap();
        assert_eq!(create(&ann, &deps, acme()).await.unwrap(), first);

        let taken = contract::Error::field("slug", FieldCode::Taken);
        let other_name = NewTenant {
            name: OrganizationName::parse("Acme Two").unwrap(),
            ..acme()
        };
        let refused = create(&ann, &deps, other_name).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), taken, "another name is another form");
        let bob = person(&deps, "bob").await;
        let refused = create(&bob, &deps, acme()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), taken, "another person");
        clock.advance(DOUBLE_CLICK + TimeDelta::seconds(1));
        let refused = create(&ann, &deps, acme()).await.unwrap_err();
        assert_eq!(contract::Error::from(refused), taken, "another day");
        assert_eq!(database.count("tenants").await, 1);
        assert_eq!(database.count("audit_log where action = 'tenant.created'").await, 1);
    }

    #[tokio::test]
    async fn one_person_cannot_start_them_by_the_hundred() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let new = |number: u32| NewTenant {
            slug: Slug::parse(&format!("acme-{number}")).unwrap(),
            ..acme()
        };
        for number in 0..20 {
            create(&ann, &deps, new(number)).await.unwrap();
        }
        let refused = contract::Error::from(create(&ann, &deps, new(20)).await.unwrap_err());
        assert_eq!(
            refused,
            contract::Error::Throttled {
                retry_after_seconds: 60
            }
        );
        create(&bob, &deps, new(20)).await.unwrap();
        assert_eq!(database.count("tenants").await, 21);
    }
}
