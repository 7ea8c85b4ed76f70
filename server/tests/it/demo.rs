//! The demo, as whoever enters it finds it.

use crate::harness::{Product, Setup};

#[tokio::test]
async fn one_person_is_at_the_limits_of_their_plan_and_told_what_to_do() {
    let product = Product::with(Setup {
        demo: true,
        ..Setup::default()
    })
    .await;
    for _ in 0..2 {
        server::demo::seed(&product.deps, &product.database.platform())
            .await
            .unwrap();
    }
    let mut browser = product.browser();
    let enter = "/api/app/auth/enter_demo/enter_demo";
    assert!(browser.get("/").await.body.contains("every seat of the plan is in use"));
    let entered = browser.post_form("/", enter, &[("who", "limit")]).await;
    assert_eq!(entered.location(), Some("/o/full-house/projects"));
    let people = browser.get("/o/full-house/people").await.body;
    assert!(
        people.contains("5 of 5 taken") && people.contains("Every seat is taken. Take an invitation back"),
        "{people}"
    );
}
