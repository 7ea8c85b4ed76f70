//! Becoming staff: from the link in the mail to the page of the second factor.

use contract::{Error, email::EmailAddress, staff::StaffRole};
use domain::{
    mail::{Mail, compose},
    staff::invite::invite,
    testing::{PASSWORD, staff},
};

use super::world::staff_browser;
use crate::harness::{BASE_URL, Product};

const JOIN: &str = "/api/app/staff_invitation/join_staff/join_staff";
const ACCEPT: &str = "/api/app/staff_invitation/accept_staff_invitation/accept_staff_invitation";

/// The path in the mail to somebody who is invited, and the code in it.
async fn link(product: &Product, email: &str) -> (String, String) {
    let head = staff(&product.database, &product.deps, "head", StaffRole::Superadmin).await;
    let email = EmailAddress::parse(email).unwrap();
    let invitation = invite(&head, &product.deps, &email, StaffRole::Support).await.unwrap();
    let mail = Mail::StaffInvitation { invitation };
    let written = compose(&product.database.platform(), &product.deps, BASE_URL, &mail)
        .await
        .unwrap()
        .unwrap();
    let (_, rest) = written.text.split_once(BASE_URL).unwrap();
    let path: String = rest.chars().take_while(|c| !c.is_whitespace()).collect();
    let code = path.split_once("code=").unwrap().1.to_owned();
    (path, code)
}

#[tokio::test]
async fn a_new_colleague_comes_as_far_as_the_second_factor_and_no_further() {
    let product = Product::new().await;
    let (path, code) = link(&product, "bob@example.test").await;
    let mut bob = product.browser();
    let page = bob.get(&path).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert!(
        page.body.contains("bob@example.test") && page.body.contains("head"),
        "{}",
        page.body
    );
    let weak = [("code", &*code), ("name", "Bob"), ("password", "password123")];
    let refused = bob.post_form(&path, JOIN, &weak).await;
    let again = bob.follow(&refused).await;
    assert!(again.body.contains("too easy to guess"), "{}", again.body);
    let fields = [("code", &*code), ("name", "Bob"), ("password", PASSWORD)];
    let joined = bob.post_form(&path, JOIN, &fields).await;
    assert_eq!(joined.location(), Some("/platform"), "{joined:?}");
    let next = bob.follow(&joined).await;
    assert!(
        next.location().unwrap_or_default().starts_with("/second-factor"),
        "{next:?}"
    );
    let over = product.browser().get(&path).await;
    assert_eq!(over.status, 404, "the link works once");
}

#[tokio::test]
async fn an_account_is_asked_to_sign_in_and_one_of_a_customer_is_told_the_way_out() {
    let product = Product::new().await;
    let (path, code) = link(&product, "bob@example.test").await;
    let (_, mut bob) = product.person("bob").await;
    let signed_out = product.browser().get(&path).await;
    assert!(signed_out.body.contains("Sign in with it first"), "{}", signed_out.body);
    let (_, mut eve) = product.person("eve").await;
    assert!(eve.get(&path).await.body.contains("for somebody else"));
    let refused = eve.post(ACCEPT, &[("code", &*code)]).await;
    assert_eq!(refused.error(), Error::Conflict);
    assert!(
        bob.get(&path)
            .await
            .body
            .contains("You are signed in as bob@example.test")
    );
    let organization = [("name", "Acme"), ("slug", "acme")];
    bob.post("/api/app/org/create_organization/create_organization", &organization)
        .await;
    let customer = bob.get(&path).await;
    assert!(
        customer.body.contains("belongs to an organization"),
        "{}",
        customer.body
    );
    assert!(customer.body.contains("/account/organizations"));
    assert_eq!(bob.post(ACCEPT, &[("code", &*code)]).await.error(), Error::Conflict);
}

#[tokio::test]
async fn a_superadmin_invites_from_the_page_and_ends_somebody_at_once() {
    let product = Product::new().await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    let mut tom = staff_browser(&product, "tom", StaffRole::Support).await;
    assert_eq!(tom.get("/platform/staff").await.status, 200);
    let from = "/platform/staff";
    let invite = "/api/app/platform/staff/invite_staff/invite_staff";
    let elsewhere = [("email", "bob@elsewhere.test"), ("role", "support")];
    let refused = sue.post_form(from, invite, &elsewhere).await;
    assert!(sue.follow(&refused).await.body.contains("PLINTH_STAFF_DOMAINS"));
    let house = [("email", "bob@example.test"), ("role", "support")];
    let sent = sue.post_form(from, invite, &house).await;
    let page = sue.follow(&sent).await;
    assert!(
        page.body.contains("bob@example.test") && page.body.contains("on its way"),
        "{}",
        page.body
    );
    assert!(
        !tom.get(from).await.body.contains("Send invitation"),
        "who does not decide is not asked"
    );
    let id: uuid::Uuid = sqlx::query_scalar("select id from users where name = 'tom'")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    let user = id.to_string();
    let one = sue.get(&format!("/platform/staff/{user}")).await;
    assert!(one.body.contains("End tom"), "{}", one.body);
    sue.post("/api/app/platform/staff/end_staff/end_staff", &[("user", &*user)])
        .await;
    assert_eq!(tom.get(from).await.status, 404);
    assert!(
        tom.get("/account/profile").await.location().is_some(),
        "signed out everywhere"
    );
    product.clock.advance(chrono::TimeDelta::minutes(16));
    assert!(sue.get(from).await.body.contains("Prove it now"));
}
