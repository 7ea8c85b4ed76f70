//! Two-step sign-in through the door: no session before the second step, and the way on is kept.

use contract::{Error, FieldCode, staff::StaffRole};
use domain::testing::{PASSWORD, proven};
use totp_rs::{Builder, Secret};

use crate::{
    harness::{Answer, Browser, Product, SESSION},
    platform::world::staff_browser,
};

const CHALLENGE: &str = "__Host-plinth_second_factor";
pub const SETUP: &str = "/account/security/two-step";
pub const PROVE: &str = "/api/app/auth/prove_second_factor/prove_second_factor";
const REMOVE: &str = "/api/app/account/second_factor/remove_second_factor/remove_second_factor";

/// An authenticator app.
pub struct App(Secret);

impl App {
    /// Takes in what a page shows.
    fn scan(page: &Answer) -> Self {
        let (_, after) = page.body.split_once("secret=").unwrap();
        let secret = after.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap();
        Self(Secret::try_from_base32(secret).unwrap())
    }

    fn code(&self, product: &Product) -> String {
        let totp = Builder::new().with_secret(self.0.as_bytes().to_vec()).build().unwrap();
        let now = u64::try_from(product.deps.now().timestamp()).unwrap();
        totp.generate(now).to_string()
    }

    /// The code after the one that was used.
    pub fn next_code(&self, product: &Product) -> String {
        product.clock.advance(chrono::TimeDelta::seconds(30));
        self.code(product)
    }
}

/// Sets an app up, without JavaScript, and leaves the recovery codes unread.
pub async fn set_up(product: &Product, browser: &mut Browser, page: &str) -> App {
    let begun = browser
        .post_form(page, "/api/app/account/second_factor/begin_setup/begin_setup", &[])
        .await;
    assert_eq!(begun.location(), Some(SETUP), "{begun:?}");
    let app = App::scan(&browser.follow(&begun).await);
    let confirmed = browser
        .post_form(
            page,
            "/api/app/account/second_factor/confirm_setup/confirm_setup",
            &[("code", &app.code(product)), ("next", "/account/sessions")],
        )
        .await;
    let codes = browser.follow(&confirmed).await;
    assert_eq!(codes.body.matches("recovery-codes.txt").count(), 1, "{}", codes.body);
    app
}

/// Somebody with a proven address and an app.
async fn ann(product: &Product) -> (App, Browser) {
    let (user, mut browser) = product.person("ann").await;
    proven(&product.database, &user).await;
    let app = set_up(product, &mut browser, SETUP).await;
    (app, browser)
}

async fn sign_in(browser: &mut Browser, next: &str) -> Answer {
    let fields = [("email", "ann@example.test"), ("password", PASSWORD), ("next", next)];
    browser
        .post_form("/sign-in", "/api/app/auth/sign_in/sign_in", &fields)
        .await
}

#[tokio::test]
async fn a_sign_in_has_two_halves_and_one_session() {
    let product = Product::new().await;
    let (app, _) = ann(&product).await;
    let mut browser = product.browser();
    let half = sign_in(&mut browser, "/account/activity").await;
    assert_eq!(half.location(), Some("/second-factor?next=%2Faccount%2Factivity"));
    assert!(!browser.cookies.contains_key(SESSION), "no session yet");
    let cookie = half.cookie(CHALLENGE).unwrap().to_owned();
    for flag in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=300"] {
        assert!(cookie.contains(flag), "{flag}: {cookie}");
    }
    assert!(browser.get("/account/activity").await.status.is_redirection());
    let page = browser.follow(&half).await;
    assert_eq!(
        (page.status.as_u16(), page.header("cache-control")),
        (200, Some("private, no-store"))
    );
    assert!(page.body.contains("name=\"code\""), "{}", page.body);

    let from = "/second-factor?next=%2Faccount%2Factivity";
    let fields = [("code", "000000"), ("next", "/account/activity")];
    let refused = browser.post_form(from, PROVE, &fields).await;
    assert_eq!(refused.location(), Some(from));
    assert!(browser.follow(&refused).await.body.contains("This code is not right"));
    let code = app.next_code(&product);
    let fields = [("code", code.as_str()), ("next", "/account/activity")];
    let done = browser.post_form(from, PROVE, &fields).await;
    assert_eq!(done.location(), Some("/account/activity"));
    assert!(browser.cookies.contains_key(SESSION) && !browser.cookies.contains_key(CHALLENGE));
    assert_eq!(browser.get("/account/activity").await.status, 200);
    let again = product.browser().post(PROVE, &fields).await;
    assert_eq!(again.error(), Error::field("form", FieldCode::LinkExpired));
}

#[tokio::test]
async fn a_sign_in_that_took_too_long_begins_anew() {
    let product = Product::new().await;
    ann(&product).await;
    let mut browser = product.browser();
    let half = sign_in(&mut browser, "/welcome").await;
    product.clock.advance(chrono::TimeDelta::minutes(5));
    let page = browser.follow(&half).await;
    assert!(page.body.contains("This sign-in is over"), "{}", page.body);
    assert!(page.body.contains("/sign-in?next=%2Fwelcome"), "{}", page.body);
    let stranger = product.browser().get("/second-factor?next=%2Fwelcome").await;
    assert_eq!(stranger.location(), Some("/sign-in?next=%2Fwelcome"));
}

#[tokio::test]
async fn a_form_that_needs_a_fresh_factor_leads_to_it_and_back() {
    let product = Product::new().await;
    let (user, mut before) = product.person("ann").await;
    proven(&product.database, &user).await;
    let mut browser = product.browser();
    let signed_in = sign_in(&mut browser, "").await;
    assert!(browser.cookies.contains_key(SESSION), "{signed_in:?}");
    let app = set_up(&product, &mut browser, SETUP).await;
    // A session that was there already has proven nothing.
    let page = "/account/security/two-step/remove";
    let refused = before.post_form(page, REMOVE, &[]).await;
    let prove = "/second-factor?next=%2Faccount%2Fsecurity%2Ftwo-step%2Fremove";
    assert_eq!(refused.location(), Some(prove));
    assert_eq!(before.get(prove).await.status, 200);
    let code = app.next_code(&product);
    let proved = before.post_form(prove, PROVE, &[("code", &code), ("next", page)]).await;
    assert_eq!(proved.location(), Some(page));
    let removed = before.post_form(page, REMOVE, &[]).await;
    assert_eq!(removed.location(), Some("/account/security"));
    let mut browser = product.browser();
    sign_in(&mut browser, "").await;
    assert!(browser.cookies.contains_key(SESSION), "one step is enough again");
}

#[tokio::test]
async fn staff_set_one_up_before_anything_else() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    sqlx::query("update user_sessions set second_factor_at = null")
        .execute(product.database.owner())
        .await
        .unwrap();
    let sent = sue.get("/platform/staff").await;
    assert_eq!(sent.location(), Some("/second-factor?next=%2Fplatform%2Fstaff"));
    let to_set_up = sue.follow(&sent).await;
    assert_eq!(
        to_set_up.location(),
        Some("/account/security/two-step?next=%2Fplatform%2Fstaff")
    );
    assert_eq!(sue.follow(&to_set_up).await.status, 200);
    set_up(&product, &mut sue, SETUP).await;
    assert_eq!(sue.get("/platform/staff").await.status, 200);
    let kept = [("kept", "on"), ("next", "/platform/staff")];
    let keep = "/api/app/account/second_factor/keep_recovery_codes/keep_recovery_codes";
    let done = sue.post_form("/account/security/recovery-codes", keep, &kept).await;
    assert_eq!(done.location(), Some("/platform/staff"));
    let removed = sue.post(REMOVE, &[]).await;
    assert_eq!(removed.error(), Error::field("form", FieldCode::LastFactor));
    let page = sue.get("/account/security").await;
    assert!(page.body.contains("Authenticator app") && !page.body.contains("two-step/remove"));
}
