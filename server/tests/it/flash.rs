//! Refused forms come back whole, without JavaScript.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::harness::Product;

const FLASH: &str = "__Host-plinth_flash";
const SIGN_UP: &str = "/api/app/auth/sign_up/sign_up";

#[tokio::test]
async fn a_refused_form_is_shown_again_with_what_was_typed() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let form = [
        ("name", "Ann <b>"),
        ("email", "not an address"),
        ("password", "hunter2 hunter2"),
        ("terms", "on"),
    ];
    let refused = browser.post_form("/sign-up?next=%2Fwelcome", SIGN_UP, &form).await;
    assert_eq!(refused.status, 302);
    assert_eq!(refused.location(), Some("/sign-up?next=%2Fwelcome"));
    let cookie = refused.cookie(FLASH).unwrap();
    for flag in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=60"] {
        assert!(cookie.contains(flag), "{flag}: {cookie}");
    }
    let kept = URL_SAFE_NO_PAD.decode(&browser.cookies[FLASH]).unwrap();
    let kept = String::from_utf8(kept).unwrap();
    assert!(kept.contains("not an address") && !kept.contains("hunter2"), "{kept}");

    let shown = browser.follow(&refused).await;
    assert_eq!(shown.status, 200);
    assert!(
        shown.body.contains(r#"value="not an address""#),
        "the address that was typed is gone"
    );
    assert!(
        shown.body.contains("Ann &lt;b&gt;"),
        "the name that was typed is gone, or not escaped"
    );
    assert!(shown.body.contains("does not look right"), "nothing says what is wrong");
    assert!(
        shown.body.contains(r##"href="#email""##),
        "the summary does not lead to the field"
    );
    assert!(!shown.body.contains("hunter2"));
    assert!(!browser.cookies.contains_key(FLASH), "it is said once");

    let again = browser.get("/sign-up").await;
    assert!(!again.body.contains("not an address") && !again.body.contains("does not look right"));
}

#[tokio::test]
async fn a_page_fetched_ahead_of_time_does_not_use_it_up() {
    let product = Product::new().await;
    let mut browser = product.browser();
    browser
        .post_form("/sign-up", SIGN_UP, &[("name", ""), ("email", "a"), ("password", "")])
        .await;
    let ahead = browser
        .request(&axum::http::Method::GET, "/sign-in", "text/html")
        .header("sec-purpose", "prefetch;prerender");
    browser.send(ahead, "").await;
    assert!(browser.cookies.contains_key(FLASH));
}

#[tokio::test]
async fn a_browser_that_hides_where_it_comes_from_hears_the_error_as_well() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let request = browser.request(&axum::http::Method::POST, SIGN_UP, "text/html");
    let refused = browser.send(request, "name=&email=a&password=").await;
    assert_eq!((refused.status.as_u16(), refused.location()), (302, Some("/")));
    assert!(browser.get("/sign-up").await.body.contains("does not look right"));
}

#[tokio::test]
async fn scripts_get_the_error_itself() {
    let product = Product::new().await;
    let refused = product
        .browser()
        .post(SIGN_UP, &[("name", ""), ("email", "a"), ("password", "")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.cookie(FLASH).is_none());
    let contract::Error::Invalid(fields) = refused.error() else {
        panic!("{refused:?}")
    };
    let names: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(names, ["name", "email", "password", "terms"]);
}

#[tokio::test]
async fn a_success_is_told_once() {
    let product = Product::new().await;
    let (_, mut browser) = product.owner("ann", "acme").await;
    let form = [("org", "acme"), ("name", "Harbour"), ("description", "")];
    let done = browser
        .post_form(
            "/o/acme/projects/new",
            "/api/app/org/projects/create_project/create_project",
            &form,
        )
        .await;
    assert_eq!(done.status, 302, "{done:?}");
    let text = "The project is created.";
    assert!(browser.follow(&done).await.body.contains(text));
    assert!(!browser.follow(&done).await.body.contains(text));
}

#[tokio::test]
async fn a_session_that_has_ended_does_not_lose_the_form() {
    let product = Product::new().await;
    let (_, mut browser) = product.owner("ann", "acme").await;
    browser.cookies.remove(crate::harness::SESSION);
    let form = [("org", "acme"), ("name", "Harbour"), ("description", "At the quay")];
    let refused = browser
        .post_form(
            "/o/acme/projects/new",
            "/api/app/org/projects/create_project/create_project",
            &form,
        )
        .await;
    assert_eq!(refused.location(), Some("/o/acme/projects/new"));
    let sent = browser.follow(&refused).await;
    assert_eq!(sent.location(), Some("/sign-in?next=%2Fo%2Facme%2Fprojects%2Fnew"));
    assert!(browser.cookies.contains_key(FLASH), "a redirect has shown nothing yet");
}
