//! The developer's pages: there for developers, and for nobody else.

use domain::mail::{Mailer, Rendered};

use crate::harness::{Product, Setup};

const PAGES: [&str; 7] = [
    "/dev/mailbox",
    "/dev/mailbox.json",
    "/dev/clock",
    "/dev/mails",
    "/dev/mails/0",
    "/dev/build",
    "/dev/components",
];

#[tokio::test]
async fn in_production_there_is_nothing() {
    let product = Product::new().await;
    for path in PAGES {
        assert_eq!(product.browser().get(path).await.status, 404, "{path}");
    }
    for path in ["/dev/sandbox", "/dev/sandbox.json"] {
        assert_eq!(product.browser().get(path).await.status, 404, "{path}");
    }
    let moved = product.browser().post("/dev/clock", &[("hours", "24")]).await;
    assert_eq!(moved.status, 404);
}

#[tokio::test]
async fn a_developer_finds_all_of_them() {
    let product = Product::with(Setup {
        dev_tools: true,
        ..Setup::default()
    })
    .await;
    let mut browser = product.browser();
    for path in PAGES {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(
            !answer
                .header("content-security-policy")
                .unwrap()
                .contains("script-src 'unsafe"),
            "{path}"
        );
    }
    let mail = browser.get("/dev/mails/0").await;
    assert!(
        mail.header("content-security-policy").unwrap().contains("sandbox"),
        "a mail runs in a box"
    );
    let clock = browser.get("/dev/clock").await.body;
    for hours in [1, 24, 72, 168, 336, 720] {
        assert!(clock.contains(&format!(r#"value="{hours}""#)), "{hours} in {clock}");
    }
    assert!(!clock.contains("/dev/sandbox"), "there is none here: {clock}");
    let moved = browser.post_form("/dev/clock", "/dev/clock", &[("hours", "24")]).await;
    assert_eq!(moved.location(), Some("/dev/clock"));
    assert!(browser.follow(&moved).await.body.contains("24"));
}

#[tokio::test]
async fn mail_is_read_on_this_machine() {
    let product = Product::with(Setup {
        dev_tools: true,
        ..Setup::default()
    })
    .await;
    let mailbox = product.mailbox.clone().unwrap();
    let link = format!("{}/verify-email?token=abc", crate::harness::BASE_URL);
    let mail = Rendered {
        to: "ann@example.test".to_owned(),
        subject: "Verify <your> address".to_owned(),
        html: format!("<p style=\"color:red\">Go to <a href=\"{link}\">the page</a></p><script>alert(1)</script>"),
        text: format!("Go to {link} and press the button."),
    };
    mailbox.send(mail).await.unwrap();
    let mut browser = product.browser();

    let listed = browser.get("/dev/mailbox").await;
    assert!(listed.body.contains("Verify &lt;your&gt; address"), "{}", listed.body);
    let json: serde_json::Value = serde_json::from_str(&browser.get_json("/dev/mailbox.json").await.body).unwrap();
    let id = json[0]["id"].as_str().unwrap();
    assert_eq!(json[0]["to"], "ann@example.test");

    let shown = browser.get(&format!("/dev/mailbox/{id}")).await;
    assert!(
        shown.body.contains(r#"href="/verify-email?token=abc""#),
        "{}",
        shown.body
    );
    assert!(
        !shown.body.contains("<script>alert"),
        "the mail is not part of the page"
    );
    let document = browser.get(&format!("/dev/mailbox/{id}/html")).await;
    let policy = document.header("content-security-policy").unwrap();
    assert!(
        policy.contains("sandbox") && policy.contains("default-src 'none'"),
        "{policy}"
    );

    let cleared = browser.post_form("/dev/mailbox", "/dev/mailbox/clear", &[]).await;
    assert!(!browser.follow(&cleared).await.body.contains("Verify"));
    assert_eq!(browser.get(&format!("/dev/mailbox/{id}")).await.status, 404);
}
