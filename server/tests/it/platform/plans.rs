//! The plan editor (PLT-8), by pages and by the API.

use axum::http::{Method, header};
use chrono::TimeDelta;
use contract::{
    Error, FieldCode,
    billing::{PlanCatalogue, PlansSaved},
    staff::{StaffRight, StaffRole},
};
use domain::{actor::FRESH_FACTOR, testing::project};

use super::world::staff_browser;
use crate::harness::{Answer, Browser, Product};

const API: &str = "/api/v1/admin/plan-limits";
const SAVE: &str = "/api/app/platform/plans/save_plan/save_plan";

async fn put(browser: &mut Browser, body: impl Into<String>) -> Answer {
    let mut request = browser
        .request(&Method::POST, API, "application/json")
        .method(Method::PUT);
    request
        .headers_mut()
        .unwrap()
        .insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
    browser.send(request, body.into()).await
}

async fn catalogue(browser: &mut Browser) -> PlanCatalogue {
    let answer = browser.get_json(API).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_str(&answer.body).unwrap()
}

fn text(catalogue: &PlanCatalogue) -> String {
    serde_json::to_string(catalogue).unwrap()
}

#[tokio::test]
async fn a_plan_is_reviewed_saved_and_sold_so() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    for number in 0..3 {
        project(&product.deps, &acme, &format!("Project {number}")).await;
    }
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    let plan = acme.tenant().plan.key.clone();
    let list = bea.get("/platform/plans").await.body;
    assert!(
        list.contains("/platform/plans/team") && list.contains("$19.00 a month"),
        "{list}"
    );
    let form = bea.get(&format!("/platform/plans/{plan}")).await.body;
    assert!(form.contains("form[projects]") && form.contains("9.00"), "{form}");
    let fields = [
        ("form[plan]", &*plan),
        ("form[version]", "1"),
        ("form[name]", "Beginners"),
        ("form[projects]", "2"),
        ("form[members]", ""),
        ("form[guests]", "5"),
        ("form[public]", "true"),
        ("form[month]", "9.5"),
        ("form[year]", "90"),
    ];
    let query = crate::harness::form(&fields);
    let review = bea.get(&format!("/platform/plans/{plan}/review?{query}")).await;
    assert_eq!(review.status, 200, "{review:?}");
    assert!(
        review.body.contains("1 organization has more projects"),
        "{}",
        review.body
    );
    assert!(review.body.contains("Beginners") && review.body.contains("Unlimited"));
    let wrong = query.replace("%5Bprojects%5D=2", "%5Bprojects%5D=two");
    let refused = bea.get(&format!("/platform/plans/{plan}/review?{wrong}")).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("does not look right") && refused.body.contains("Beginners"));

    let from = format!("/platform/plans/{plan}/review?{query}");
    let saved = bea.post_form(&from, SAVE, &fields).await;
    assert_eq!(saved.location(), Some("/platform/plans"), "{saved:?}");
    let list = bea.follow(&saved).await.body;
    assert!(
        list.contains("Beginners") && list.contains("bea changed Name, Projects, Members"),
        "{list}"
    );
    let pricing = product.browser().get("/pricing").await.body;
    assert!(pricing.contains("Beginners") && pricing.contains("9.50"), "{pricing}");

    // Once more from what was read before: what changed meanwhile is told, and nothing saved.
    let late = bea.post_form(&from, SAVE, &fields).await;
    let page = bea.follow(&late).await.body;
    assert!(
        page.contains("Somebody else changed this plan meanwhile") && page.contains("bea changed Name"),
        "{page}"
    );
    assert_eq!(product.database.count("plan_changes").await, 1);
}

#[tokio::test]
async fn programs_read_and_write_all_of_it_in_one_go_or_nothing() {
    let product = Product::new().await;
    let (mut bea, mut sue) = (
        staff_browser(&product, "bea", StaffRole::Billing).await,
        staff_browser(&product, "sue", StaffRole::Superadmin).await,
    );
    let read = catalogue(&mut bea).await;
    assert_eq!(read.plans.len(), 3);
    let mut wanted = read.clone();
    wanted.plans[0].limits.projects = Some(7);
    wanted.plans[1].name = "Teams".to_owned();
    let saved = put(&mut bea, text(&wanted)).await;
    assert_eq!(saved.status, 200, "{saved:?}");
    let PlansSaved::Saved(now) = serde_json::from_str(&saved.body).unwrap() else {
        panic!("{saved:?}");
    };
    let versions: Vec<_> = now.plans.iter().map(|plan| (plan.key.as_str(), plan.version)).collect();
    assert_eq!(versions, [("starter", 2), ("team", 2), ("business", 1)]);
    assert_eq!(catalogue(&mut sue).await, now);

    let mut late = read.clone();
    late.plans[2].name = "Companies".to_owned();
    let refused = put(&mut sue, text(&late)).await;
    assert_eq!(refused.status, 409);
    let PlansSaved::Changed(conflicts) = serde_json::from_str(&refused.body).unwrap() else {
        panic!("{refused:?}");
    };
    let told: Vec<_> = conflicts
        .iter()
        .map(|conflict| {
            (
                conflict.plan.as_str(),
                conflict.changes[0].fields[0].as_str(),
                conflict.changes[0].by.as_str(),
            )
        })
        .collect();
    assert_eq!(told, [("starter", "projects", "bea"), ("team", "name", "bea")]);
    assert_eq!(catalogue(&mut sue).await, now, "also what nobody else changed stays");

    let mut wrong = now.clone();
    wrong.plans[0].limits.members = Some(0);
    wrong.plans[1].name = String::new();
    let named = Error::Invalid(vec![
        contract::FieldError::new("starter.members", FieldCode::Malformed),
        contract::FieldError::new("team.name", FieldCode::Required),
    ]);
    assert_eq!(put(&mut sue, text(&wrong)).await.error(), named);
    let odd = text(&now).replace("\"public\":true", "\"public\":\"yes\"");
    let Error::Invalid(fields) = put(&mut sue, odd).await.error() else {
        panic!("a field is named");
    };
    assert!(fields[0].field.starts_with("plans[0]"), "{fields:?}");
    let more = text(&now).replacen("\"version\"", "\"organizations\":1,\"version\"", 1);
    assert_eq!(
        put(&mut sue, more).await.status,
        422,
        "what it does not know it does not take"
    );
    assert_eq!(put(&mut sue, "nonsense").await.status, 422);
}

#[tokio::test]
async fn only_staff_who_may_with_a_fresh_factor_and_from_no_other_site() {
    let product = Product::new().await;
    let (_, mut ann) = product.owner("ann", "acme").await;
    let mut bea = staff_browser(&product, "bea", StaffRole::Billing).await;
    let read = text(&catalogue(&mut bea).await);
    assert_eq!(product.browser().get_json(API).await.error(), Error::Unauthenticated);
    assert_eq!(ann.get_json(API).await.error(), Error::NotFound);
    assert_eq!(put(&mut ann, &*read).await.error(), Error::NotFound);
    for role in StaffRole::ALL {
        let mut one = staff_browser(&product, role.key(), *role).await;
        let reads = one.get_json(API).await.status == 200;
        assert_eq!(reads, role.has(StaffRight::BillingRead), "{role:?}");
        let writes = put(&mut one, &*read).await.status == 200;
        assert_eq!(writes, role.has(StaffRight::PlansManage), "{role:?}");
        let page = one.get("/platform/plans/team").await.status == 200;
        assert_eq!(page, role.has(StaffRight::PlansManage), "{role:?}");
    }
    let mut request = bea.request(&Method::POST, API, "application/json").method(Method::PUT);
    let headers = request.headers_mut().unwrap();
    headers.insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    headers.insert("sec-fetch-site", "cross-site".parse().unwrap());
    headers.insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
    assert_eq!(bea.send(request, read.clone()).await.status, 403);
    product.clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    assert_eq!(put(&mut bea, &*read).await.error(), Error::SecondFactorRequired);
    let led = bea.get("/platform/plans/team").await;
    assert!(led.location().unwrap().starts_with("/second-factor?next="), "{led:?}");
}
