//! The developer's pages: there for developers, and for nobody else.

use crate::harness::{Product, Setup};

const PAGES: [&str; 7] =
    ["/dev/mailbox", "/dev/mailbox.json", "/dev/clock", "/dev/mails", "/dev/mails/0", "/dev/build", "/dev/components"];

#[tokio::test]
async fn in_production_there_is_nothing() {
    let product = Product::new().await;
    for path in PAGES {
        assert_eq!(product.browser().get(path).await.status, 404, "{path}");
    }
    let moved = product.browser().post("/dev/clock", &[("hours", "24")]).await;
    assert_eq!(moved.status, 404);
}

#[tokio::test]
async fn a_developer_finds_all_of_them() {
    let product = Product::with(Setup { dev_tools: true, ..Setup::default() }).await;
    let mut browser = product.browser();
    for path in PAGES {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.header("content-security-policy").unwrap().contains("script-src 'unsafe"), "{path}");
    }
    let mail = browser.get("/dev/mails/0").await;
    assert!(mail.header("content-security-policy").unwrap().contains("sandbox"), "a mail runs in a box");
    let moved = browser.post_form("/dev/clock", "/dev/clock", &[("hours", "24")]).await;
    assert_eq!(moved.location(), Some("/dev/clock"));
    assert!(browser.follow(&moved).await.body.contains("24"));
}
