//! Staff functions answer staff alone, after a second factor, and within their rights.

use contract::{Error, staff::StaffRole};

use super::{
    functions,
    world::{World, staff_browser},
};
use crate::harness::Product;

fn pages() -> Vec<String> {
    let routes = server::http::page_routes();
    let paths = routes.iter().map(|route| route.path().to_owned());
    paths.filter(|path| path.starts_with("/platform")).collect()
}

#[tokio::test]
async fn to_a_customer_there_is_no_such_place() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut customer = world.customer.clone();
    for path in pages() {
        assert_eq!(customer.get(&world.page(&path)).await.status, 404, "{path}");
        assert_eq!(product.browser().get(&world.page(&path)).await.status, 404, "{path}");
    }
    for function in functions::all() {
        let answer = function.call(&mut customer, &world).await;
        assert_eq!(answer.error(), Error::NotFound, "{}", function.path);
        let answer = function.call(&mut product.browser(), &world).await;
        assert_eq!(answer.error(), Error::Unauthenticated, "{}", function.path);
    }
}

#[tokio::test]
async fn without_a_second_factor_staff_are_sent_to_prove_one() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    sqlx::query("update user_sessions set second_factor_at = null")
        .execute(product.database.owner())
        .await
        .unwrap();
    for path in pages() {
        let answer = sue.get(&world.page(&path)).await;
        let location = answer.location().unwrap_or_default().to_owned();
        assert!(location.starts_with("/second-factor?next="), "{path}: {answer:?}");
    }
    for function in functions::all() {
        let answer = function.call(&mut sue, &world).await;
        assert_eq!(answer.error(), Error::SecondFactorRequired, "{}", function.path);
    }
}

#[tokio::test]
async fn each_role_may_do_what_it_may_and_no_more() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    for role in StaffRole::ALL {
        let mut browser = staff_browser(&product, role.key(), *role).await;
        for function in functions::all().filter(|function| !role.has(function.right)) {
            let before = product.snapshot().await;
            let answer = function.call(&mut browser, &world).await;
            assert_eq!(answer.error(), Error::Forbidden, "{}: {role:?}", function.path);
            assert_eq!(before, product.snapshot().await, "{}", function.path);
        }
    }
}

#[tokio::test]
async fn a_superadmin_finds_every_page() {
    let product = Product::new().await;
    let world = World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    for path in pages() {
        let answer = sue.get(&world.page(&path)).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    }
}

#[tokio::test]
async fn staff_neither_make_nor_enter_organizations() {
    let product = Product::new().await;
    World::of(&product).await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Superadmin).await;
    assert_eq!(sue.get("/o/acme/projects").await.status, 404);
    let fields = [("name", "Sue's"), ("slug", "sues")];
    let answer = sue
        .post("/api/app/org/create_organization/create_organization", &fields)
        .await;
    assert_eq!(answer.error(), Error::NotForStaff);
}
