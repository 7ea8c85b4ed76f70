//! Making an account through the front door.

use domain::testing::PASSWORD;

use crate::harness::{Answer, Product, SESSION, Setup, TERMS_URL};

const SIGN_UP: &str = "/api/app/auth/sign_up/sign_up";

fn form<'a>(email: &'a str, password: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("name", "Ann"),
        ("email", email),
        ("password", password),
        ("terms", "on"),
    ]
}

#[tokio::test]
async fn the_cookie_is_bound_to_this_host_and_out_of_reach_of_scripts() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let answer = browser
        .post_form("/sign-up", SIGN_UP, &form("ann@example.test", PASSWORD))
        .await;
    assert_eq!(answer.status, 302);
    let cookie = answer.cookie(SESSION).unwrap();
    for flag in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=1209600"] {
        assert!(cookie.contains(flag), "{flag}: {cookie}");
    }
    assert!(!cookie.contains("Domain"), "{cookie}");
    assert_eq!(browser.get("/welcome").await.status, 200);
    let stored: Vec<u8> = sqlx::query_scalar("select token_hash from user_sessions")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    assert_eq!(stored, domain::random::hash(&browser.cookies[SESSION]));
}

type Fields = &'static [(&'static str, &'static str)];

/// All that can be seen of an answer, but for what is random in any and for the address that was typed.
fn seen(answer: &Answer, email: &str) -> (u16, Vec<(String, String)>, String) {
    let policy = answer.header("content-security-policy").unwrap_or_default();
    let nonce = policy
        .split_once("'nonce-")
        .and_then(|(_, rest)| rest.split('\'').next())
        .unwrap_or("no nonce");
    // The page leads to a report of a problem with this request.
    let request = answer.header("x-request-id").unwrap_or("no request");
    let plain = |text: &str| {
        let text = text.replace(nonce, "NONCE").replace(request, "REQUEST");
        text.replace(email, "ADDRESS")
    };
    let encoded: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, value)| {
            let value = value.to_str().unwrap();
            // What is random, and what holds the address in writing of its own.
            let unlike = [SESSION, "__Host-plinth_flash"].map(|name| format!("{name}="));
            let value = match unlike.iter().find_map(|start| value.strip_prefix(start.as_str())) {
                Some(rest) => format!(
                    "{} characters{}",
                    rest.find(';').unwrap(),
                    &rest[rest.find(';').unwrap()..]
                ),
                None => value.to_owned(),
            };
            (name.to_string(), plain(&value).replace(&encoded, "ADDRESS"))
        })
        .collect();
    headers.sort();
    (answer.status.as_u16(), headers, plain(&answer.body))
}

#[tokio::test]
async fn an_address_that_has_an_account_gets_the_same_answer() {
    let product = Product::new().await;
    product.person("ann").await;
    product.person("sue").await;
    sqlx::query("update users set status = 'suspended' where email = 'sue@example.test'")
        .execute(product.database.owner())
        .await
        .unwrap();
    let other = "some other long password 9";
    for (accept, new) in [("form", "new@example.test"), ("script", "newer@example.test")] {
        let mut answers = Vec::new();
        for email in ["ann@example.test", "sue@example.test", new] {
            let mut browser = product.browser();
            let answer = if accept == "form" {
                browser.post_form("/sign-up", SIGN_UP, &form(email, other)).await
            } else {
                browser.post(SIGN_UP, &form(email, other)).await
            };
            assert!(answer.cookie(SESSION).is_some());
            answers.push(seen(&answer, email));
        }
        assert_eq!(answers[0], answers[2], "{accept}");
        assert_eq!(answers[1], answers[2], "{accept}, of somebody who may not come in");
    }
}

#[tokio::test]
async fn the_other_doors_do_not_tell_either() {
    let doors: [(&str, &str, Fields); 3] = [
        ("/forgot-password", "/api/app/auth/forgot_password/forgot_password", &[]),
        (
            "/magic-link",
            "/api/app/auth/request_magic_link/request_magic_link",
            &[],
        ),
        (
            "/sign-in",
            "/api/app/auth/sign_in/sign_in",
            &[("password", "some wrong password")],
        ),
    ];
    for (page, path, more) in doors {
        let product = Product::new().await;
        product.person("ann").await;
        let mut answers = Vec::new();
        for email in ["ann@example.test", "bob@example.test"] {
            let form = [&[("email", email)], more].concat();
            let script = product.browser().post(path, &form).await;
            let mut browser = product.browser();
            let sent = browser.post_form(page, path, &form).await;
            let shown = browser.follow(&sent).await;
            answers.push([&script, &sent, &shown].map(|answer| seen(answer, email)));
        }
        assert_eq!(answers[0], answers[1], "{page}");
    }
}

#[tokio::test]
async fn a_double_click_makes_one_person() {
    let product = Product::new().await;
    let (mut one, mut two) = (product.browser(), product.browser());
    let form = form("ann@example.test", PASSWORD);
    let (first, second) = tokio::join!(
        one.post_form("/sign-up", SIGN_UP, &form),
        two.post_form("/sign-up", SIGN_UP, &form)
    );
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (302, 302));
    assert_eq!(product.database.count("users").await, 1);
    assert_eq!(one.get("/welcome").await.status, 200);
    assert_eq!(two.get("/welcome").await.status, 200);
}

async fn gated(registration: domain::RegistrationGates) -> Product {
    Product::with(Setup {
        registration,
        ..Setup::default()
    })
    .await
}

#[tokio::test]
async fn how_one_signs_up_is_told_to_anybody() {
    for (invite_code_required, status) in [(false, 200), (true, 403)] {
        let registration = domain::RegistrationGates {
            invite_code_required,
            ..domain::RegistrationGates::default()
        };
        let product = gated(registration).await;
        let config = product.browser().get_json("/api/v1/config/public").await;
        let expected = format!(
            r#"{{"self_serve_enabled":true,"invite_code_required":{invite_code_required},"oauth_providers":[]}}"#
        );
        assert_eq!((config.status.as_u16(), config.body), (200, expected));
        let answer = product
            .browser()
            .post(SIGN_UP, &form("ann@example.test", PASSWORD))
            .await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.body);
    }
}

#[tokio::test]
async fn what_one_agrees_to_can_be_read_where_it_is_known() {
    let page = Product::new().await.browser().get("/sign-up").await.body;
    assert!(page.contains(&format!(r#"href="{TERMS_URL}""#)), "{page}");
    assert!(page.contains("terms of service") && page.contains("privacy notice"));
    assert_eq!(
        page.matches(r#"target="_blank""#).count(),
        1,
        "no link to a notice that is nowhere"
    );
}

#[tokio::test]
async fn closed_registration_is_told_and_kept() {
    let registration = domain::RegistrationGates {
        self_serve: false,
        allowed_emails: vec![contract::email::EmailAddress::parse("tester@example.test").unwrap()],
        ..domain::RegistrationGates::default()
    };
    let product = gated(registration).await;
    let config = product.browser().get_json("/api/v1/config/public").await;
    let expected = r#"{"self_serve_enabled":false,"invite_code_required":false,"oauth_providers":[]}"#;
    assert_eq!((config.status.as_u16(), config.body.as_str()), (200, expected));
    let refused = product
        .browser()
        .post(SIGN_UP, &form("ann@example.test", PASSWORD))
        .await;
    assert_eq!(
        (refused.status.as_u16(), refused.error()),
        (403, contract::Error::RegistrationClosed)
    );
    assert_eq!(product.database.count("users").await, 0);
    let tester = product
        .browser()
        .post(SIGN_UP, &form("tester@example.test", PASSWORD))
        .await;
    assert_eq!(tester.status, 200);
    assert_eq!(product.database.count("users").await, 1);
}
