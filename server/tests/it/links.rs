//! The links that are mailed, from the form that asks for one to the page it leads to.

use domain::mail::{Mail, compose};
use sqlx::types::Json;

use crate::harness::{Answer, BASE_URL, Browser, Product, SESSION, form};

const REQUEST: &str = "/api/app/auth/request_magic_link/request_magic_link";
const REDEEM: &str = "/api/app/auth/redeem_magic_link/redeem_magic_link";
const VERIFY: &str = "/api/app/auth/verify_email/verify_email";
const RESET: &str = "/api/app/auth/reset_password/reset_password";

/// Where the link in a mail leads that waits in the queue, as the worker writes it.
pub async fn mailed(product: &Product, kind: &str) -> String {
    let Json(mail): Json<Mail> = sqlx::query_scalar(
        "select payload::jsonb -> 'mail' from graphile_worker._private_jobs where payload::jsonb -> 'mail' ? $1",
    )
    .bind(kind)
    .fetch_one(product.database.owner())
    .await
    .unwrap();
    let written = compose(&product.database.platform(), &product.deps, BASE_URL, &mail)
        .await
        .unwrap()
        .unwrap();
    let start = written.text.find(BASE_URL).unwrap() + BASE_URL.len();
    written.text[start..].split_whitespace().next().unwrap().to_owned()
}

/// Presses the button of the page that the link opens, with what its hidden fields hold.
async fn follow(browser: &mut Browser, link: &str) -> Answer {
    press(browser, link, REDEEM).await
}

async fn press(browser: &mut Browser, link: &str, action: &str) -> Answer {
    let page = browser.get(link).await;
    assert_eq!(page.status, 200);
    let (_, query) = link.split_once('?').unwrap();
    let fields: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    for (name, value) in &fields {
        let value = value.replace('&', "&amp;");
        assert!(
            page.body.contains(&format!(r#"name="{name}" value="{value}""#)),
            "{name}: {}",
            page.body
        );
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    browser.post_form(link, action, &fields).await
}

#[tokio::test]
async fn who_asks_for_a_link_instead_lands_where_they_were_going() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    let next = "/o/acme/settings/general?a=1&b=2";
    let mut browser = product.browser();
    let turned_away = browser.get(next).await;
    let sign_in = browser.follow(&turned_away).await;
    let page = format!("/magic-link?{}", form(&[("next", next)]));
    assert!(sign_in.body.contains(&format!(r#"href="{page}""#)), "{}", sign_in.body);
    assert!(browser.get(&page).await.body.contains(r#"name="next""#));

    let asked = [("email", "ann@example.test"), ("next", next)];
    let answer = browser.post_form(&page, REQUEST, &asked).await;
    let sent = format!("{page}&sent");
    assert_eq!(answer.location(), Some(&*sent), "from where one can ask again");
    let told = browser.follow(&answer).await.body;
    assert!(told.contains("ann@example.test") && told.contains(&format!(r#"href="{page}""#)));
    // The mail is read on another device.
    let mut phone = product.browser();
    let arrived = follow(&mut phone, &mailed(&product, "MagicLink").await).await;
    assert_eq!(arrived.location(), Some(next));
    assert_eq!(phone.get(next).await.status, 200);
}

#[tokio::test]
async fn a_link_leads_nowhere_else() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    for next in [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/api/app/x",
        "",
    ] {
        let asked = [("email", "ann@example.test"), ("next", next)];
        product.browser().post_form("/magic-link", REQUEST, &asked).await;
        product.clock.advance(chrono::TimeDelta::minutes(15));
        let link = mailed(&product, "MagicLink").await;
        assert!(!link.contains("next"), "{link}");
        // Nor does one that somebody has written on to.
        let (_, token) = link.split_once("token=").unwrap();
        let fields = [("token", token), ("next", next)];
        let arrived = product.browser().post_form(&link, REDEEM, &fields).await;
        assert_eq!(arrived.location(), Some("/o/acme/projects"), "{next:?}");
    }
}

#[tokio::test]
async fn a_link_that_is_too_old_says_so_and_keeps_where_one_was_going() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    let next = "/o/acme/projects?page=1";
    let asked = [("email", "ann@example.test"), ("next", next)];
    let mut browser = product.browser();
    browser.post_form("/magic-link", REQUEST, &asked).await;
    let link = mailed(&product, "MagicLink").await;
    product.clock.advance(chrono::TimeDelta::minutes(30));
    let refused = follow(&mut browser, &link).await;
    let page = browser.follow(&refused).await;
    assert!(page.body.contains("no longer works"), "{}", page.body);
    let again = format!(r#"href="/magic-link?{}""#, form(&[("next", next)]));
    assert!(page.body.contains(&again), "{}", page.body);
}

#[tokio::test]
async fn a_new_password_voids_the_other_links_and_a_weak_one_is_told_at_its_field() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    let ask = [("email", "ann@example.test")];
    product.browser().post(REQUEST, &ask).await;
    let magic = mailed(&product, "MagicLink").await;
    let forgot = "/api/app/auth/forgot_password/forgot_password";
    product.browser().post(forgot, &ask).await;
    let link = mailed(&product, "ResetPassword").await;
    let (_, token) = link.split_once("token=").unwrap();

    let mut browser = product.browser();
    let weak = [("token", token), ("password", "ann@example.test")];
    let refused = browser.post(RESET, &weak).await;
    let guessable = contract::Error::field("password", contract::FieldCode::Guessable);
    assert_eq!((refused.status.as_u16(), refused.error()), (422, guessable));
    let nobodys = [("token", "no link at all"), ("password", "ann@example.test")];
    let refused = browser.post(RESET, &nobodys).await;
    let expired = contract::Error::field("form", contract::FieldCode::LinkExpired);
    assert_eq!(refused.error(), expired, "tells nothing of anybody");

    let strong = [("token", token), ("password", "another fine horse battery 77")];
    let arrived = browser.post_form(&link, RESET, &strong).await;
    assert_eq!(arrived.location(), Some("/o/acme/projects"));
    let mut other = product.browser();
    let refused = follow(&mut other, &magic).await;
    assert!(other.follow(&refused).await.body.contains("no longer works"));
}

const SIGN_IN: &str = "/api/app/auth/sign_in/sign_in";

async fn sign_in(browser: &mut Browser, name: &str) -> Answer {
    let email = format!("{name}@example.test");
    let fields = [("email", &*email), ("password", domain::testing::PASSWORD)];
    browser.post_form("/sign-in", SIGN_IN, &fields).await
}

#[tokio::test]
async fn who_signed_up_with_somebody_elses_address_is_out_when_the_owner_comes_in_by_a_link() {
    let product = Product::new().await;
    let (_, mut squatter) = product.person("ann").await;
    assert_eq!(squatter.get("/welcome").await.status, 200);
    let mut owner = product.browser();
    owner.post(REQUEST, &[("email", "ann@example.test")]).await;
    let arrived = follow(&mut owner, &mailed(&product, "MagicLink").await).await;
    assert_eq!(arrived.location(), Some("/welcome"));
    let told = "The password from before and all devices are removed";
    assert!(owner.follow(&arrived).await.body.contains(told));

    assert_eq!(
        squatter.get("/welcome").await.location(),
        Some("/sign-in?next=%2Fwelcome")
    );
    let refused = sign_in(&mut squatter, "ann").await;
    assert_eq!(refused.location(), Some("/sign-in"));
    assert_eq!(owner.get("/welcome").await.status, 200);

    // Once it is proven, a link ends nothing.
    product.clock.advance(chrono::TimeDelta::minutes(15));
    owner.post(REQUEST, &[("email", "ann@example.test")]).await;
    let mut phone = product.browser();
    let arrived = follow(&mut phone, &mailed(&product, "MagicLink").await).await;
    assert!(!phone.follow(&arrived).await.body.contains(told));
    assert_eq!(owner.get("/welcome").await.status, 200);
}

#[tokio::test]
async fn an_address_is_verified_only_by_who_can_sign_in_to_its_account() {
    let product = Product::new().await;
    let (_, mut signed_up) = product.person("ann").await;
    let (_, mut bob) = product.person("bob").await;
    let proven = "users where email_verified_at is not null";
    sqlx::query(
        "delete from graphile_worker._private_jobs where payload::text not like '%VerifyEmail%' or key not like $1",
    )
    .bind(format!("%{}", id_of(&product, "ann").await))
    .execute(product.database.owner())
    .await
    .unwrap();
    let link = mailed(&product, "VerifyEmail").await;
    let (_, token) = link.split_once("token=").unwrap();
    let fields = [("token", token)];

    let mut other = product.browser();
    let page = other.get(&link).await;
    assert!(!page.body.contains(VERIFY), "{}", page.body);
    let back = format!("/sign-in?{}", form(&[("next", &link)]));
    assert!(page.body.contains(&format!(r#"href="{back}""#)), "{}", page.body);
    assert!(page.body.contains(r#"href="/forgot-password""#));
    assert_eq!(other.post(VERIFY, &fields).await.status, 401);
    let refused = press(&mut bob, &link, VERIFY).await;
    let told = bob.follow(&refused).await.body;
    assert!(
        told.contains("another account") && told.contains("bob@example.test"),
        "{told}"
    );
    assert_eq!(product.database.count(proven).await, 0);

    // Who knows the password signs in there and presses the button.
    let email = ("email", "ann@example.test");
    let password = ("password", domain::testing::PASSWORD);
    let came_in = other
        .post_form(&back, SIGN_IN, &[email, password, ("next", &link)])
        .await;
    assert_eq!(came_in.location(), Some(&*link));
    let verified = press(&mut other, &link, VERIFY).await;
    assert_eq!(verified.location(), Some("/welcome"));
    assert_eq!(product.database.count(proven).await, 1);
    assert_eq!(signed_up.get("/welcome").await.status, 200);
    sign_in(&mut product.browser(), "ann").await.cookie(SESSION).unwrap();
}

async fn id_of(product: &Product, name: &str) -> uuid::Uuid {
    sqlx::query_scalar("select id from users where email = $1::text::citext")
        .bind(format!("{name}@example.test"))
        .fetch_one(product.database.owner())
        .await
        .unwrap()
}

/// Ann, whose account has lost the password it was made with, on a device that is signed in.
async fn without_password(product: &Product) -> Browser {
    let (_, browser) = product.person("ann").await;
    for change in [
        "delete from user_accounts",
        "update users set email_verified_at = created_at",
    ] {
        sqlx::query(change).execute(product.database.owner()).await.unwrap();
    }
    browser
}

const CURRENT: &str = r#"name="current_password""#;

#[tokio::test]
async fn who_has_no_password_sets_one_by_a_mailed_link() {
    let product = Product::new().await;
    let mut ann = without_password(&product).await;
    let security = ann.get("/account/security").await.body;
    assert!(!security.contains(CURRENT), "{security}");
    assert!(security.contains("You have no password") && security.contains("ann@example.test"));
    let forgot = "/api/app/auth/forgot_password/forgot_password";
    assert!(security.contains(forgot) && security.contains(r#"type="hidden" name="email" value="ann@example.test""#));
    let asked = ann
        .post_form("/account/security", forgot, &[("email", "ann@example.test")])
        .await;
    assert_eq!(asked.location(), Some("/forgot-password?sent"));
    assert!(ann.follow(&asked).await.body.contains("ann@example.test"));
    let link = mailed(&product, "ResetPassword").await;
    let (_, token) = link.split_once("token=").unwrap();
    let chosen = [("token", token), ("password", "another fine horse battery 77")];
    ann.post_form(&link, RESET, &chosen).await.cookie(SESSION).unwrap();
    let security = ann.get("/account/security").await.body;
    assert!(
        security.contains(CURRENT) && !security.contains("You have no password"),
        "{security}"
    );
}

#[tokio::test]
async fn who_has_no_password_signs_in_again_by_a_link_and_can_go() {
    let product = Product::new().await;
    let mut ann = without_password(&product).await;
    product.clock.advance(chrono::TimeDelta::minutes(16));
    let close = ann.get("/account/close").await.body;
    assert!(!close.contains(r#"type="password""#), "{close}");
    let again = "/sign-in?next=%2Faccount%2Fclose&amp;again";
    assert!(close.contains(again), "{close}");
    let delete = "/api/app/account/delete_account/delete_account";
    let confirm = [("confirm", "ann@example.test")];
    assert_eq!(
        ann.post(delete, &confirm).await.error(),
        contract::Error::RecentSignInRequired
    );

    let again = again.replace("&amp;", "&");
    let page = ann.get(&again).await.body;
    assert!(!page.contains(r#"type="password""#) && page.contains(REQUEST), "{page}");
    let asked = [("email", "ann@example.test"), ("next", "/account/close")];
    ann.post_form(&again, REQUEST, &asked).await;
    let back = follow(&mut ann, &mailed(&product, "MagicLink").await).await;
    assert_eq!(back.location(), Some("/account/close"));
    let gone = ann.post_form("/account/close", delete, &confirm).await;
    assert_eq!(gone.location(), Some("/goodbye?account=deleted"));
}
