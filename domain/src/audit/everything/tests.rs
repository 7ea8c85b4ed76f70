use contract::{Error, staff::StaffRole};

use super::*;
use crate::{
    actor::OrgActor,
    testing::{TestClock, TestDatabase, clock_and_deps, deps, organization, person, project, staff, task},
};

async fn look(staff: &StaffActor, deps: &Deps, wanted: &Wanted) -> Page {
    match everything(staff, deps, wanted, None).await.unwrap() {
        Outcome::Found(page) => page,
        other => panic!("{other:?}"),
    }
}

fn actions(page: &Page) -> Vec<&str> {
    page.rows.iter().map(|row| row.entry.action.as_str()).collect()
}

/// One thing after the other.
async fn house(clock: &TestClock, deps: &Deps) -> (OrgActor, OrgActor) {
    let second = TimeDelta::seconds(1);
    let (ann, bob) = (person(deps, "ann").await, person(deps, "bob").await);
    clock.advance(second);
    let (acme, birch) = (
        organization(deps, &ann, "acme").await,
        organization(deps, &bob, "birch").await,
    );
    clock.advance(second);
    project(deps, &acme, "Harbour").await;
    project(deps, &birch, "Lighthouse").await;
    (acme, birch)
}

#[tokio::test]
async fn staff_read_every_chain_and_can_narrow_it_to_an_organization_or_a_person() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let (acme, birch) = house(&clock, &deps).await;
    let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
    let all = look(&sue, &deps, &Wanted::default()).await;
    assert_eq!(
        all.rows.len(),
        7,
        "three accounts, two organizations, two projects: {:?}",
        actions(&all)
    );
    for organization in ["acme".to_owned(), "ACME".to_owned(), acme.tenant().id.to_string()] {
        let wanted = Wanted {
            organization,
            ..Wanted::default()
        };
        let page = look(&sue, &deps, &wanted).await;
        assert_eq!(actions(&page), ["project.created", "tenant.created"]);
        let place = page.rows[0].organization.as_ref().unwrap();
        assert_eq!(place.known, Some(("acme".to_owned(), "acme".to_owned())));
    }
    for person in ["Bob@example.test".to_owned(), birch.user().id().to_string()] {
        let wanted = Wanted {
            person,
            ..Wanted::default()
        };
        let page = look(&sue, &deps, &wanted).await;
        assert_eq!(actions(&page), ["project.created", "tenant.created", "user.signed_up"]);
    }
    let both = Wanted {
        organization: "acme".to_owned(),
        person: "bob@example.test".to_owned(),
        ..Wanted::default()
    };
    assert_eq!(look(&sue, &deps, &both).await.rows.len(), 0);
    let nobody = Wanted {
        person: "nobody@example.test\0".to_owned(),
        ..Wanted::default()
    };
    assert!(matches!(
        everything(&sue, &deps, &nobody, None).await.unwrap(),
        Outcome::NoSuchPerson
    ));
    let nowhere = Wanted {
        organization: "nowhere".to_owned(),
        ..Wanted::default()
    };
    assert!(matches!(
        everything(&sue, &deps, &nowhere, None).await.unwrap(),
        Outcome::NoSuchOrganization
    ));
}

#[tokio::test]
async fn what_was_done_to_somebody_or_in_their_name_is_theirs_as_well() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let (acme, birch) = house(&clock, &deps).await;
    let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
    // The triggers of the chain do not know these: the rows are only read here.
    sqlx::query(
        "update audit_log set on_behalf_of_user_id = $1 where action = 'project.created' and actor_user_id = $2",
    )
    .bind(acme.user().id().0)
    .bind(birch.user().id().0)
    .execute(database.owner())
    .await
    .unwrap();
    let wanted = Wanted {
        person: "ann@example.test".to_owned(),
        filter: Filter {
            action: Some("project".to_owned()),
            ..Filter::default()
        },
        ..Wanted::default()
    };
    let page = look(&sue, &deps, &wanted).await;
    assert_eq!(actions(&page), ["project.created", "project.created"]);
    let own = page.rows.iter().filter(|row| row.entry.on_behalf_of.is_none()).count();
    assert_eq!(own, 1);
    let mut wanted = Wanted {
        origin: Some("session".to_owned()),
        ..Wanted::default()
    };
    assert_eq!(look(&sue, &deps, &wanted).await.rows.len(), 4);
    wanted.origin = Some("staff".to_owned());
    assert_eq!(look(&sue, &deps, &wanted).await.rows.len(), 0);
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let work = project(&deps, &acme, "Work").await;
    // All at one instant: the id decides.
    for number in 0..60 {
        task(&deps, &acme, work, &format!("Task {number}")).await;
    }
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    for person in ["", "ann@example.test"] {
        let wanted = Wanted {
            person: person.to_owned(),
            ..Wanted::default()
        };
        let first = look(&sue, &deps, &wanted).await;
        let Outcome::Found(second) = everything(&sue, &deps, &wanted, first.older).await.unwrap() else {
            panic!("nothing");
        };
        let expected = if person.is_empty() { 14 } else { 13 };
        assert_eq!(
            (first.rows.len(), second.rows.len(), second.older),
            (50, expected, None)
        );
        let mut ids: Vec<_> = first.rows.iter().chain(&second.rows).map(|row| row.entry.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 50 + expected);
    }
}

#[tokio::test]
async fn words_alone_are_looked_for_in_the_last_days() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    house(&clock, &deps).await;
    clock.advance(WORDS_REACH + TimeDelta::days(1));
    let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
    let mut wanted = Wanted {
        filter: Filter {
            text: "harbour".to_owned(),
            ..Filter::default()
        },
        ..Wanted::default()
    };
    assert_eq!(look(&sue, &deps, &wanted).await.rows.len(), 0);
    wanted.organization = "acme".to_owned();
    assert_eq!(look(&sue, &deps, &wanted).await.rows.len(), 1);
}

#[tokio::test]
async fn who_sees_to_bills_reads_no_log() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    let refused = everything(&bea, &deps, &Wanted::default(), None).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::Forbidden);
}
