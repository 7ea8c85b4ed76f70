//! Passkeys through the door: what a browser is asked, the cookie it answers with, and what the pages say.

use contract::{Error, FieldCode, staff::StaffRole};
use domain::{
    RelyingParty,
    testing::{Authenticator, PASSWORD, proven},
};

use crate::{
    harness::{Answer, Browser, Product, SESSION, Setup},
    platform::world::staff_browser,
};

const QUESTION: &str = "__Host-plinth_passkey";
const NEW: &str = "/account/security/passkeys/new";
const BEGIN: &str = "/api/app/account/passkeys/begin_passkey/begin_passkey";
const ADD: &str = "/api/app/account/passkeys/add_passkey/add_passkey";
const REMOVE: &str = "/api/app/account/passkeys/remove_passkey/remove_passkey";
const RENAME: &str = "/api/app/account/passkeys/rename_passkey/rename_passkey";
pub const BEGIN_SIGN_IN: &str = "/api/app/auth/begin_passkey_sign_in/begin_passkey_sign_in";
pub const SIGN_IN: &str = "/api/app/auth/sign_in_by_passkey/sign_in_by_passkey";
pub const BEGIN_PROOF: &str = "/api/app/auth/begin_passkey_proof/begin_passkey_proof";
pub const PROVE: &str = "/api/app/auth/prove_by_passkey/prove_by_passkey";

fn wrong() -> Error {
    Error::field("form", FieldCode::WrongPasskey)
}

/// What the browser is asked to sign.
pub async fn question(browser: &mut Browser, path: &str) -> String {
    let answer = browser.post(path, &[]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

pub async fn add(browser: &mut Browser, device: &mut Authenticator, next: &str) -> Answer {
    let brought = device.create(&question(browser, BEGIN).await);
    let fields = [("name", "Laptop"), ("credential", &*brought), ("next", next)];
    browser.post_form(NEW, ADD, &fields).await
}

/// Somebody with a proven address and a passkey.
async fn ann(product: &Product) -> (Authenticator, Browser) {
    let (user, mut browser) = product.person("ann").await;
    proven(&product.database, &user).await;
    let mut device = Authenticator::new();
    let added = add(&mut browser, &mut device, "/account/activity").await;
    assert_eq!(
        added.location(),
        Some("/account/security/recovery-codes?next=%2Faccount%2Factivity"),
        "{added:?}"
    );
    assert_eq!(
        browser.follow(&added).await.body.matches("recovery-codes.txt").count(),
        1
    );
    (device, browser)
}

async fn by_password(browser: &mut Browser, next: &str) -> Answer {
    let fields = [("email", "ann@example.test"), ("password", PASSWORD), ("next", next)];
    browser
        .post_form("/sign-in", "/api/app/auth/sign_in/sign_in", &fields)
        .await
}

/// The one passkey's page, as the security page leads to it.
async fn page_of_one(browser: &mut Browser) -> String {
    let page = browser.get("/account/security").await.body;
    let (_, after) = page
        .match_indices("/account/security/passkeys/")
        .map(|(at, _)| page.split_at(at))
        .find(|(_, after)| !after.starts_with(NEW))
        .unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_passkey_is_added_named_and_removed() {
    let product = Product::new().await;
    let (mut device, mut browser) = ann(&product).await;
    let asked = browser.post(BEGIN, &[]).await;
    let cookie = asked.cookie(QUESTION).unwrap();
    for flag in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=300"] {
        assert!(cookie.contains(flag), "{flag}: {cookie}");
    }
    assert!(!asked.body.contains(cookie.split(['=', ';']).nth(1).unwrap()));

    let again = add(&mut browser, &mut device, "").await;
    assert_eq!(again.location(), Some(NEW));
    let kept = again.cookie("__Host-plinth_flash").unwrap();
    assert!(kept.len() < 400, "what the device has signed is not sent back: {kept}");
    let page = browser.follow(&again).await.body;
    assert!(
        page.contains("The passkey was not accepted") && page.contains(r#"value="Laptop""#),
        "{page}"
    );

    let one = page_of_one(&mut browser).await;
    let id = one.rsplit('/').next().unwrap();
    let renamed = browser
        .post_form(&one, RENAME, &[("passkey", id), ("name", "Blue key")])
        .await;
    let page = browser.follow(&renamed).await.body;
    assert!(page.contains("Blue key") && page.contains("another name"), "{page}");
    let nameless = browser.post(RENAME, &[("passkey", id), ("name", " ")]).await;
    assert_eq!(nameless.error(), Error::field("name", FieldCode::Required));

    let (_, mut bob) = product.person("bob").await;
    assert_eq!(bob.get(&one).await.status, 404);
    assert_eq!(bob.post(REMOVE, &[("passkey", id)]).await.error(), Error::NotFound);
    let removed = browser.post_form(&one, REMOVE, &[("passkey", id)]).await;
    let page = browser.follow(&removed).await.body;
    assert!(
        !page.contains("Blue key") && page.contains("The passkey is removed"),
        "{page}"
    );
    let mut fresh = product.browser();
    by_password(&mut fresh, "").await;
    assert!(fresh.cookies.contains_key(SESSION), "one step is enough again");
    let gone = device.get(&question(&mut product.browser(), BEGIN_SIGN_IN).await);
    assert_eq!(
        product.browser().post(SIGN_IN, &[("credential", &gone)]).await.error(),
        wrong()
    );
}

#[tokio::test]
async fn it_signs_in_alone_in_the_browser_that_was_asked() {
    let product = Product::new().await;
    let (mut device, _) = ann(&product).await;
    let page = product.browser().get("/sign-in?next=%2Faccount%2Factivity").await.body;
    assert!(
        page.contains("Sign in with a passkey") && page.contains(BEGIN_SIGN_IN),
        "{page}"
    );

    let mut browser = product.browser();
    let brought = device.get(&question(&mut browser, BEGIN_SIGN_IN).await);
    let fields = [("credential", &*brought), ("next", "/account/activity")];
    let stolen = product.browser().post(SIGN_IN, &fields).await;
    assert_eq!(stolen.error(), wrong(), "no cookie, no question");
    let signed_in = browser.post_form("/sign-in", SIGN_IN, &fields).await;
    assert_eq!(signed_in.location(), Some("/account/activity"));
    assert!(browser.cookies.contains_key(SESSION));
    assert_eq!(browser.get("/account/activity").await.status, 200);
    let mut again = product.browser();
    again
        .cookies
        .insert(QUESTION.to_owned(), browser.cookies[QUESTION].clone());
    assert_eq!(again.post(SIGN_IN, &fields).await.error(), wrong(), "answered once");

    for (claim, lie) in [
        (
            "page",
            (|device| device.origin = "https://evil.example".to_owned()) as fn(&mut Authenticator),
        ),
        ("domain", |device| device.domain = "evil.example".to_owned()),
        ("nobody verified", |device| device.verifies = false),
    ] {
        let mut lying = device.clone();
        lie(&mut lying);
        let mut browser = product.browser();
        let brought = lying.get(&question(&mut browser, BEGIN_SIGN_IN).await);
        let refused = browser
            .post_form("/sign-in", SIGN_IN, &[("credential", &brought)])
            .await;
        assert_eq!(refused.location(), Some("/sign-in"), "{claim}");
        assert!(
            browser
                .follow(&refused)
                .await
                .body
                .contains("The passkey was not accepted")
        );
        assert!(!browser.cookies.contains_key(SESSION), "{claim}");
    }
    let mut late = product.browser();
    let brought = device.get(&question(&mut late, BEGIN_SIGN_IN).await);
    product.clock.advance(chrono::TimeDelta::minutes(5));
    assert_eq!(late.post(SIGN_IN, &[("credential", &brought)]).await.error(), wrong());
}

#[tokio::test]
async fn it_is_the_second_half_of_a_sign_in() {
    let product = Product::new().await;
    let (mut device, _) = ann(&product).await;
    let mut browser = product.browser();
    let half = by_password(&mut browser, "/account/activity").await;
    assert_eq!(half.location(), Some("/second-factor?next=%2Faccount%2Factivity"));
    let page = browser.follow(&half).await.body;
    assert!(
        page.contains("Use a passkey") && page.contains("Use a recovery code"),
        "{page}"
    );
    assert!(
        page.contains("Passkeys need JavaScript") && !page.contains("Code from your app"),
        "{page}"
    );
    let recovery = browser
        .get("/second-factor?next=%2Faccount%2Factivity&recovery")
        .await
        .body;
    assert!(recovery.contains("Recovery code"), "{recovery}");

    // Bob has come as far with a question of his own.
    let (user, mut bob) = product.person("bob").await;
    proven(&product.database, &user).await;
    let mut his = Authenticator::new();
    add(&mut bob, &mut his, "").await;
    let his_brought = his.get(&question(&mut bob, BEGIN_PROOF).await);
    browser
        .cookies
        .insert(QUESTION.to_owned(), bob.cookies[QUESTION].clone());
    let refused = browser.post(PROVE, &[("credential", &his_brought)]).await;
    assert_eq!(refused.error(), wrong());

    let brought = device.get(&question(&mut browser, BEGIN_PROOF).await);
    let from = "/second-factor?next=%2Faccount%2Factivity";
    let fields = [("credential", &*brought), ("next", "/account/activity")];
    let done = browser.post_form(from, PROVE, &fields).await;
    assert_eq!(done.location(), Some("/account/activity"));
    assert!(browser.cookies.contains_key(SESSION));
    let over = product.browser().post(PROVE, &fields).await;
    assert_eq!(over.error(), Error::field("form", FieldCode::LinkExpired));
}

#[tokio::test]
async fn staff_enrol_by_a_passkey_and_keep_the_last_one() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    sqlx::query("update user_sessions set second_factor_at = null")
        .execute(product.database.owner())
        .await
        .unwrap();
    let sent = sue.get("/platform/staff").await;
    let to_set_up = sue.follow(&sent).await;
    let set_up = sue.follow(&to_set_up).await.body;
    let instead = "/account/security/passkeys/new?next=%2Fplatform%2Fstaff";
    assert!(set_up.contains(instead), "{set_up}");
    assert_eq!(sue.get(instead).await.status, 200);
    let mut device = Authenticator::new();
    add(&mut sue, &mut device, "/platform/staff").await;
    assert_eq!(sue.get("/platform/staff").await.status, 200);

    let one = page_of_one(&mut sue).await;
    let page = sue.get(&one).await.body;
    assert!(
        page.contains("Staff keep a second factor") && !page.contains(REMOVE),
        "{page}"
    );
    let id = one.rsplit('/').next().unwrap();
    let kept = sue.post(REMOVE, &[("passkey", id)]).await;
    assert_eq!(kept.error(), Error::field("form", FieldCode::LastFactor));

    product
        .clock
        .advance(domain::actor::FRESH_FACTOR + chrono::TimeDelta::seconds(1));
    assert_eq!(sue.get("/second-factor?next=%2Fplatform").await.status, 200);
    let brought = device.get(&question(&mut sue, BEGIN_PROOF).await);
    let fields = [("credential", &*brought), ("next", "/platform")];
    let proven = sue.post_form("/second-factor?next=%2Fplatform", PROVE, &fields).await;
    assert_eq!(proven.location(), Some("/platform"));
    let fresh = sue.get("/second-factor?next=%2Fplatform").await;
    assert_eq!(fresh.location(), Some("/platform"), "a passkey is a fresh factor");
}

#[tokio::test]
async fn under_an_address_without_a_domain_the_pages_say_so() {
    let product = Product::with(Setup {
        passkeys: Some(RelyingParty::of("http://127.0.0.1:3000")),
        ..Setup::default()
    })
    .await;
    let (user, mut browser) = product.person("ann").await;
    proven(&product.database, &user).await;
    for path in ["/account/security", NEW] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("belong to a domain name"), "{path}: {}", page.body);
        assert!(!page.body.contains(BEGIN), "{path}");
    }
    let page = browser.get("/account/security/two-step").await.body;
    assert!(!page.contains(NEW), "{page}");
    let page = product.browser().get("/sign-in").await.body;
    assert!(!page.contains("passkey"), "{page}");
    assert_eq!(browser.post(BEGIN, &[]).await.error(), Error::NotFound);
}
