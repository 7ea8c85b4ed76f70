//! While the whole house is closed staff come in by whatever proves them, and nobody else begins a session by the same.

use contract::{maintenance::MaintenanceLevel, staff::StaffRole};
use domain::{
    maintenance::{Scope, testing::close},
    testing::{Authenticator, PASSWORD, proven, staff},
};

use super::world::staff_browser;
use crate::{
    harness::{Answer, Browser, Product, SESSION},
    passkeys::{self, question},
    second_factor::{self, SETUP, set_up},
};

const PROOF: &str = "/second-factor?next=%2Fplatform";

async fn close_all(product: &Product) {
    let chief = staff(&product.database, &product.deps, "chief", StaffRole::Superadmin).await;
    close(&chief, &product.deps, Scope::Everything, MaintenanceLevel::Closed).await;
    assert_eq!(product.browser().get("/pricing").await.status, 503);
}

async fn by_password(browser: &mut Browser, name: &str) -> Answer {
    let email = format!("{name}@example.test");
    let fields = [("email", &*email), ("password", PASSWORD), ("next", "/platform")];
    browser
        .post_form("/sign-in", "/api/app/auth/sign_in/sign_in", &fields)
        .await
}

/// The page they were going to, and what is closed to everybody else.
async fn assert_in(browser: &mut Browser, arrived: &Answer) {
    assert_eq!(arrived.location(), Some("/platform"), "{arrived:?}");
    for page in ["/platform", "/pricing"] {
        let answer = browser.get(page).await;
        assert_eq!(answer.status, 200, "{page}: {answer:?}");
    }
}

#[tokio::test]
async fn staff_come_in_by_password_and_code() {
    let product = Product::new().await;
    let mut desk = staff_browser(&product, "sam", StaffRole::Support).await;
    let app = set_up(&product, &mut desk, SETUP).await;
    close_all(&product).await;
    let mut browser = product.browser();
    let half = by_password(&mut browser, "sam").await;
    assert_eq!(half.location(), Some(PROOF), "{half:?}");
    assert!(!browser.cookies.contains_key(SESSION), "half of it opens nothing");
    assert_eq!(browser.follow(&half).await.status, 200);
    assert_eq!(browser.get("/pricing").await.status, 503);
    let wrong = [("code", "000000"), ("next", "/platform")];
    let refused = browser.post_form(PROOF, second_factor::PROVE, &wrong).await;
    assert_eq!(refused.location(), Some(PROOF), "{refused:?}");
    let code = app.next_code(&product);
    let right = [("code", &*code), ("next", "/platform")];
    let arrived = browser.post_form(PROOF, second_factor::PROVE, &right).await;
    assert_in(&mut browser, &arrived).await;
}

#[tokio::test]
async fn staff_come_in_by_a_passkey_after_the_password_and_alone() {
    let product = Product::new().await;
    let mut desk = staff_browser(&product, "sam", StaffRole::Support).await;
    let mut device = Authenticator::new();
    passkeys::add(&mut desk, &mut device, "/platform").await;
    close_all(&product).await;

    let mut second = product.browser();
    let half = by_password(&mut second, "sam").await;
    assert_eq!(half.location(), Some(PROOF), "{half:?}");
    let brought = device.get(&question(&mut second, passkeys::BEGIN_PROOF).await);
    let fields = [("credential", &*brought), ("next", "/platform")];
    let arrived = second.post_form(PROOF, passkeys::PROVE, &fields).await;
    assert_in(&mut second, &arrived).await;

    let mut alone = product.browser();
    let brought = device.get(&question(&mut alone, passkeys::BEGIN_SIGN_IN).await);
    let fields = [("credential", &*brought), ("next", "/platform")];
    let arrived = alone.post_form("/sign-in", passkeys::SIGN_IN, &fields).await;
    assert_in(&mut alone, &arrived).await;
}

#[tokio::test]
async fn customers_with_a_second_factor_stay_outside() {
    let product = Product::new().await;
    let (user, mut desk) = product.person("ann").await;
    proven(&product.database, &user).await;
    let mut device = Authenticator::new();
    passkeys::add(&mut desk, &mut device, "/account/activity").await;
    close_all(&product).await;
    let sessions = "user_sessions s join users u on u.id = s.user_id and u.email = 'ann@example.test'";
    let before = product.database.count(sessions).await;
    let mut browser = product.browser();
    by_password(&mut browser, "ann").await;
    let brought = device.get(&question(&mut browser, passkeys::BEGIN_SIGN_IN).await);
    let refused = browser.post(passkeys::SIGN_IN, &[("credential", &brought)]).await;
    assert_eq!(refused.error().status(), 503, "{refused:?}");
    assert!(!browser.cookies.contains_key(SESSION));
    assert_eq!(product.database.count(sessions).await, before);
}
