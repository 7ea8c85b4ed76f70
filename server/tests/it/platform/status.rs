//! What anybody reads of maintenance: what is on, where and until when, and what is planned.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    maintenance::{MaintenanceLevel, Surface},
    staff::StaffRole,
};
use domain::{
    maintenance::{
        Scope,
        begin::{Target, begin},
        end::end,
        testing::{close, order},
    },
    testing::staff,
};

use crate::harness::Product;

const NAMES: [(Surface, &str); 3] = [
    (Surface::Site, "Public pages"),
    (Surface::Account, "Accounts and signing in"),
    (Surface::Organizations, "All organizations"),
];

/// What each level means, and how the house is then.
const LEVELS: [(MaintenanceLevel, &str, &str); 3] = [
    (
        MaintenanceLevel::Banner,
        "All of it works as always.",
        "Everything works",
    ),
    (
        MaintenanceLevel::ReadOnly,
        "Everything can be read and nothing changed.",
        "Some things work slowly or not always",
    ),
    (
        MaintenanceLevel::Closed,
        "Closed for everybody but staff.",
        "Something does not work",
    ),
];

const NOW: &str = "Maintenance now";
const PLANNED: &str = "Planned maintenance";

/// The page without its frame, where the same may be told over it.
async fn page(product: &Product) -> String {
    let answer = product.browser().get("/status").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    let (_, main) = answer.body.split_once("<main").unwrap();
    main.split_once("</main>").unwrap().0.to_owned()
}

fn times(from: DateTime<Utc>, to: DateTime<Utc>) -> String {
    let shown = |at: DateTime<Utc>| at.format("%-d %b %Y, %H:%M").to_string();
    format!("{} to {}", shown(from), shown(to))
}

#[tokio::test]
async fn each_surface_is_told_with_its_level_and_its_end() {
    let product = Product::new().await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let now = product.deps.now();
    for (surface, _) in NAMES {
        for (level, means, health) in LEVELS {
            let mut wanted = order(Target::Surface(surface), level);
            let until = now + TimeDelta::minutes(10);
            wanted.ends_at = Some(until);
            let window = begin(&sue, &product.deps, &wanted).await.unwrap();
            let told = page(&product).await;
            for words in [NOW, means, health, wanted.message.as_str(), &*times(now, until)] {
                assert!(told.contains(words), "{surface:?} {level:?}: {words}: {told}");
            }
            for (other, name) in NAMES {
                assert_eq!(
                    told.contains(name),
                    other == surface,
                    "{surface:?} {level:?}: {name}: {told}"
                );
            }
            assert!(!told.contains(PLANNED), "{told}");
            end(&sue, &product.deps, window).await.unwrap();
            let told = page(&product).await;
            assert!(told.contains("Everything works") && !told.contains(NOW), "{told}");
        }
    }
}

#[tokio::test]
async fn the_strictest_window_is_told_where_it_counts() {
    let product = Product::new().await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    close(&sue, &product.deps, Scope::Everything, MaintenanceLevel::ReadOnly).await;
    close(
        &sue,
        &product.deps,
        Scope::Surface(Surface::Account),
        MaintenanceLevel::Closed,
    )
    .await;
    let told = page(&product).await;
    let [_, (_, reads, _), (_, closed, health)] = LEVELS;
    assert!(told.contains(health), "{told}");
    assert_eq!(told.matches(reads).count(), 2, "{told}");
    assert_eq!(told.matches(closed).count(), 1, "{told}");
    let (_, account) = told.split_once("Accounts and signing in").unwrap();
    let (account, _) = account.split_once("All organizations").unwrap();
    assert!(account.contains(closed) && !account.contains(reads), "{told}");
}

#[tokio::test]
async fn what_is_planned_is_listed_until_it_begins() {
    let product = Product::new().await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let hour = TimeDelta::hours(1);
    let (from, to) = (product.deps.now() + hour, product.deps.now() + hour * 2);
    let mut later = order(Target::Everything, MaintenanceLevel::Closed);
    (later.starts_at, later.ends_at) = (Some(from), Some(to));
    begin(&sue, &product.deps, &later).await.unwrap();
    let told = page(&product).await;
    for words in [PLANNED, &*times(from, to), later.message.as_str(), "Everything works"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!told.contains(NOW), "{told}");
    product.clock.advance(hour);
    let told = page(&product).await;
    assert!(told.contains(NOW) && told.contains("Something does not work"), "{told}");
    assert_eq!(told.matches(&times(from, to)).count(), NAMES.len(), "{told}");
    assert!(!told.contains(PLANNED), "{told}");
    product.clock.advance(hour);
    let told = page(&product).await;
    assert!(told.contains("Everything works") && !told.contains(NOW), "{told}");
}

#[tokio::test]
async fn a_window_of_one_organization_is_nobody_elses_business() {
    let product = Product::new().await;
    let (acme, _) = product.owner("ann", "acme").await;
    let sue = staff(&product.database, &product.deps, "sue", StaffRole::Superadmin).await;
    let before = page(&product).await;
    let mut later = order(
        Target::Organization(acme.tenant().slug.clone()),
        MaintenanceLevel::Closed,
    );
    later.starts_at = Some(product.deps.now() + TimeDelta::hours(1));
    begin(&sue, &product.deps, &later).await.unwrap();
    close(
        &sue,
        &product.deps,
        Scope::Organization(acme.tenant().id),
        MaintenanceLevel::Closed,
    )
    .await;
    let told = page(&product).await;
    assert!(told.contains("Everything works"), "{told}");
    assert_eq!(told, before);
}
