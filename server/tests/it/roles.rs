//! Roles of one's own, by the forms of their pages.

use contract::{Error, FieldCode, iam::Permission, ids::RoleId};
use domain::testing::{custom_role, join, join_as, role_of};

use crate::harness::{Answer, Browser, Product};

const CREATE: &str = "/api/app/org/roles/create_role/create_role";
const UPDATE: &str = "/api/app/org/roles/update_role/update_role";
const DELETE: &str = "/api/app/org/roles/delete_role/delete_role";

/// The tag of the checkbox for a permission.
fn checkbox<'a>(page: &'a Answer, key: &str) -> &'a str {
    let value = format!("value=\"{key}\"");
    page.body
        .split("<input")
        .map(|rest| rest.split('>').next().unwrap())
        .find(|tag| tag.contains("permissions[]") && tag.contains(&value))
        .unwrap_or_else(|| panic!("no checkbox for {key}"))
}

#[tokio::test]
async fn one_gives_out_what_one_has_and_nothing_else() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let (bob, mut admin) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "admin").await;
    let page = admin.get("/o/acme/settings/roles/new?from=owner").await;
    assert!(checkbox(&page, "tenant.delete").contains("disabled"));
    assert!(!checkbox(&page, "tenant.delete").contains("checked"));
    assert!(checkbox(&page, "projects.delete").contains("checked"));
    assert!(page.body.contains("You do not have this yourself."));
    assert!(page.body.contains("They are left out of yours."));

    let more = [
        ("org", "acme"),
        ("name", "Above"),
        ("permissions[]", "projects.read"),
        ("permissions[]", "tenant.delete"),
    ];
    let told = admin.post(CREATE, &more).await;
    let above = Error::field("permissions", FieldCode::AboveOwnRights);
    assert_eq!((told.status.as_u16(), told.error()), (422, above));
    let unknown = [("org", "acme"), ("name", "Odd"), ("permissions[]", "projects.sell")];
    let told = admin.post(CREATE, &unknown).await;
    assert_eq!(told.error(), Error::field("permissions", FieldCode::Malformed));
    // What decides over a role is not taken from a form.
    let own = [
        ("org", "acme"),
        ("name", "Plain"),
        ("permissions[]", "projects.read"),
        ("key", "owner"),
        ("is_default", "true"),
        ("tenant_id", "00000000-0000-0000-0000-000000000000"),
    ];
    assert_eq!(admin.post(CREATE, &own).await.status, 200);
    let plain = "iam_roles where name = 'Plain' and not is_default and key <> 'owner'";
    assert_eq!(product.database.count(plain).await, 1);
    assert_eq!(product.database.count("iam_roles where not is_default").await, 1);
}

#[tokio::test]
async fn a_refused_form_comes_back_as_it_was() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let from = "/o/acme/settings/roles/new?from=member";
    let form = [
        ("org", "acme"),
        ("name", "Member"),
        ("description", "Keeps the books."),
        ("permissions[]", "billing.read"),
        ("permissions[]", "tasks.create"),
    ];
    let refused = ann.post_form(from, CREATE, &form).await;
    let page = ann.follow(&refused).await;
    assert!(page.body.contains("already taken") && page.body.contains("Keeps the books."));
    assert!(checkbox(&page, "billing.read").contains("checked"));
    assert!(!checkbox(&page, "projects.create").contains("checked"));
    let none = [("org", "acme"), ("name", "Idle")];
    let refused = ann.post_form(from, CREATE, &none).await;
    let page = ann.follow(&refused).await;
    assert!(page.body.contains("permissions-error"), "{}", page.body);
    assert!(!checkbox(&page, "projects.create").contains("checked"));
}

fn version_in(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"version\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn nobody_overwrites_what_they_have_not_seen() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let role = custom_role(&product.deps, &acme, "Scribe", &[Permission::ProjectsRead]).await;
    let here = format!("/o/acme/settings/roles/{role}");
    let seen = version_in(&ann.get(&here).await);
    let save = async |browser: &mut Browser, version: &str, name: &str, right: &str| {
        let role = role.to_string();
        let form = [
            ("org", "acme"),
            ("role", role.as_str()),
            ("version", version),
            ("name", name),
            ("permissions[]", right),
        ];
        let answer = browser.post_form(&here, UPDATE, &form).await;
        browser.follow(&answer).await
    };
    let first = save(&mut ann, &seen, "Clerk", "tasks.create").await;
    assert!(first.body.contains("The role is saved."));
    let second = save(&mut ann, &seen, "Typist", "tasks.delete").await;
    assert!(
        second.body.contains("Somebody else has saved this role"),
        "{}",
        second.body
    );
    assert!(second.body.contains("value=\"Clerk\"") && !second.body.contains("Typist"));
    assert!(checkbox(&second, "tasks.create").contains("checked"));
    let third = save(&mut ann, &version_in(&second), "Typist", "tasks.delete").await;
    assert!(third.body.contains("The role is saved.") && third.body.contains("Typist"));
}

#[tokio::test]
async fn a_role_goes_and_its_people_stay() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let read = [Permission::ProjectsRead];
    let role = custom_role(&product.deps, &acme, "Scribe", &read).await;
    let other = custom_role(
        &product.deps,
        &acme,
        "Clerk",
        &[Permission::ProjectsRead, Permission::TasksCreate],
    )
    .await;
    let owner = role_of(&product.database, &acme, "owner").await;
    let (bob, mut scribe) = product.person("bob").await;
    join_as(&product.database, &product.deps, &acme, &bob, role).await;
    assert!(!scribe.get("/o/acme/projects").await.body.contains("/settings/roles"));

    let here = format!("/o/acme/settings/roles/{role}/delete");
    let page = ann.get(&here).await;
    assert!(page.body.contains("It is held by: 1 person."), "{}", page.body);
    assert!(page.body.contains(&other.to_string()) && !page.body.contains(&owner.to_string()));
    let form = |target: Option<RoleId>| {
        [
            ("org", "acme".to_owned()),
            ("role", role.to_string()),
            ("target", target.map_or_else(String::new, |target| target.to_string())),
        ]
    };
    let send = async |browser: &mut Browser, target| {
        let form = form(target);
        let fields = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        let answer = browser.post_form(&here, DELETE, &fields).await;
        browser.follow(&answer).await
    };
    let asked = send(&mut ann, None).await;
    assert!(asked.body.contains("target-error"), "{}", asked.body);
    let gone = send(&mut ann, Some(other)).await;
    assert!(gone.body.contains("The role is deleted."));
    assert_eq!(ann.get(&here).await.status, 404);
    let held = format!("tenant_members where user_id = '{}' and role_id = '{other}'", bob.id());
    assert_eq!(product.database.count(&held).await, 1);
    // From the next request on.
    let projects = scribe.get("/o/acme/projects").await;
    assert_eq!(projects.status, 200);
}

#[tokio::test]
async fn who_locks_themselves_out_is_led_to_where_they_may_be() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let rights = [Permission::ProjectsRead, Permission::RolesRead, Permission::RolesManage];
    let role = custom_role(&product.deps, &acme, "Keeper", &rights).await;
    let (bob, mut keeper) = product.person("bob").await;
    join_as(&product.database, &product.deps, &acme, &bob, role).await;
    let here = format!("/o/acme/settings/roles/{role}");
    let page = keeper.get(&here).await;
    assert!(page.body.contains("This is your own role."));
    let (id, version) = (role.to_string(), version_in(&page));
    let form = [
        ("org", "acme"),
        ("role", id.as_str()),
        ("version", version.as_str()),
        ("name", "Keeper"),
        ("permissions[]", "projects.read"),
    ];
    let saved = keeper.post_form(&here, UPDATE, &form).await;
    assert_eq!(saved.location(), Some("/o/acme/projects"));
    assert_eq!(keeper.follow(&saved).await.status, 200);
    assert_eq!(keeper.get(&here).await.status, 403);
}

#[tokio::test]
async fn a_role_that_is_deleted_before_it_is_given_is_told() {
    let product = Product::new().await;
    let (acme, mut owner) = product.owner("ann", "acme").await;
    let (bob, _) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    let role = custom_role(&product.deps, &acme, "Short-lived", &[Permission::ProjectsRead])
        .await
        .to_string();
    let person = bob.id().to_string();
    let page = format!("/o/acme/people/{person}/role?role={role}");
    assert!(owner.get(&page).await.body.contains("Make Short-lived"));
    owner.post(DELETE, &[("org", "acme"), ("role", &role)]).await;
    let give = "/api/app/org/people/change_role/change_role";
    let fields = [("org", "acme"), ("person", &*person), ("role", &*role)];
    let refused = owner.post_form(&page, give, &fields).await;
    let told = owner.follow(&refused).await.body;
    assert!(
        told.contains(r#"id="refusals""#) && told.contains("Choose a role"),
        "{told}"
    );
}
