//! Two programs over one database: what was ended at one of them is over at the other, from the next request on.

use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use crate::{
    browser::{Answer, Browser},
    program::{Program, Setting},
};

const PASSWORD: &str = "correct horse battery staple 42";

/// Both have the same.
fn secret() -> Setting {
    ("PLINTH_SECRET", "what both nodes know and nobody else".to_owned())
}

/// The first starts the database, the second is told where it is.
fn second_node_of(first: &Program) -> Program {
    let password = std::fs::read_to_string(first.folder().join("postgres/password")).unwrap();
    let port = &first.postmaster()[3];
    let url = format!("postgres://postgres:{}@127.0.0.1:{port}/plinth", password.trim());
    Program::new(vec![secret(), ("DATABASE_URL", url)])
}

async fn post(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) {
    let answer = browser.post(path, fields).await.unwrap();
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
}

async fn welcome(browser: &Browser) -> Answer {
    browser.get("/welcome").await.unwrap()
}

/// Both, and the database under them.
async fn two_nodes() -> (Program, Program, PgPool) {
    let mut one = Program::new(vec![secret()]);
    one.start();
    let mut two = second_node_of(&one);
    two.start();
    let owner = one.owner().await;
    (one, two, owner)
}

async fn sign_up(node: &Program, name: &str) -> Browser {
    let mut browser = Browser::new(node.address(), "2001:db8::1".to_owned());
    let email = format!("{name}@example.test");
    let person = [
        ("name", name),
        ("email", &email),
        ("password", PASSWORD),
        ("terms", "on"),
    ];
    post(&mut browser, "/api/app/auth/sign_up/sign_up", &person).await;
    browser
}

async fn id_of(owner: &PgPool, table: &str, which: &str) -> String {
    let id: Uuid = sqlx::query_scalar(AssertSqlSafe(format!("select id from {table} where {which}")))
        .fetch_one(owner)
        .await
        .unwrap();
    id.to_string()
}

/// How somebody comes to be of the staff, and proves a second factor, is not what is tried here.
async fn staff(node: &Program, owner: &PgPool, name: &str, role: &str) -> Browser {
    let browser = sign_up(node, name).await;
    for made in [
        "insert into platform_role_assignments (id, user_id, role, granted_at) \
         select gen_random_uuid(), id, $2, now() from users where name = $1",
        "update user_sessions s set second_factor_at = now() from users u \
         where u.id = s.user_id and u.name = $1 and $2 <> ''",
    ] {
        sqlx::query(made).bind(name).bind(role).execute(owner).await.unwrap();
    }
    browser
}

/// Somebody of the staff who looks at the organization as its owner does.
async fn visitor(node: &Program, owner: &PgPool, name: &str) -> Browser {
    let mut browser = staff(node, owner, name, "support").await;
    let fields = [
        ("tenant", &*id_of(owner, "tenants", "slug = 'acme'").await),
        ("user", &*id_of(owner, "users", "name = 'ann'").await),
        ("reason", "They cannot find their project"),
    ];
    post(
        &mut browser,
        "/api/app/platform/visits/begin_visit/begin_visit",
        &fields,
    )
    .await;
    browser
}

/// What somebody on a visit gets at each of the nodes.
async fn looks(browser: &Browser, nodes: [&Program; 2]) -> [u16; 2] {
    let [one, two] = nodes.map(|node| browser.at(node.address()));
    let look = async |browser: Browser| browser.get("/o/acme/projects").await.unwrap().status;
    [look(one).await, look(two).await]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_visit_that_is_ended_at_one_node_and_a_place_on_the_staff_are_over_at_the_other() {
    let (mut one, mut two, owner) = two_nodes().await;
    let mut ann = sign_up(&one, "ann").await;
    let acme = [("name", "Acme"), ("slug", "acme")];
    post(&mut ann, "/api/app/org/create_organization/create_organization", &acme).await;
    let nodes = [&one, &two];

    let sue = visitor(&one, &owner, "sue").await;
    assert_eq!(looks(&sue, nodes).await, [200, 200], "each node knows the visit");
    let visit = id_of(&owner, "platform_impersonation_sessions", "ended_at is null").await;
    let fields = [("org", "acme"), ("visit", &visit)];
    post(
        &mut ann.at(two.address()),
        "/api/app/org/access/end_visit/end_visit",
        &fields,
    )
    .await;
    assert_eq!(looks(&sue, nodes).await, [404, 404]);
    let over = sue.get("/o/acme/projects").await.unwrap().body;
    assert!(over.contains("Your visit of Acme is over"), "{over}");

    let mut tom = staff(&two, &owner, "tom", "superadmin").await;
    for (name, path, role, afterwards) in [
        ("kim", "change_staff_role/change_staff_role", Some("auditor"), 404),
        // Signed out as well.
        ("lee", "end_staff/end_staff", None, 302),
    ] {
        let visitor = visitor(&one, &owner, name).await;
        assert_eq!(looks(&visitor, nodes).await, [200, 200], "{name}");
        let user = id_of(&owner, "users", &format!("name = '{name}'")).await;
        let mut fields = vec![("user", &*user)];
        fields.extend(role.map(|role| ("role", role)));
        post(&mut tom, &format!("/api/app/platform/staff/{path}"), &fields).await;
        assert_eq!(looks(&visitor, nodes).await, [afterwards; 2], "{name}");
        let open: i64 =
            sqlx::query_scalar("select count(*) from platform_impersonation_sessions where ended_at is null")
                .fetch_one(&owner)
                .await
                .unwrap();
        assert_eq!(open, 0, "{name}");
    }
    owner.close().await;
    assert!(two.stop() && one.stop(), "told to stop, both end well");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_is_revoked_at_one_node_is_out_at_the_others_next_request() {
    let (mut one, mut two, owner) = two_nodes().await;
    let laptop = sign_up(&one, "ann").await;
    let laptop_at_two = laptop.at(two.address());
    assert_eq!(welcome(&laptop_at_two).await.status, 200, "each node knows the session");
    let session: Uuid = sqlx::query_scalar("select id from user_sessions")
        .fetch_one(&owner)
        .await
        .unwrap();

    let mut phone = Browser::new(two.address(), "2001:db8::2".to_owned());
    let credentials = [("email", "ann@example.test"), ("password", PASSWORD), ("next", "")];
    post(&mut phone, "/api/app/auth/sign_in/sign_in", &credentials).await;
    let laptops = session.to_string();
    let revoke = "/api/app/account/revoke_session/revoke_session";
    post(&mut phone, revoke, &[("session", &laptops)]).await;

    for turned_away in [welcome(&laptop).await, welcome(&laptop_at_two).await] {
        assert_eq!(turned_away.status, 302, "{}", turned_away.body);
    }
    assert_eq!(welcome(&phone.at(one.address())).await.status, 200);
    owner.close().await;
    assert!(two.stop() && one.stop(), "told to stop, both end well");
}
