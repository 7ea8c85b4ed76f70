//! Invitations, from the box that addresses are pasted into to the organization one has come into: a page and a way on for
//! everything that can have happened in between.

use axum::http::{Method, header};
use contract::{
    Error, FieldCode,
    iam::{DefaultRole, Permission},
    ids::InvitationId,
    invitation::{InviteOutcome, InviteReport},
};
use domain::{
    RegistrationGates,
    actor::OrgActor,
    people::{
        copy_link::copy_link,
        testing::{invite_as, invite_one, join_by_invitation, mailed_code, mails, role},
    },
    testing::{PASSWORD, custom_role, join_as},
};

use crate::harness::{Answer, BASE_URL, Browser, Product, SESSION, Setup, form};

const ACCEPT: &str = "/api/app/invitation/accept_invitation/accept_invitation";
const DECLINE: &str = "/api/app/invitation/decline_invitation/decline_invitation";
const ASK: &str = "/api/app/invitation/ask_for_invitation/ask_for_invitation";
const SIGN_UP: &str = "/api/app/auth/sign_up/sign_up";
const SIGN_OUT: &str = "/api/app/auth/sign_out/sign_out";
const INVITE: &str = "/api/app/org/people/invite_people/invite_people";
const COPY: &str = "/api/app/org/people/copy_invitation_link/copy_invitation_link";

/// An organization that has invited somebody by mail.
struct Invited {
    product: Product,
    acme: OrgActor,
    owner: Browser,
    invitation: InvitationId,
    code: String,
    page: String,
}

async fn invited(address: &str, with: DefaultRole) -> Invited {
    invited_by(Product::new().await, address, with).await
}

async fn invited_by(product: Product, address: &str, with: DefaultRole) -> Invited {
    let (acme, owner) = product.owner("ann", "acme").await;
    let invitation = invite_as(&acme, &product.deps, address, with).await;
    let code = mailed_code(&product.database, &product.deps, &acme, invitation).await;
    Invited {
        page: format!("/accept-invite?code={code}"),
        product,
        acme,
        owner,
        invitation,
        code,
    }
}

impl Invited {
    async fn accept(&self, browser: &mut Browser) -> Answer {
        browser.post_form(&self.page, ACCEPT, &[("code", &self.code)]).await
    }

    async fn force(&self, sql: &'static str) {
        sqlx::query(sql).execute(self.product.database.owner()).await.unwrap();
    }

    async fn members(&self) -> i64 {
        self.product.database.count("tenant_members").await
    }
}

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

/// What has become of things since the mail was sent; what the page says, and what a script is told.
#[tokio::test]
async fn every_obstacle_has_its_page_and_a_way_on() {
    let demoted = "update tenant_members set role_id = (select id from iam_roles where key = 'member')";
    let admin = "update tenant_members set role_id = (select id from iam_roles where key = 'admin')";
    let cases: [(&'static str, &str, Error, bool); 7] = [
        (
            "update tenants set status = 'deactivated'",
            "acme is closed at the moment",
            Error::TenantInactive,
            false,
        ),
        (
            "update tenants set status = 'deleting', purge_after = now()",
            "acme is closed at the moment",
            Error::TenantInactive,
            false,
        ),
        (
            demoted,
            "ann has left acme or may not invite people",
            Error::Conflict,
            true,
        ),
        (
            "delete from tenant_members",
            "ann has left acme or may not invite people",
            Error::Conflict,
            true,
        ),
        (admin, "ann may not give the role", Error::Conflict, true),
        (
            "update plans set member_limit = 1",
            "acme has no free seat",
            Error::LimitReached {
                limit: contract::error::Limit::Members,
                allowed: 1,
            },
            true,
        ),
        (
            "update tenant_invitations set created_at = created_at - interval '8 days', sent_at = sent_at - interval '8 days', \
             expires_at = expires_at - interval '8 days'",
            "This invitation has expired",
            Error::field("form", FieldCode::LinkExpired),
            true,
        ),
    ];
    for (change, words, error, can_ask) in cases {
        let case = invited("bob@example.test", DefaultRole::Owner).await;
        let (_, mut bob) = case.product.person("bob").await;
        case.force(change).await;
        let members = case.members().await;
        for browser in [&mut bob, &mut case.product.browser()] {
            let page = browser.get(&case.page).await;
            assert_eq!(page.status, 200, "{change}");
            assert!(page.body.contains(words), "{change}: {}", page.body);
            assert_eq!(page.body.contains(ASK), can_ask, "{change}");
            assert!(!page.body.contains(ACCEPT), "{change}");
        }
        let refused = bob.post(ACCEPT, &[("code", &case.code)]).await;
        assert_eq!(refused.error(), error, "{change}");
        let back = case.accept(&mut bob).await;
        assert_eq!(back.location(), Some(&*case.page), "{change}");
        assert!(bob.follow(&back).await.body.contains(words), "{change}");
        assert_eq!(case.members().await, members, "{change}");
    }
}

#[tokio::test]
async fn who_cannot_come_in_asks_who_can_help() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    case.product.clock.advance(chrono::TimeDelta::days(7));
    let mut browser = case.product.browser();
    let asked = browser.post_form(&case.page, ASK, &[("code", &case.code)]).await;
    assert_eq!(asked.location(), Some(&*format!("{}&asked", case.page)));
    let told = browser.follow(&asked).await.body;
    assert!(told.contains("We have passed it on") && !told.contains(ASK), "{told}");
    assert_eq!(mails(&case.product.database, "Asked").await, 1);
    for _ in 0..2 {
        browser.post(ASK, &[("code", &case.code)]).await;
    }
    let refused = browser.post_form(&case.page, ASK, &[("code", &case.code)]).await;
    let told = browser.follow(&refused).await.body;
    assert!(told.contains("Too many attempts"), "{told}");
    assert_eq!(mails(&case.product.database, "Asked").await, 1, "one mail that waits");
}

#[tokio::test]
async fn an_unknown_code_one_that_was_taken_back_and_none_are_told_apart_from_nothing_else() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    domain::people::revoke::revoke(&case.acme, &case.product.deps, case.invitation)
        .await
        .unwrap();
    let mut browser = case.product.browser();
    let mut bodies = Vec::new();
    for code in [case.code.as_str(), "guessed", ""] {
        let page = browser.get(&format!("/accept-invite?code={code}")).await;
        assert_eq!(page.status, 404, "{code}");
        assert!(page.body.contains("This link leads nowhere"), "{}", page.body);
        assert!(!page.body.contains("acme"), "{}", page.body);
        bodies.push(page.body.len());
        let sign_up = browser.get(&format!("/sign-up?invite={code}")).await;
        assert_eq!(sign_up.location(), Some(&*format!("/accept-invite?code={code}")));
    }
    assert_eq!(bodies[0], bodies[1]);
    let without = browser.get("/accept-invite").await;
    assert_eq!(without.status, 200);
    assert!(without.body.contains("Open the link from your mail"));
}

#[tokio::test]
async fn declining_takes_no_account_and_is_the_last_word() {
    let case = invited("bob@example.test", DefaultRole::Member).await;
    let mut browser = case.product.browser();
    let declined = browser.post_form(&case.page, DECLINE, &[("code", &case.code)]).await;
    assert_eq!(declined.location(), Some(&*case.page));
    assert!(
        browser
            .follow(&declined)
            .await
            .body
            .contains("This invitation was declined")
    );
    let (_, mut bob) = case.product.person("bob").await;
    assert_eq!(bob.post(ACCEPT, &[("code", &case.code)]).await.status, 422);
    assert_eq!(case.members().await, 1);
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

#[tokio::test]
async fn a_paste_is_answered_row_by_row() {
    let product = Product::new().await;
    let (acme, mut owner) = product.owner("ann", "acme").await;
    let member = role(&acme, &product.deps, DefaultRole::Member).await.to_string();
    let page = "/o/acme/people/invite";
    assert!(owner.get(page).await.body.contains("1 of 5 taken, 4 left"));
    let pasted = "Bob <bob@example.test>, bob@example.test\nnobody at all\nann@example.test\nc@example.test;d@example.test;e@example.test;f@example.test";
    let fields = [
        ("org", "acme"),
        ("addresses", pasted),
        ("role", &*member),
        ("member_type", "member"),
    ];
    let sent = owner.post_form(page, INVITE, &fields).await;
    assert!(
        sent.location().unwrap().starts_with("/o/acme/people/invite?batch="),
        "{sent:?}"
    );
    let shown = owner.follow(&sent).await.body;
    for words in [
        "4 people are invited, 4 not",
        "Not an address",
        "Already in",
        "Twice",
        "No seat",
        "All 5 seats of your plan are taken",
        "5 of 5 taken",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let box_again = shown
        .split("<textarea")
        .nth(1)
        .unwrap()
        .split("</textarea>")
        .next()
        .unwrap();
    assert!(
        box_again.contains("nobody at all") && box_again.contains("f@example.test"),
        "{box_again}"
    );
    assert!(!box_again.contains("bob@example.test"));
    let by_script = owner.post(INVITE, &fields).await;
    let report: InviteReport = serde_json::from_str(&by_script.body).unwrap();
    assert!(
        matches!(report.rows[0].outcome, InviteOutcome::Renewed { .. }),
        "{report:?}"
    );
    let empty = [("org", "acme"), ("addresses", " "), ("role", &*member)];
    let refused = owner.post(INVITE, &empty).await;
    assert_eq!(refused.error(), Error::field("addresses", FieldCode::Required));
}

#[tokio::test]
async fn guests_are_given_projects_by_the_form() {
    let product = Product::new().await;
    let (acme, mut owner) = product.owner("ann", "acme").await;
    let project = domain::testing::project(&product.deps, &acme, "Shown")
        .await
        .to_string();
    let roles = (
        role(&acme, &product.deps, DefaultRole::Member).await.to_string(),
        role(&acme, &product.deps, DefaultRole::Guest).await.to_string(),
    );
    assert!(
        owner
            .get("/o/acme/people/invite")
            .await
            .body
            .contains(r#"name="projects[]""#)
    );
    let fields = [
        ("org", "acme"),
        ("addresses", "bob@example.test"),
        ("role", &*roles.0),
        ("member_type", "guest"),
        ("guest_role", &*roles.1),
        ("projects[]", &*project),
    ];
    let sent = owner.post_form("/o/acme/people/invite", INVITE, &fields).await;
    assert!(sent.location().unwrap().contains("?batch="), "{sent:?}");
    let granted = format!("tenant_invitation_grants where project_id = '{project}'");
    assert_eq!(product.database.count(&granted).await, 1);
    assert_eq!(
        product
            .database
            .count("tenant_invitations where member_type = 'guest'")
            .await,
        1
    );
}

const REVOKE: &str = "/api/app/org/people/revoke_invitation/revoke_invitation";
const RESEND: &str = "/api/app/org/people/resend_invitation/resend_invitation";
const CHANGE_ROLE: &str = "/api/app/org/people/change_role/change_role";

/// As it stands in a page.
fn again(next: &str) -> String {
    let path = format!("/sign-in?{}&again", form(&[("next", next)]));
    format!(r#"href="{}""#, path.replace('&', "&amp;"))
}

#[tokio::test]
async fn making_an_owner_asks_for_a_recent_sign_in_and_leads_to_it_and_back() {
    let mut case = invited("bob@example.test", DefaultRole::Owner).await;
    let (cid, _) = case.product.person("cid").await;
    join_by_invitation(
        &case.product.database,
        &case.product.deps,
        &case.acme,
        &cid,
        DefaultRole::Member,
    )
    .await;
    let owner = role(&case.acme, &case.product.deps, DefaultRole::Owner)
        .await
        .to_string();
    let sign_in_first = "To invite an owner, sign in once more";
    let page = "/o/acme/people/invite";
    assert!(!case.owner.get(page).await.body.contains(sign_in_first));
    case.product.clock.advance(chrono::TimeDelta::minutes(16));

    let told = case.owner.get(page).await.body;
    assert!(told.contains(sign_in_first) && told.contains(&again(page)), "{told}");
    let typed = [("org", "acme"), ("addresses", "new@example.test"), ("role", &*owner)];
    let refused = case.owner.post(INVITE, &typed).await;
    assert_eq!(
        (refused.status.as_u16(), refused.error()),
        (403, Error::RecentSignInRequired)
    );
    let back = case.owner.post_form(page, INVITE, &typed).await;
    let shown = case.owner.follow(&back).await.body;
    for kept in [
        ">new@example.test</textarea>",
        "You signed in a while ago",
        &again(page),
    ] {
        assert!(shown.contains(kept), "{kept}: {shown}");
    }

    let people = "/o/acme/people?filter=invitations";
    let invitation = case.invitation.to_string();
    let fields = [("org", "acme"), ("invitation", &*invitation)];
    let back = case.owner.post_form(people, RESEND, &fields).await;
    let shown = case.owner.follow(&back).await.body;
    assert!(shown.contains(&again(people)), "{shown}");

    let change = format!("/o/acme/people/{}/role?role={owner}", cid.id());
    let shown = case.owner.get(&change).await.body;
    assert!(
        shown.contains(&again(&change)) && !shown.contains(CHANGE_ROLE),
        "{shown}"
    );
    assert_eq!(
        case.product
            .database
            .count("tenant_invitations where status = 'pending'")
            .await,
        1
    );

    case.product.clock.advance(chrono::TimeDelta::minutes(-2));
    let shown = case.owner.get(&change).await.body;
    assert!(
        shown.contains("remove you as well") && shown.contains(CHANGE_ROLE),
        "{shown}"
    );
    let back = case.owner.post_form(page, INVITE, &typed).await;
    assert!(back.location().is_some_and(|to| to.contains("?batch=")), "{back:?}");
}

#[tokio::test]
async fn who_invites_without_seeing_the_people_finds_the_way_and_is_never_led_to_them() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let inviting = custom_role(&product.deps, &acme, "Host", &[Permission::MembersInvite]).await;
    let (bob, mut browser) = product.person("bob").await;
    join_as(&product.database, &product.deps, &acme, &bob, inviting).await;
    let arrived = browser.get("/o/acme/projects").await;
    assert_eq!(arrived.location(), Some("/o/acme/people/invite"));
    let page = browser.follow(&arrived).await.body;
    assert!(
        page.contains(r#"href="/o/acme/people/invite""#) && page.contains("Invite people"),
        "{page}"
    );
    let inviting = inviting.to_string();
    let fields = [
        ("org", "acme"),
        ("addresses", "typo@example.test\nann@example.test"),
        ("role", &*inviting),
    ];
    let sent = browser.post_form("/o/acme/people/invite", INVITE, &fields).await;
    let report = sent.location().unwrap().to_owned();
    sqlx::query(UNDELIVERABLE)
        .execute(product.database.owner())
        .await
        .unwrap();
    let mut pages = vec![page, browser.get(&report).await.body];
    let id: uuid::Uuid = sqlx::query_scalar("select id from tenant_invitations")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    let id = id.to_string();
    let fields = [("org", "acme"), ("invitation", &*id)];
    for (action, landing) in [
        (COPY, "/o/acme/people/invite/link"),
        (RESEND, "/o/acme/people/invite"),
        (REVOKE, "/o/acme/people/invite"),
    ] {
        let done = browser.post_form(&report, action, &fields).await;
        assert_eq!(done.location(), Some(landing), "{action}");
        pages.push(browser.follow(&done).await.body);
    }
    pages.push(browser.get("/o/acme/people/invite/link").await.body);
    for page in pages {
        let links: Vec<&str> = page
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        assert!(!links.contains(&"/o/acme/people"), "{page}");
        for link in links.into_iter().filter(|link| link.starts_with("/o/")) {
            assert_ne!(browser.get(link).await.status, 403, "{link}");
        }
    }
}

/// What the worker leaves behind when a server has refused the address.
const UNDELIVERABLE: &str =
    "update tenant_invitations set undeliverable_at = sent_at where email = 'typo@example.test' and status = 'pending'";

#[tokio::test]
async fn a_mail_that_did_not_arrive_is_told_where_one_looks_with_what_to_do() {
    let product = Product::new().await;
    let (acme, mut owner) = product.owner("ann", "acme").await;
    let member = role(&acme, &product.deps, DefaultRole::Member).await.to_string();
    let fields = [
        ("org", "acme"),
        ("addresses", "typo@example.test\nbob@example.test"),
        ("role", &*member),
    ];
    let sent = owner.post_form("/o/acme/people/invite", INVITE, &fields).await;
    let report = sent.location().unwrap().to_owned();
    let untold = owner.get(&report).await.body;
    assert!(untold.contains("2 people are invited") && !untold.contains("Not delivered"));
    let owner_of_all = product.database.owner();
    sqlx::query(UNDELIVERABLE).execute(owner_of_all).await.unwrap();

    let told = owner.get(&report).await.body;
    assert_eq!(told.matches("Not delivered").count(), 1, "{told}");
    assert_eq!(told.matches("The mail could not be delivered").count(), 1, "{told}");
    let people = owner.get("/o/acme/people?filter=invitations").await.body;
    assert_eq!(people.matches("Mail not delivered").count(), 1, "{people}");
    assert!(people.contains("take this back and invite the right one"), "{people}");
    assert_eq!(
        people.matches(COPY).count(),
        2,
        "a link can still be passed on: {people}"
    );
    assert!(people.contains("3 of 5 taken"), "it keeps its seat");
    let id: uuid::Uuid = sqlx::query_scalar("select id from tenant_invitations where undeliverable_at is not null")
        .fetch_one(owner_of_all)
        .await
        .unwrap();
    let id = id.to_string();
    let fields = [("org", "acme"), ("invitation", &*id)];
    let again = owner.post_form("/o/acme/people", RESEND, &fields).await;
    assert!(!owner.follow(&again).await.body.contains("Mail not delivered"));

    sqlx::query(UNDELIVERABLE).execute(owner_of_all).await.unwrap();
    let told = owner.get(&report).await.body;
    assert!(told.contains(REVOKE), "{told}");
    let fields = [("org", "acme"), ("invitation", &*id), ("back", &*report)];
    let back = owner.post_form(&report, REVOKE, &fields).await;
    assert_eq!(back.location(), Some(&*report));
    let told = owner.follow(&back).await.body;
    assert!(
        told.contains("1 person is invited, 1 not") && told.contains("Taken back"),
        "{told}"
    );
    let (_, boxed) = told.split_once("<textarea").unwrap();
    let (boxed, _) = boxed.split_once("</textarea>").unwrap();
    assert!(
        boxed.contains("typo@example.test") && !boxed.contains("bob@example.test"),
        "{boxed}"
    );
}
