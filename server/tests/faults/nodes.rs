//! Two programs over one database: what was ended at one of them is over at the other, from the next request on.

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_is_revoked_at_one_node_is_out_at_the_others_next_request() {
    let mut one = Program::new(vec![secret()]);
    one.start();
    let mut two = second_node_of(&one);
    two.start();
    let mut laptop = Browser::new(one.address(), "2001:db8::1".to_owned());
    let ann = [
        ("name", "Ann"),
        ("email", "ann@example.test"),
        ("password", PASSWORD),
        ("terms", "on"),
    ];
    post(&mut laptop, "/api/app/auth/sign_up/sign_up", &ann).await;
    let laptop_at_two = laptop.at(two.address());
    assert_eq!(welcome(&laptop_at_two).await.status, 200, "each node knows the session");
    let session: Uuid = sqlx::query_scalar("select id from user_sessions")
        .fetch_one(&one.owner().await)
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
    assert!(two.stop() && one.stop(), "told to stop, both end well");
}
