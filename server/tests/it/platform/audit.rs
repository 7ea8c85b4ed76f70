//! The log of everything, as staff look at it.

use contract::staff::StaffRole;

use super::world::staff_browser;
use crate::harness::Product;

#[tokio::test]
async fn staff_find_entries_by_organization_by_person_and_by_how_they_came_about() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    product.owner("bob", "birch").await;
    let mut ada = staff_browser(&product, "ada", StaffRole::Auditor).await;
    let rows = async |ada: &mut crate::harness::Browser, query: &str| {
        let page = ada.get(&format!("/platform/audit{query}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        page.body.matches("class=\"audit-entry\"").count()
    };
    assert_eq!(rows(&mut ada, "").await, 5);
    assert_eq!(rows(&mut ada, "?organization=acme").await, 1);
    assert_eq!(rows(&mut ada, "?person=bob%40example.test").await, 2);
    assert_eq!(rows(&mut ada, "?organization=acme&person=bob%40example.test").await, 0);
    assert_eq!(rows(&mut ada, "?origin=anonymous&what=user").await, 3);
    assert_eq!(rows(&mut ada, "?search=birch").await, 1);
    let nobody = ada.get("/platform/audit?person=nobody%40example.test").await;
    assert!(nobody.body.contains("No such person"), "{}", nobody.body);
    let nowhere = ada.get("/platform/audit?organization=nowhere").await;
    assert!(nowhere.body.contains("No such organization"));
}
