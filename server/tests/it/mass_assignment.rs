//! Forms that say more than they were asked, or something else: nobody becomes more than they are by it, and nobody reaches
//! another organization.

use std::collections::BTreeMap;

use contract::{
    Error,
    iam::Permission,
    ids::{TenantId, UserId},
};
use domain::{
    actor::OrgActor,
    testing::{custom_role, join_as_guest, role_of},
};
use sqlx::AssertSqlSafe;

use crate::{
    functions::{self, Function, Source},
    harness::{Browser, Product},
    work::Work,
};

/// What somebody might add to a form to become more than they are, or to reach another organization.
fn more(acme: &OrgActor, other: TenantId, user: UserId) -> Vec<(&'static str, String)> {
    let owner = acme.role().id.to_string();
    vec![
        ("role", "owner".to_owned()),
        ("role_id", owner.clone()),
        ("role_key", "owner".to_owned()),
        ("tenant", other.to_string()),
        ("tenant_id", other.to_string()),
        ("member_type", "member".to_owned()),
        ("owner", "true".to_owned()),
        ("is_owner", "true".to_owned()),
        ("permissions", "tenant.delete".to_owned()),
        ("user_id", user.to_string()),
        ("created_by", user.to_string()),
        ("reach", "all".to_owned()),
        ("plan_key", "business".to_owned()),
        ("email_verified_at", "2026-01-01T00:00:00Z".to_owned()),
    ]
}

/// Who belongs to an organization as what, what roles mean there, and who is where; without the person `without`.
async fn standing(product: &Product, org: TenantId, without: UserId) -> BTreeMap<&'static str, String> {
    let mut standing = BTreeMap::new();
    for (table, what) in [
        ("tenant_members", "(user_id, role_id, member_type, status)"),
        ("iam_roles", "t"),
        ("iam_role_permissions", "t"),
        ("workspaces", "t"),
        ("workspace_members", "t"),
        ("project_guests", "t"),
        ("projects", "(id, workspace_id, visibility, created_by, deleted_at)"),
    ] {
        let except = if table.ends_with("members") || table.ends_with("guests") {
            format!("and user_id <> '{without}'")
        } else {
            String::new()
        };
        let all = format!(
            "select coalesce(string_agg({what}::text, e'\\n' order by {what}::text), '') from {table} t \
             where tenant_id = '{org}' {except}"
        );
        let rows: String = sqlx::query_scalar(AssertSqlSafe(all))
            .fetch_one(product.database.owner())
            .await
            .unwrap();
        standing.insert(table, rows);
    }
    standing
}

/// A guest who was given the project, and what they are.
async fn guest(product: &Product, acme: &OrgActor, work: &Work, number: usize) -> (UserId, Browser) {
    let (user, browser) = product.person(&format!("guest{number}")).await;
    join_as_guest(&product.database, &product.deps, acme, &user).await;
    domain::projects::give::give(acme, &product.deps, work.project, user.id())
        .await
        .unwrap();
    (user.id(), browser)
}

#[tokio::test]
async fn a_guest_who_adds_to_every_form_stays_a_guest() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (other, _) = product.owner("bob", "other").await;
    let elsewhere = Work::of(&product, &other).await;
    let (acme_id, other_id) = (acme.tenant().id, other.tenant().id);
    let (mut user, mut browser) = guest(&product, &acme, &work, 0).await;
    let foreign = standing(&product, other_id, user).await;
    for (number, function) in functions::all().enumerate() {
        let before = standing(&product, acme_id, user).await;
        let more = more(&acme, other_id, user);
        let more: Vec<_> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for org in ["acme", "other"] {
            let answer = function.call_with(&mut browser, &work, org, &more).await;
            assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        }
        let answer = function.call_with(&mut browser, &elsewhere, "acme", &more).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        assert_eq!(before, standing(&product, acme_id, user).await, "{}", function.path);
        assert_eq!(foreign, standing(&product, other_id, user).await, "{}", function.path);
        let still = place(&product, &acme, user).await;
        let as_guest = |(role, member_type, _): &(String, String, String)| role == "guest" && member_type == "guest";
        assert!(still.as_ref().is_none_or(as_guest), "{}", function.path);
        // Leaving, signing out and the like are theirs to do: somebody else goes on.
        if still.is_none() || browser.get_json("/api/app/account/viewer/viewer").await.status != 200 {
            (user, browser) = guest(&product, &acme, &work, number + 1).await;
        }
    }
}

/// Role, type and status of somebody, when they are in.
async fn place(product: &Product, acme: &OrgActor, user: UserId) -> Option<(String, String, String)> {
    sqlx::query_as(
        "select r.key, m.member_type, m.status from tenant_members m \
         join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id where m.tenant_id = $1 and m.user_id = $2",
    )
    .bind(acme.tenant().id.0)
    .bind(user.0)
    .fetch_optional(product.database.owner())
    .await
    .unwrap()
}

/// Makes somebody a member with a default role, wherever the organization is found by now.
async fn put(product: &Product, acme: &OrgActor, user: UserId, role: &str) {
    sqlx::query(
        "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at) \
         select tenant_id, $2, id, now(), now() from iam_roles where tenant_id = $1 and key = $3",
    )
    .bind(acme.tenant().id.0)
    .bind(user.0)
    .bind(role)
    .execute(product.database.owner())
    .await
    .unwrap();
}

/// Where an organization is found, alive whatever the call before did to it.
async fn revive(product: &Product, org: &OrgActor) -> String {
    sqlx::query_scalar("update tenants set status = 'active', purge_after = null where id = $1 returning slug::text")
        .bind(org.tenant().id.0)
        .fetch_one(product.database.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn members_and_admins_who_add_to_every_form_rise_no_higher() {
    for role in ["member", "admin"] {
        let product = Product::new().await;
        let (acme, _) = product.owner("ann", "acme").await;
        let work = Work::of(&product, &acme).await;
        let (other, _) = product.owner("bob", "other").await;
        let foreign = standing(&product, other.tenant().id, UserId(uuid::Uuid::nil())).await;
        let (mut person, mut browser) = product.person("first").await;
        put(&product, &acme, person.id(), role).await;
        let owners_of = format!(
            "tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id \
             where r.key = 'owner' and m.tenant_id = '{}'",
            acme.tenant().id
        );
        let owners = product.database.count(&owners_of).await;
        let expected = (role.to_owned(), "member".to_owned(), "active".to_owned());
        for (number, function) in functions::all().enumerate() {
            let more = more(&acme, other.tenant().id, person.id());
            let more: Vec<_> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let slug = revive(&product, &acme).await;
            let answer = function.call_with(&mut browser, &work, &slug, &more).await;
            assert!(!answer.is_fault(), "{} as {role}: {answer:?}", function.path);
            let after = standing(&product, other.tenant().id, UserId(uuid::Uuid::nil())).await;
            assert_eq!(foreign, after, "{} as {role}", function.path);
            let place = place(&product, &acme, person.id()).await;
            assert!(
                place.as_ref().is_none_or(|place| *place == expected),
                "{} as {role}: {place:?}",
                function.path
            );
            assert_eq!(
                product.database.count(&owners_of).await,
                owners,
                "{} as {role}",
                function.path
            );
            if place.is_none() || browser.get_json("/api/app/account/viewer/viewer").await.status != 200 {
                (person, browser) = product.person(&format!("next{number}")).await;
                put(&product, &acme, person.id(), role).await;
            }
        }
    }
}

#[tokio::test]
async fn an_owner_who_names_another_organization_stays_in_their_own() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (other, _) = product.owner("bob", "other").await;
    let nobody = UserId(uuid::Uuid::nil());
    let before = standing(&product, other.tenant().id, nobody).await;
    for function in functions::all().filter(|function| function.guard.is_inside()) {
        let more = more(&acme, other.tenant().id, acme.user().id());
        let more: Vec<_> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let slug = revive(&product, &acme).await;
        let answer = function.call_with(&mut ann, &work, &slug, &more).await;
        assert!(!answer.is_fault(), "{}: {answer:?}", function.path);
        let after = standing(&product, other.tenant().id, nobody).await;
        assert_eq!(before, after, "{}", function.path);
    }
}

/// Who gives rights without having all of them.
const HOST: [Permission; 7] = [
    Permission::MembersRead,
    Permission::MembersInvite,
    Permission::MembersUpdate,
    Permission::MembersRemove,
    Permission::RolesRead,
    Permission::RolesManage,
    Permission::ProjectsRead,
];

/// What is above somebody of this role, or in another organization, in the place of what a function asks for itself.
async fn above(product: &Product, acme: &OrgActor, elsewhere: &Work, role: &str) -> Vec<(&'static str, String)> {
    let mut above = vec![
        ("role", "owner".to_owned()),
        ("role", elsewhere.value(Source::Role)),
        ("role", elsewhere.value(Source::EmptyRole)),
        ("permissions[]", Permission::TenantDelete.key().to_owned()),
        ("permissions[]", Permission::BillingManage.key().to_owned()),
        ("member_type", "owner".to_owned()),
        ("guest_role", elsewhere.value(Source::Role)),
    ];
    let higher: &[&str] = match role {
        "admin" => &["owner", "billing"],
        _ => &["owner", "billing", "admin", "member"],
    };
    for key in higher {
        let id = role_of(&product.database, acme, key).await.to_string();
        above.extend(["role", "guest_role"].map(|field| (field, id.clone())));
    }
    above
}

/// Whether it is told this, by its own account or by a choice that its form has.
fn takes(function: &Function, field: &str) -> bool {
    let invites = function.path.ends_with("/invite_people");
    function.asks_for(field) || (invites && ["member_type", "guest_role"].contains(&field))
}

#[tokio::test]
async fn what_a_function_asks_for_itself_gives_nothing_above_ones_own() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (other, _) = product.owner("bob", "other").await;
    let elsewhere = Work::of(&product, &other).await;
    let host = custom_role(&product.deps, &acme, "Host", &HOST).await;
    sqlx::query("update iam_roles set key = 'host' where id = $1")
        .bind(host.0)
        .execute(product.database.owner())
        .await
        .unwrap();
    let mut tried = 0;
    for role in ["admin", "host", "member"] {
        let (person, mut browser) = product.person(role).await;
        put(&product, &acme, person.id(), role).await;
        let before = product.snapshot().await;
        for (field, value) in above(&product, &acme, &elsewhere, role).await {
            let mut instead = vec![(field, value.as_str())];
            if field == "guest_role" {
                instead.push(("member_type", "guest"));
            }
            let concerned = |function: &&Function| !function.reads() && takes(function, field);
            for function in functions::all().filter(concerned) {
                let answer = function.call_instead(&mut browser, &work, &instead).await;
                let case = format!("{} with {field} = {value} as {role}", function.path);
                assert!(matches!(answer.status.as_u16(), 403 | 404 | 422), "{case}: {answer:?}");
                assert_ne!(
                    answer.error(),
                    Error::field(field, contract::FieldCode::Required),
                    "{case}"
                );
                assert_eq!(before, product.snapshot().await, "{case}");
                tried += 1;
            }
        }
    }
    assert!(tried > 50, "{tried}");
}
