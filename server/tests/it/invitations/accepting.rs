//! The ways in: without an account, with one, with another one, by a copied link.

use axum::http::{Method, header};
use contract::{Error, FieldCode, iam::DefaultRole};
use domain::{
    RegistrationGates,
    people::{
        copy_link::copy_link,
        testing::{invite_one, join_by_invitation, mailed_code, mails},
    },
    testing::PASSWORD,
};

use super::{ACCEPT, DECLINE, invited, invited_by};
use crate::harness::{BASE_URL, Product, SESSION, Setup, form};

const SIGN_UP: &str = "/api/app/auth/sign_up/sign_up";
const SIGN_OUT: &str = "/api/app/auth/sign_out/sign_out";
const COPY: &str = "/api/app/org/people/copy_invitation_link/copy_invitation_link";

fn sign_up<'a>(email: &'a str, code: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("name", "Bob"),
        ("email", email),
        ("password", PASSWORD),
        ("terms", "on"),
        ("invite", code),
    ]
}

#[tokio::test]
async fn somebody_without_an_account_makes_one_on_the_way_and_is_in() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let invitation = invite_one(&acme, &product.deps, "bob@example.test").await;
    let code = mailed_code(&product.database, &product.deps, &acme, invitation).await;
    let mut browser = product.browser();
    let page = browser.get(&format!("/accept-invite?code={code}")).await;
    assert_eq!(page.status, 200);
    for shown in [
        "Join acme",
        "ann",
        "Member",
        "bob@example.test",
        "9 Mar 2026, 09:00 UTC",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    let way_in = format!("/sign-up?invite={code}");
    assert!(page.body.contains(&format!(r#"href="{way_in}""#)), "{}", page.body);
    let filled_in = browser.get(&way_in).await.body;
    assert!(
        filled_in.contains(r#"value="bob@example.test""#) && filled_in.contains("readonly"),
        "{filled_in}"
    );
    let other = browser.post(SIGN_UP, &sign_up("sue@example.test", &code)).await;
    assert_eq!(other.error(), Error::field("email", FieldCode::Mismatch));
    let arrived = browser
        .post_form(&way_in, SIGN_UP, &sign_up("bob@example.test", &code))
        .await;
    assert_eq!(arrived.location(), Some("/o/acme/projects"), "no wall, no wizard");
    assert_eq!(browser.follow(&arrived).await.status, 200);
    assert_eq!(product.database.count("tenants").await, 1);
    let proven = "users where email = 'bob@example.test' and email_verified_at is not null";
    assert_eq!(product.database.count(proven).await, 1);
    assert_eq!(mails(&product.database, "Joined").await, 1);
}

#[tokio::test]
async fn a_closed_registration_is_open_to_who_was_invited() {
    let setup = Setup {
        registration: RegistrationGates {
            allowed_emails: vec![contract::email::EmailAddress::parse("ann@example.test").unwrap()],
            self_serve: false,
            ..RegistrationGates::default()
        },
        ..Setup::default()
    };
    let case = invited_by(Product::with(setup).await, "bob@example.test", DefaultRole::Member).await;
    let mut browser = case.product.browser();
    assert!(browser.get("/sign-up").await.body.contains("by invitation"));
    let way_in = format!("/sign-up?invite={}", case.code);
    assert!(browser.get(&way_in).await.body.contains("join acme"));
    let refused = browser.post(SIGN_UP, &sign_up("bob@example.test", "guessed")).await;
    assert_eq!(refused.error(), Error::RegistrationClosed);
    let arrived = browser
        .post_form(&way_in, SIGN_UP, &sign_up("bob@example.test", &case.code))
        .await;
    assert_eq!(arrived.location(), Some("/o/acme/projects"));
}

#[tokio::test]
async fn who_has_an_account_signs_in_and_comes_back() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    case.product.person("bob").await;
    let mut browser = case.product.browser();
    let page = browser.get(&case.page).await;
    let sign_in = format!("/sign-in?{}", form(&[("next", &case.page)]));
    assert!(page.body.contains(&format!(r#"href="{sign_in}""#)), "{}", page.body);
    assert!(!page.body.contains("/sign-up?invite"), "there is an account already");
    let elsewhere = browser.get(&format!("/sign-up?invite={}", case.code)).await;
    assert_eq!(elsewhere.location(), Some(&*case.page));
    let signed_in = [
        ("email", "bob@example.test"),
        ("password", PASSWORD),
        ("next", &*case.page),
    ];
    let back = browser
        .post_form(&sign_in, "/api/app/auth/sign_in/sign_in", &signed_in)
        .await;
    assert_eq!(back.location(), Some(&*case.page));
    assert!(browser.follow(&back).await.body.contains("Join acme"));
    let joined = case.accept(&mut browser).await;
    assert_eq!(joined.location(), Some("/o/acme/projects"));
    assert!(browser.follow(&joined).await.body.contains("You are in."));
}

#[tokio::test]
async fn looking_never_accepts_and_nothing_of_the_code_gets_about() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    let (_, mut bob) = case.product.person("bob").await;
    for method in [Method::GET, Method::HEAD] {
        for accept in ["text/html", "*/*"] {
            let scanner = bob.request(&method, &case.page, accept);
            let answer = bob.send(scanner, "").await;
            assert_eq!(answer.status, 200);
            assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
            assert_eq!(answer.header("cache-control"), Some("private, no-store"));
            assert!(!answer.body.contains("src=\"http"), "{}", answer.body);
        }
    }
    let got = bob.get_json(&format!("{ACCEPT}?code={}", case.code)).await;
    assert!(got.status.is_client_error(), "{got:?}");
    assert_eq!(case.members().await, 1);
    // The page sends no `Referer`, and a browser then no `Origin` either.
    let mut press = bob.request(&Method::POST, ACCEPT, "text/html");
    press
        .headers_mut()
        .unwrap()
        .insert(header::ORIGIN, "null".parse().unwrap());
    let joined = bob.send(press, form(&[("code", &case.code)])).await;
    assert_eq!(joined.location(), Some("/o/acme/projects"), "{joined:?}");
    for table in [
        "audit_log",
        "tenant_invitations",
        "invitation_codes",
        "graphile_worker._private_jobs",
    ] {
        let found = format!("{table} t where t::text like '%{}%'", case.code);
        assert_eq!(case.product.database.count(&found).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_refusal_comes_back_to_its_page_without_a_referer_and_the_code_stays_out_of_the_cookie() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    let mut browser = case.product.browser();
    let request = browser.request(&Method::POST, ACCEPT, "text/html");
    let refused = browser.send(request, form(&[("code", &case.code)])).await;
    assert_eq!(refused.location(), Some(&*case.page), "{refused:?}");
    let flash = refused.cookie("__Host-plinth_flash").unwrap();
    let value = flash.split(['=', ';']).nth(1).unwrap();
    let kept = base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, value).unwrap();
    assert!(!String::from_utf8(kept).unwrap().contains(&case.code));
    assert!(browser.follow(&refused).await.body.contains("Create an account"));
}

#[tokio::test]
async fn somebody_else_is_told_and_nothing_happens_by_itself() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    let copied = copy_link(&case.acme, &case.product.deps, case.invitation)
        .await
        .unwrap();
    let (_, mut sue) = case.product.person("sue").await;
    let page = sue.get(&case.page).await;
    assert!(
        page.body
            .contains("It is for bob@example.test, and you are signed in as sue@example.test.")
    );
    let by_hand = sue.get(&format!("/accept-invite?code={}", copied.expose())).await;
    assert!(by_hand.body.contains("b•••@example.test") && !by_hand.body.contains("bob@example.test"));
    let refused = sue.post(ACCEPT, &[("code", &case.code)]).await;
    assert_eq!((refused.status.as_u16(), refused.error()), (403, Error::Forbidden));
    assert_eq!(sue.post(DECLINE, &[("code", &case.code)]).await.status, 403);
    assert_eq!(case.members().await, 1);
    let switched = sue.post_form(&case.page, SIGN_OUT, &[("next", &case.page)]).await;
    assert_eq!(switched.location(), Some(&*case.page));
    assert!(!sue.cookies.contains_key(SESSION));
    assert!(sue.follow(&switched).await.body.contains("Create an account"));
    let away = sue
        .post_form(&case.page, SIGN_OUT, &[("next", "https://evil.example")])
        .await;
    assert_eq!(away.location(), Some("/sign-in"));
}

#[tokio::test]
async fn who_is_in_stays_what_they_are_and_two_tabs_join_once() {
    let case = invited("bob@example.test", DefaultRole::Admin).await;
    let (_, mut one) = case.product.person("bob").await;
    let mut two = one.clone();
    let (first, second) = tokio::join!(case.accept(&mut one), case.accept(&mut two));
    let mut led = [first.location().unwrap(), second.location().unwrap()];
    led.sort_unstable();
    assert_eq!(led, [&*case.page, "/o/acme/projects"]);
    let told = two.get(&case.page).await;
    assert_eq!(told.status, 200);
    assert!(told.body.contains("You are in acme") && told.body.contains(r#"href="/o/acme/projects""#));
    assert_eq!(
        case.product
            .database
            .count("audit_log where action = 'member.joined'")
            .await,
        1
    );
    // Another invitation for another role changes nothing.
    case.force("update tenant_invitations set status = 'pending', accepted_by = null, ended_at = null")
        .await;
    let again = one.post(ACCEPT, &[("code", &case.code)]).await;
    assert_eq!(again.status, 200);
    assert_eq!(case.members().await, 2);
    case.force("update tenant_members m set status = 'suspended' from users u where u.id = m.user_id and u.email = 'bob@example.test'")
        .await;
    assert!(one.get(&case.page).await.body.contains("suspended"));
    assert_eq!(one.post(ACCEPT, &[("code", &case.code)]).await.status, 403);
}

#[tokio::test]
async fn who_signed_up_by_themselves_is_offered_what_waits_first() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    let (_, mut bob) = case.product.person("bob").await;
    assert!(
        !bob.get("/welcome").await.body.contains("You are invited"),
        "not before the address is proven"
    );
    case.force("update users set email_verified_at = created_at").await;
    let page = bob.get("/welcome").await.body;
    assert!(
        page.contains("You are invited") && page.contains("By ann, with the role Member"),
        "{page}"
    );
    let id = case.invitation.to_string();
    let (_, mut sue) = case.product.person("sue").await;
    case.force("update users set email_verified_at = created_at").await;
    let refused = sue.post(ACCEPT, &[("invitation", &id)]).await;
    assert_eq!((refused.status.as_u16(), refused.error()), (404, Error::NotFound));
    let joined = bob.post_form("/welcome", ACCEPT, &[("invitation", &id)]).await;
    assert_eq!(joined.location(), Some("/o/acme/projects"));
    assert_eq!(case.product.database.count("tenants").await, 1);
}

#[tokio::test]
async fn a_copied_link_is_shown_once_and_asks_for_proof() {
    let mut case = invited("bob@example.test", DefaultRole::Member).await;
    let id = case.invitation.to_string();
    let fields = [("org", "acme"), ("invitation", &*id)];
    let made = case.owner.post_form("/o/acme/people", COPY, &fields).await;
    assert_eq!(made.location(), Some("/o/acme/people/invite/link"));
    let page = case.owner.follow(&made).await.body;
    let (_, rest) = page.split_once(&format!("{BASE_URL}/accept-invite?code=")).unwrap();
    let code: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect();
    let again = case.owner.get("/o/acme/people/invite/link").await.body;
    assert!(!again.contains(&code) && again.contains("was shown already"), "{again}");

    let link = format!("/accept-invite?code={code}");
    let mut browser = case.product.browser();
    assert!(browser.get(&link).await.body.contains("b•••@example.test"));
    let way_in = format!("/sign-up?invite={code}");
    assert!(!browser.get(&way_in).await.body.contains("readonly"));
    let arrived = browser
        .post_form(&way_in, SIGN_UP, &sign_up("bob@example.test", &code))
        .await;
    let to_verify = format!("/verify-email?{}", form(&[("next", &link)]));
    assert_eq!(arrived.location(), Some(&*to_verify));
    assert_eq!(case.members().await, 1);
    let page = browser.get(&link).await.body;
    assert!(
        page.contains("Prove your address first") && !page.contains(ACCEPT),
        "{page}"
    );
    assert_eq!(
        browser.post(ACCEPT, &[("code", &code)]).await.error(),
        Error::EmailUnverified
    );
    case.force("update users set email_verified_at = created_at").await;
    let joined = browser.post_form(&link, ACCEPT, &[("code", &code)]).await;
    assert_eq!(joined.location(), Some("/o/acme/projects"));
    // Somebody whose address has an account gets the same answer as somebody new.
    let mut guess = sign_up("ann@example.test", &code);
    guess[2].1 = "some other long password 9";
    let known = case.product.browser().post_form(&way_in, SIGN_UP, &guess).await;
    assert_eq!(known.location(), Some(&*to_verify));
}

#[tokio::test]
async fn a_guest_who_is_invited_as_a_member_becomes_one() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let (user, mut bob) = product.person("bob").await;
    join_by_invitation(&product.database, &product.deps, &acme, &user, DefaultRole::Guest).await;
    let invitation = invite_one(&acme, &product.deps, "bob@example.test").await;
    let code = mailed_code(&product.database, &product.deps, &acme, invitation).await;
    let page = format!("/accept-invite?code={code}");
    assert!(bob.get(&page).await.body.contains("Join acme"));
    bob.post_form(&page, ACCEPT, &[("code", &code)]).await;
    assert_eq!(
        product
            .database
            .count("tenant_members where member_type = 'member'")
            .await,
        2
    );
}
