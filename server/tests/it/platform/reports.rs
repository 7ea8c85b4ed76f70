//! Problems (PLT-9, GRO-3): reported from every page by everybody, read and brought to an end by staff.

use axum::http::{Method, header};
use contract::{Error, FieldCode, staff::StaffRole};
use domain::reports::{screenshot::Screenshot, testing::png_of};

use super::world::staff_browser;
use crate::harness::{Answer, BASE_URL, Browser, Product, Setup};

const SEND: &str = "/report/send";

/// A field of a form, or the file in it.
pub enum Part<'a> {
    Text(&'a str, &'a str),
    File(&'a str, &'a [u8]),
}

use Part::{File, Text};

pub async fn send(browser: &mut Browser, accept: &str, parts: &[Part<'_>]) -> Answer {
    let mut body = Vec::new();
    for part in parts {
        let head = match part {
            Text(name, _) => format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"),
            File(name, _) => format!(
                "--part\r\nContent-Disposition: form-data; name=\"screenshot\"; filename=\"{name}\"\r\n\
                 Content-Type: image/png\r\n\r\n"
            ),
        };
        body.extend(head.as_bytes());
        match part {
            Text(_, value) => body.extend(value.as_bytes()),
            File(_, content) => body.extend(*content),
        }
        body.extend(b"\r\n");
    }
    body.extend(b"--part--\r\n");
    let mut request = browser.request(&Method::POST, SEND, accept);
    request.headers_mut().unwrap().insert(
        header::CONTENT_TYPE,
        "multipart/form-data; boundary=part".parse().unwrap(),
    );
    browser.send(request, body).await
}

/// As a form without JavaScript.
async fn send_form(browser: &mut Browser, parts: &[Part<'_>]) -> Answer {
    send(browser, "text/html", parts).await
}

async fn told(browser: &mut Browser, parts: &[Part<'_>]) -> Error {
    send(browser, "application/json", parts).await.error()
}

#[tokio::test]
async fn from_the_page_to_the_end_of_it() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let page = ann.get("/o/acme/projects").await;
    let request = page.header("x-request-id").unwrap().to_owned();
    let way = format!("/report?page=%2Fo%2Facme%2Fprojects&amp;request={request}");
    assert!(page.body.contains(&way), "the way there knows the page and its request");
    let form = ann.get(&way.replace("&amp;", "&")).await;
    for shown in ["ann@example.test", "/o/acme/projects", "a browser", &request] {
        assert!(form.body.contains(shown), "{shown}");
    }
    assert_eq!(form.header("cache-control"), Some("private, no-store"));
    let picture = png_of(640, 400);
    let sent = send_form(
        &mut ann,
        &[
            Text("page", "/o/acme/projects?secret=1"),
            Text("request", &request),
            Text("facts", "1440 × 900, de"),
            Text("client_error", "TypeError: <b>"),
            Text("note", "The list is <empty>"),
            Text("tenant", "somebody else’s"),
            File("../../etc/passwd.png", &picture),
        ],
    )
    .await;
    assert_eq!(sent.status, 303);
    let thanks = ann.follow(&sent).await;
    assert!(thanks.body.contains("Thank you"), "{}", thanks.body);
    let id: uuid::Uuid = sqlx::query_scalar("select id from problem_reports")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    assert!(thanks.body.contains(&id.to_string()));

    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    assert!(sam.get("/platform").await.body.contains("Open reports"));
    let inbox = sam.get("/platform/reports").await.body;
    assert!(
        inbox.contains("The list is &lt;empty&gt;") && inbox.contains("Screenshot"),
        "{inbox}"
    );
    let path = format!("/platform/reports/{id}");
    let one = sam.get(&path).await.body;
    for shown in [
        "The list is &lt;empty&gt;",
        "TypeError: &lt;b&gt;",
        "1440 × 900, de",
        "a browser",
        "640 × 400 pixels",
        &format!("https://traces.test/search?id={request}"),
        &format!("/platform/users/{}", acme.user().id()),
        &format!("/platform/tenants/{}", acme.tenant().id),
    ] {
        assert!(one.contains(shown), "{shown}: {one}");
    }
    assert!(!one.contains("secret=1") && !one.contains("somebody else"), "{one}");

    let report = id.to_string();
    let move_to = "/api/app/platform/reports/move_report/move_report";
    let taken = sam
        .post_form(
            &path,
            "/api/app/platform/reports/take_report/take_report",
            &[("report", &report)],
        )
        .await;
    assert!(sam.follow(&taken).await.body.contains("You are on it."));
    let note = [("report", &*report), ("note", "It is the index")];
    sam.post_form(
        &path,
        "/api/app/platform/reports/write_report_note/write_report_note",
        &note,
    )
    .await;
    let done = sam
        .post_form(&path, move_to, &[("report", &report), ("state", "resolved")])
        .await;
    let page = sam.follow(&done).await.body;
    assert!(
        page.contains("It is the index") && page.contains("Open it again"),
        "{page}"
    );
    assert!(!sam.get("/platform/reports").await.body.contains(&path));
    assert!(sam.get("/platform/reports?state=resolved").await.body.contains(&path));
    let again = sam.post(move_to, &[("report", &report), ("state", "dismissed")]).await;
    assert_eq!(again.error(), Error::Conflict);
    let log = sam.get("/platform/audit?what=report").await.body;
    assert!(log.contains("Took a report of a problem on"), "{log}");
}

#[tokio::test]
async fn the_release_is_what_was_built_in_before_it_is_sent_and_after() {
    let product = Product::new().await;
    let release = match option_env!("PLINTH_RELEASE").unwrap_or_default() {
        "" => env!("CARGO_PKG_VERSION").to_owned(),
        build => format!("{}+{build}", env!("CARGO_PKG_VERSION")),
    };
    let shown = format!(">{release}<");
    let (_, mut ann) = product.person("ann").await;
    let form = ann.get("/report").await.body;
    assert!(form.contains(&shown), "{form}");
    assert_eq!(send_form(&mut ann, &[Text("note", "It is slow")]).await.status, 303);
    let (id, kept): (uuid::Uuid, String) = sqlx::query_as("select id, release from problem_reports")
        .fetch_one(product.database.owner())
        .await
        .unwrap();
    assert_eq!(kept, release);
    let mut sam = staff_browser(&product, "sam", StaffRole::Support).await;
    let one = sam.get(&format!("/platform/reports/{id}")).await.body;
    assert!(one.contains(&shown), "{one}");
}

#[tokio::test]
async fn a_picture_is_one_and_is_shown_to_staff_alone() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let picture = png_of(640, 400);
    let sent = send(&mut ann, "application/json", &[File("screen.png", &picture)]).await;
    assert_eq!(sent.status, 201, "{sent:?}");
    let id: String = serde_json::from_str(&sent.body).unwrap();
    let path = format!("/platform/reports/{id}/screenshot");
    for role in StaffRole::ALL {
        let mut browser = staff_browser(&product, role.key(), *role).await;
        let shown = browser.get_json(&path).await;
        assert_eq!(shown.status, 200, "{role:?}");
        assert_eq!(shown.header("content-type"), Some("image/png"));
        assert_eq!(shown.header("x-content-type-options"), Some("nosniff"));
        let disposition = format!("attachment; filename=\"report-{id}.png\"");
        assert_eq!(shown.header("content-disposition"), Some(&*disposition));
        let policy = shown.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'; sandbox"), "{policy}");
        assert_eq!(shown.header("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(shown.header("cache-control"), Some("no-store"));
    }
    assert_eq!(ann.get_json(&path).await.error(), Error::NotFound);
    assert_eq!(product.browser().get_json(&path).await.error(), Error::NotFound);
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    let nothing = sue.get_json("/platform/reports/nonsense/screenshot").await;
    assert_eq!(nothing.error(), Error::NotFound);
    sqlx::query("update user_sessions set second_factor_at = null")
        .execute(product.database.owner())
        .await
        .unwrap();
    assert_eq!(sue.get_json(&path).await.error(), Error::SecondFactorRequired);
    let led = sue.get(&path).await;
    assert!(led.location().unwrap().starts_with("/second-factor?next="), "{led:?}");
}

#[tokio::test]
async fn what_is_no_picture_or_too_big_is_refused_in_words_and_what_was_typed_stays() {
    let product = Product::new().await;
    let mut browser = product.browser();
    let page = b"<html><script>alert(1)</script>".as_slice();
    assert_eq!(
        told(&mut browser, &[Text("note", "Look"), File("screen.png", page)]).await,
        Error::field("screenshot", FieldCode::NotAPicture)
    );
    let wide = png_of(9000, 10);
    assert_eq!(
        told(&mut browser, &[File("screen.png", &wide)]).await,
        Error::field("screenshot", FieldCode::TooWide { pixels: 8192 })
    );
    let mut big = png_of(640, 400);
    big.resize(Screenshot::MAX_BYTES + 1, 0);
    let refused = send_form(
        &mut browser,
        &[
            Text("page", "/pricing"),
            Text("failed", "1"),
            Text("note", "It is all grey"),
            File("screen.png", &big),
        ],
    )
    .await;
    assert_eq!(refused.location(), Some("/report?page=%2Fpricing&failed=1"));
    let again = browser.follow(&refused).await.body;
    assert!(
        again.contains("take one of up to 2 MB") && again.contains("It is all grey"),
        "{again}"
    );
    big.resize(9 * 1024 * 1024, 0);
    assert_eq!(send_form(&mut browser, &[File("screen.png", &big)]).await.status, 413);
    assert_eq!(product.database.count("problem_reports").await, 0);
    // A picker in which nothing was chosen sends an empty file.
    let sent = send_form(&mut browser, &[Text("note", "It is all grey"), File("", b"")]).await;
    assert_eq!(sent.status, 303);
    assert_eq!(product.database.count("problem_report_screenshots").await, 0);
    let nonsense = browser.request(&Method::POST, SEND, "text/html");
    assert_eq!(browser.send(nonsense, "note=x").await.status, 400);
}

#[tokio::test]
async fn strangers_report_as_well_and_nobody_without_end() {
    let product = Product::new().await;
    let mut browser = product.browser();
    assert_eq!(
        told(&mut browser, &[Text("page", "/pricing"), Text("note", " ")]).await,
        Error::field("note", FieldCode::Required)
    );
    let long = "x".repeat(2001);
    assert_eq!(
        told(&mut browser, &[Text("note", &long)]).await,
        Error::field("note", FieldCode::TooLong { max: 2000 })
    );
    for _ in 0..5 {
        let sent = send_form(&mut browser, &[Text("page", "/pricing"), Text("note", "Old prices")]).await;
        assert_eq!(sent.status, 303);
    }
    let refused = send(&mut browser, "application/json", &[Text("note", "Old prices")]).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").is_some());
    browser.address = "192.0.2.99".to_owned();
    assert_eq!(send_form(&mut browser, &[Text("note", "Old prices")]).await.status, 303);
    assert_eq!(product.database.count("problem_reports where user_id is null").await, 6);
}

#[tokio::test]
async fn another_site_reports_nothing_in_anybodys_name() {
    let product = Product::new().await;
    let (_, ann) = product.owner("ann", "acme").await;
    let mut request = ann.request(&Method::POST, SEND, "text/html");
    let headers = request.headers_mut().unwrap();
    headers.insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    headers.insert(
        header::CONTENT_TYPE,
        "multipart/form-data; boundary=part".parse().unwrap(),
    );
    let body = "--part\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--part--\r\n";
    let answer = ann.clone().send(request, body).await;
    assert_eq!(answer.status, 403);
    assert_eq!(product.database.count("problem_reports").await, 0);
}

#[tokio::test]
async fn an_organization_that_is_not_ones_own_is_not_taken_from_the_page() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    let (_, mut bob) = product.owner("bob", "other").await;
    send_form(&mut bob, &[Text("page", "/o/acme/projects"), Text("note", "Slow")]).await;
    assert_eq!(
        product.database.count("problem_reports where tenant_id is null").await,
        1
    );
}

#[tokio::test]
async fn every_frame_and_every_failure_has_the_way_there() {
    let product = Product::with(Setup::default()).await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    let mut nobody = product.browser();
    for (browser, path) in [
        (&nobody, "/pricing"),
        (&nobody, "/status"),
        (&nobody, "/sign-in"),
        (&ann, "/account/profile"),
        (&ann, "/o/acme/people"),
        (&sue, "/platform/jobs"),
    ] {
        let page = browser.clone().get(path).await;
        let encoded = path.replace('/', "%2F");
        assert!(page.body.contains(&format!("/report?page={encoded}")), "{path}");
    }
    let public = nobody.get("/pricing").await;
    let request = public.header("x-request-id").unwrap();
    assert!(!public.body.contains(request), "kept for everybody");
    // With what lets somebody in left out, and for what could not be shown with the name of the request.
    let token = nobody.get("/reset-password?token=secret").await;
    assert!(
        token.body.contains("/report?page=%2Freset-password&amp;request="),
        "{}",
        token.body
    );
    let missing = ann.get("/o/acme/projects/nothing?x=y").await;
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("&amp;failed=1"), "{}", missing.body);
    product.deps.database.close().await;
    let failed = ann.get("/o/acme/projects").await;
    let request = failed.header("x-request-id").unwrap();
    assert!(failed.status.is_server_error());
    assert!(failed.body.contains(&format!("Request {request}")), "{}", failed.body);
    let way = format!("/report?page=%2Fo%2Facme%2Fprojects&amp;request={request}&amp;failed=1");
    assert!(failed.body.contains(&way), "{}", failed.body);
    assert_eq!(failed.body.matches(BASE_URL).count(), 0);
}
