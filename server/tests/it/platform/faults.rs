//! Faults that somebody met and did not report stand on the page of their organization, and nothing else does.

use axum::http::StatusCode;
use contract::{maintenance::MaintenanceLevel, staff::StaffRole};
use domain::{
    faults::record::NewFault,
    maintenance::{Scope, testing::close},
    testing::staff,
};
use server::http::Faults;

use super::world::staff_browser;
use crate::harness::{Answer, Browser, Product};

const PROJECTS: &str = "/o/acme/projects";
const CREATE: &str = "/api/app/org/projects/create_project/create_project";

/// Without it, some things fail.
async fn without(product: &Product, table: &str, asking: impl AsyncFnOnce() -> Answer) -> Answer {
    let rename = async |from: &str, to: &str| {
        let rename = sqlx::AssertSqlSafe(format!("alter table {from} rename to {to}"));
        sqlx::raw_sql(rename).execute(product.database.owner()).await.unwrap();
    };
    rename(table, "away").await;
    let answer = asking().await;
    rename("away", table).await;
    answer
}

/// They are written behind the answers.
async fn written(product: &Product, faults: i64) {
    while product.database.count("request_faults").await < faults {}
    assert_eq!(product.database.count("request_faults").await, faults);
}

async fn page_of(browser: &mut Browser, tenant: impl std::fmt::Display) -> String {
    let page = browser.get(&format!("/platform/tenants/{tenant}")).await;
    assert_eq!(page.status, 200, "{page:?}");
    page.body
}

#[tokio::test]
async fn a_fault_that_nobody_reported_stands_on_the_page_of_their_organization_alone() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (other, _) = product.owner("cleo", "other").await;
    let mut sue = staff_browser(&product, "sue", StaffRole::Support).await;
    let page = without(&product, "projects", async || {
        ann.get(&format!("{PROJECTS}?q=harbour")).await
    })
    .await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{page:?}");
    // A form comes back to its page, and says so by a cookie alone.
    let form = without(&product, "projects", async || {
        ann.post_form(PROJECTS, CREATE, &[("org", "acme"), ("name", "Harbour")])
            .await
    })
    .await;
    assert!(form.status.is_redirection(), "{form:?}");
    written(&product, 2).await;
    let told = page_of(&mut sue, acme.tenant().id).await;
    for (answer, place) in [
        (&page, "GET /o/{org}/projects".to_owned()),
        (&form, format!("POST {CREATE}")),
    ] {
        let request = answer.header("x-request-id").unwrap();
        assert!(told.contains(request), "{place}: {told}");
        assert!(told.contains(&format!("{place} failed on our side")), "{place}: {told}");
    }
    assert!(told.contains("Met by ann"), "{told}");
    let elsewhere = page_of(&mut sue, other.tenant().id).await;
    assert!(!elsewhere.contains("failed on our side"), "{elsewhere}");
    assert_eq!(
        product
            .database
            .count("request_faults f where f::text ~ 'harbour'")
            .await,
        0
    );
}

#[tokio::test]
async fn whose_organization_it_was_is_told_by_an_actor_and_not_by_the_address() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let page = without(&product, "tenant_members", async || ann.get(PROJECTS).await).await;
    assert_eq!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{page:?}");
    written(&product, 1).await;
    assert_eq!(
        product.database.count("request_faults where tenant_id is null").await,
        1
    );
}

#[tokio::test]
async fn a_refusal_and_what_is_closed_are_no_faults() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let (_, mut cleo) = product.owner("cleo", "other").await;
    assert_eq!(ann.get("/o/acme/nowhere").await.status, 404);
    assert_eq!(cleo.get(PROJECTS).await.status, 404);
    assert_eq!(ann.post(CREATE, &[("org", "acme"), ("name", "")]).await.status, 422);
    let back = ann.post_form(PROJECTS, CREATE, &[("org", "acme"), ("name", "")]).await;
    assert!(back.status.is_redirection(), "{back:?}");
    let tom = staff(&product.database, &product.deps, "tom", StaffRole::Superadmin).await;
    let scope = Scope::Organization(acme.tenant().id);
    close(&tom, &product.deps, scope, MaintenanceLevel::Closed).await;
    assert_eq!(ann.get(PROJECTS).await.status, 503);
    // They are written in the order in which they are met: behind this one there is nothing that waits.
    let page = without(&product, "projects", async || cleo.get("/o/other/projects").await).await;
    assert_eq!(page.status, 500, "{page:?}");
    written(&product, 1).await;
}

#[tokio::test]
async fn what_waits_is_written_before_the_end_and_a_database_that_is_away_holds_nothing_up() {
    let product = Product::new().await;
    let fault = |number: u32| NewFault {
        tenant: None,
        user: None,
        method: "GET",
        route: "/pricing".to_owned(),
        request_id: format!("req-{number}"),
        status: 500,
    };
    let (faults, writer) = Faults::start(product.deps.clone());
    for number in 0..10 {
        faults.hand_in(fault(number));
    }
    writer.finish().await;
    assert_eq!(product.database.count("request_faults").await, 10);
    faults.hand_in(fault(10));

    let (faults, writer) = Faults::start(product.deps.clone());
    product.deps.database.close().await;
    for number in 0..1000 {
        faults.hand_in(fault(number));
    }
    writer.finish().await;
    assert_eq!(product.database.count("request_faults").await, 10);
}
