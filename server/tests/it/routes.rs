//! Every route that is written by hand, with something valid to ask it: who it answers, and what it writes.

use std::{collections::BTreeMap, fs, path::Path};

use axum::http::{Method, StatusCode, header};
use contract::{Error, billing::PlanCatalogue, staff::StaffRole};
use domain::{
    actor::OrgActor,
    reports::testing::png_of,
    testing::{join, on_plan},
};
use server::http::{ROUTES, Route, Whom};

use crate::{
    harness::{Answer, Browser, Product},
    platform::{
        reports::{Part, send},
        world::staff_browser,
    },
    webhooks::{self, BODY, SECRET, signed},
};

/// What there is to ask them for.
pub struct Things {
    /// An organization whose plan includes everything.
    pub slug: String,
    /// With a picture.
    report: String,
    /// Who may read and change what is sold.
    merchant: Browser,
}

impl Things {
    /// In a product whom a provider tells something: see [`webhooks::product`].
    pub async fn of(product: &Product, org: &OrgActor) -> Self {
        on_plan(&product.database, &product.deps, org, "business").await;
        let picture = png_of(64, 64);
        let parts = [
            Part::Text("note", "The list is empty"),
            Part::File("screen.png", &picture),
        ];
        let mut somebody = product.browser();
        "192.0.2.77".clone_into(&mut somebody.address);
        let sent = send(&mut somebody, "application/json", &parts).await;
        Self {
            slug: org.tenant().slug.to_string(),
            report: serde_json::from_str(&sent.body).unwrap(),
            merchant: staff_browser(product, "merchant", StaffRole::Superadmin).await,
        }
    }

    /// Asks for something that is there, and with all that belongs to it.
    pub async fn ask(&self, product: &Product, route: &Route, browser: &mut Browser) -> Answer {
        let path = route
            .path
            .replace("{org}", &self.slug)
            .replace("{report}", &self.report);
        let mut request = browser.request(&route.method.parse::<Method>().unwrap(), &path, "application/json");
        match (route.method, route.path) {
            ("POST", "/report/send") => {
                let picture = png_of(64, 64);
                let parts = [Part::Text("note", "Slow"), Part::File("screen.png", &picture)];
                send(browser, "application/json", &parts).await
            }
            ("POST", "/webhooks/polar") => {
                let id = format!("told-to-{}", product.database.count("billing_payment_events").await);
                request
                    .headers_mut()
                    .unwrap()
                    .extend(signed(product, &id, BODY, 0, SECRET));
                browser.send(request, BODY).await
            }
            ("PUT", "/api/v1/admin/plan-limits") => {
                let read = self.merchant.clone().get_json(&path).await;
                let mut wanted: PlanCatalogue = serde_json::from_str(&read.body).unwrap();
                wanted.plans[0].name.push('+');
                let headers = request.headers_mut().unwrap();
                headers.insert(header::CONTENT_TYPE, "application/json".parse().unwrap());
                browser.send(request, serde_json::to_string(&wanted).unwrap()).await
            }
            ("GET", _) if !path.contains('{') => browser.send(request, "").await,
            _ => panic!("nothing valid is known to ask {} {}", route.method, route.path),
        }
    }
}

/// What is written when they are asked, whoever asks: it is the house's, and nothing of an organization or of its people.
const WRITES: [(&str, &[&str], &str); 2] = [
    (
        "/report/send",
        &["problem_reports", "problem_report_screenshots"],
        "everybody reports problems, each as themselves",
    ),
    (
        "/webhooks/polar",
        &[
            "billing_payment_events",
            "graphile_worker._private_jobs",
            "graphile_worker._private_tasks",
        ],
        "the provider is believed for its signature, whatever else comes with it",
    ),
];

/// Holds that nothing but this has become of what was stored.
pub fn assert_written(route: &Route, before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    let known = WRITES.iter().find(|(path, ..)| *path == route.path);
    let written: Vec<_> = before
        .iter()
        .filter(|(table, rows)| after[*table] != **rows)
        .map(|(table, _)| table.as_str())
        .filter(|table| known.is_none_or(|(_, tables, _)| !tables.contains(table)))
        .collect();
    assert_eq!(written, [""; 0], "{} {}", route.method, route.path);
}

fn told(answer: &Answer) -> (StatusCode, Error) {
    (answer.status, answer.error())
}

fn refused(error: Error) -> (StatusCode, Error) {
    (StatusCode::from_u16(error.status().as_u16()).unwrap(), error)
}

#[tokio::test]
async fn each_is_for_whom_it_says() {
    let product = webhooks::product().await;
    let (acme, ann) = product.owner("ann", "acme").await;
    let things = Things::of(&product, &acme).await;
    let (bob, member) = product.person("bob").await;
    join(&product.database, &product.deps, &acme, &bob, "member").await;
    let mut staff = Vec::new();
    for role in StaffRole::ALL {
        staff.push((*role, staff_browser(&product, role.key(), *role).await));
    }
    let sue = staff_browser(&product, "without", StaffRole::Superadmin).await;
    sqlx::query("update user_sessions set second_factor_at = null where user_id = (select id from users where name = 'without')")
        .execute(product.database.owner())
        .await
        .unwrap();
    let nobody = product.browser();
    for route in ROUTES {
        let what = format!("{} {}", route.method, route.path);
        let ask = async |browser: &Browser| things.ask(&product, route, &mut browser.clone()).await;
        match route.whom {
            Whom::Anybody | Whom::Signed => {
                for browser in [&nobody, &member, &sue] {
                    let answer = ask(browser).await;
                    assert!(answer.status.is_success(), "{what}: {answer:?}");
                }
            }
            Whom::Members(right) => {
                assert!(acme.permissions().contains(right));
                assert_eq!(ask(&ann).await.status, 200, "{what}");
                assert_eq!(told(&ask(&member).await), refused(Error::Forbidden), "{what}");
                assert_eq!(told(&ask(&nobody).await), refused(Error::Unauthenticated), "{what}");
                assert_eq!(told(&ask(&sue).await), refused(Error::NotFound), "{what}");
            }
            Whom::Staff(right) => {
                for browser in [&member, &ann] {
                    assert_eq!(told(&ask(browser).await), refused(Error::NotFound), "{what}");
                }
                let stranger = ask(&nobody).await.error();
                assert!(
                    matches!(stranger, Error::NotFound | Error::Unauthenticated),
                    "{what}: {stranger:?}"
                );
                assert_eq!(told(&ask(&sue).await), refused(Error::SecondFactorRequired), "{what}");
                for (role, browser) in &staff {
                    let answer = ask(browser).await;
                    if role.has(right) {
                        assert_eq!(answer.status, 200, "{what} as {role:?}: {answer:?}");
                    } else {
                        assert_eq!(told(&answer), refused(Error::Forbidden), "{what} as {role:?}");
                    }
                }
            }
        }
    }
}

/// Where routers are made: by [`Route`], and where no route of ours is written by hand.
const MAKE_ROUTERS: [(&str, &str); 5] = [
    ("http/routes.rs", "the list itself"),
    (
        "http/pages.rs",
        "pages and server functions, which have lists of their own",
    ),
    ("http/assets.rs", "the built files"),
    ("http/dev/mod.rs", "not there in production"),
    ("metrics.rs", "at an address of its own"),
];

#[test]
fn there_is_no_route_beside_the_list() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut folders, mut found) = (vec![root.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let served = text.split("#[cfg(test)]").next().unwrap_or_default();
            let makes = [
                ".route(",
                ".route_service(",
                ".nest(",
                ".nest_service(",
                ".fallback(",
                ".leptos_routes",
            ];
            if makes.iter().any(|made| served.contains(made)) {
                found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    let mut known = MAKE_ROUTERS.map(|(file, _)| file.to_owned());
    known.sort();
    assert_eq!(found, known);
}
