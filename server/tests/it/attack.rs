//! A member of another organization, with real ids of this one.

use std::collections::BTreeMap;

use contract::{
    Error,
    ids::{TenantId, UserId},
};
use domain::{actor::OrgActor, testing::join_as_guest};
use sqlx::AssertSqlSafe;

use crate::{
    functions::{FUNCTIONS, Source},
    harness::{Browser, Product},
    work::Work,
};

#[tokio::test]
async fn somebody_elses_ids_are_ids_of_nothing() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (_, mut bob) = product.owner("bob", "other").await;
    let before = product.snapshot().await;
    let named = [
        Source::Project,
        Source::ArchivedProject,
        Source::BinnedProject,
        Source::Task,
        Source::BinnedTask,
        Source::Session,
        Source::Role,
        Source::Person,
        Source::SuspendedPerson,
        Source::EmptyRole,
        Source::Offer,
        Source::Workspace,
        Source::Invitation,
        Source::Batch,
    ];
    for function in FUNCTIONS {
        let names_a_thing = named.iter().any(|from| function.takes(*from));
        let mut doors = Vec::new();
        if function.takes(Source::Org) {
            doors.push("acme");
        }
        if names_a_thing {
            doors.push("other");
        }
        for door in doors {
            let answer = function.call(&mut bob, &work, door).await;
            let told = (answer.status.as_u16(), answer.error());
            assert_eq!(told, (404, Error::NotFound), "{} by {door}", function.path);
        }
    }
    assert_eq!(before, product.snapshot().await);
}

#[tokio::test]
async fn somebody_elses_pages_are_not_there() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (_, mut bob) = product.owner("bob", "other").await;
    for route in server::http::page_routes()
        .iter()
        .filter(|route| route.path().contains('{'))
    {
        let path = work.page(route.path());
        let answer = bob.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.contains("Kept"), "{path}");
    }
    assert_eq!(
        bob.get(&format!("/o/other/projects/{}", work.project)).await.status,
        404
    );
}

#[tokio::test]
async fn a_stranger_cannot_be_given_work() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let work = Work::of(&product, &acme).await;
    let (stranger, _) = product.person("bob").await;
    let before = product.snapshot().await;
    let (project, task, assignee) = (
        work.project.to_string(),
        work.task.to_string(),
        stranger.id().to_string(),
    );
    let create = [
        ("org", "acme"),
        ("project", &*project),
        ("title", "Spy"),
        ("assignee", &*assignee),
    ];
    let created = ann.post("/api/app/org/projects/create_task/create_task", &create).await;
    let assign = [("org", "acme"), ("task", &*task), ("assignee", &*assignee)];
    let handed_over = ann.post("/api/app/org/projects/plan_task/plan_task", &assign).await;
    for answer in [created, handed_over] {
        let expected = Error::field("assignee", contract::FieldCode::NotAMember);
        assert_eq!((answer.status.as_u16(), answer.error()), (422, expected));
    }
    assert_eq!(before, product.snapshot().await);
}

#[tokio::test]
async fn somebody_elses_workspace_and_people_are_nobodys() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let theirs = Work::of(&product, &acme).await;
    let (other, mut bob) = product.owner("bob", "other").await;
    let own = Work::of(&product, &other).await;
    let before = product.snapshot().await;
    let ids = [theirs.workspace, own.workspace].map(|id| id.to_string());
    let [foreign, mine] = [ids[0].as_str(), ids[1].as_str()];
    let project = own.project.to_string();
    let stranger = acme.user().id().to_string();
    let in_org = |fields: &[(&'static str, &str)]| {
        let mut all = vec![("org".to_owned(), "other".to_owned())];
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        all
    };
    let not_a_member = Error::field("person", contract::FieldCode::NotAMember);
    for (path, fields, expected) in [
        (
            "projects/create_project/create_project",
            in_org(&[("name", "Spy"), ("workspace", foreign), ("visibility", "workspace")]),
            Error::NotFound,
        ),
        (
            "projects/share_project/share_project",
            in_org(&[
                ("project", &project),
                ("workspace", foreign),
                ("visibility", "workspace"),
            ]),
            Error::NotFound,
        ),
        (
            "workspaces/delete_workspace/delete_workspace",
            in_org(&[
                ("workspace", mine),
                ("confirm", "Team"),
                ("projects", "workspace"),
                ("target", foreign),
            ]),
            Error::NotFound,
        ),
        (
            "workspaces/add_workspace_member/add_workspace_member",
            in_org(&[("workspace", mine), ("person", &stranger)]),
            not_a_member.clone(),
        ),
        (
            "projects/give_project/give_project",
            in_org(&[("project", &project), ("person", &stranger)]),
            not_a_member,
        ),
    ] {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let answer = bob.post(&format!("/api/app/org/{path}"), &fields).await;
        assert_eq!(answer.error(), expected, "{path}");
    }
    assert_eq!(before, product.snapshot().await);
}

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
    for (number, function) in FUNCTIONS.iter().enumerate() {
        let before = standing(&product, acme_id, user).await;
        let more = more(&acme, other_id, user);
        let more: Vec<_> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for org in ["acme", "other"] {
            let answer = function.call_with(&mut browser, &work, org, &more).await;
            assert!(!answer.status.is_server_error(), "{}: {answer:?}", function.path);
        }
        let answer = function.call_with(&mut browser, &elsewhere, "acme", &more).await;
        assert!(!answer.status.is_server_error(), "{}: {answer:?}", function.path);
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
        for (number, function) in FUNCTIONS.iter().enumerate() {
            let more = more(&acme, other.tenant().id, person.id());
            let more: Vec<_> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let slug = revive(&product, &acme).await;
            let answer = function.call_with(&mut browser, &work, &slug, &more).await;
            assert!(
                !answer.status.is_server_error(),
                "{} as {role}: {answer:?}",
                function.path
            );
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
    for function in FUNCTIONS.iter().filter(|function| function.guard.is_inside()) {
        let more = more(&acme, other.tenant().id, acme.user().id());
        let more: Vec<_> = more.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let slug = revive(&product, &acme).await;
        let answer = function.call_with(&mut ann, &work, &slug, &more).await;
        assert!(!answer.status.is_server_error(), "{}: {answer:?}", function.path);
        let after = standing(&product, other.tenant().id, nobody).await;
        assert_eq!(before, after, "{}", function.path);
    }
}
