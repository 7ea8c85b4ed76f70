//! What a smaller plan has no room for: what is said of it beforehand, and what is chosen to stay.

use chrono::TimeDelta;
use contract::{Error, billing::BillingInterval::Month, error::FieldCode, invitation::InviteOutcome};
use domain::{
    billing::{change_plan::Changed, drop_change::drop_change, keep::Kept, keep_ahead::change_and_keep},
    testing::{join, person},
};

use crate::{
    changing::{changed, held, previewed},
    seats::invited,
    shop::{Shop, wanted},
};

#[tokio::test]
async fn what_stays_is_chosen_before_it_is_agreed_and_stays_when_it_takes_effect() {
    let shop = Shop::subscribed("team", Month, 8).await;
    let (deps, org) = (&shop.deps, &shop.org);
    let mut projects = Vec::new();
    for number in 0..7 {
        shop.clock.advance(TimeDelta::seconds(1));
        projects.push(domain::testing::project(deps, org, &format!("Project {number}")).await);
    }
    let mut people = vec![org.user().id()];
    for number in 1..7 {
        shop.clock.advance(TimeDelta::seconds(1));
        let user = person(deps, &format!("member{number}")).await;
        join(&shop.database, deps, org, &user, "member").await;
        people.push(user.id());
    }
    let smaller = wanted("starter", Month, 5);
    let preview = previewed(&shop, &smaller).await;
    let named: Vec<_> = preview.pauses.iter().map(|pausing| pausing.names.clone()).collect();
    assert_eq!(named, [["Project 5", "Project 6"], ["member5", "member6"]]);
    let members = preview.keepable.members.unwrap();
    assert!(members.choices[0].fixed && members.choices[0].stays && !members.choices[6].stays);

    // The newest instead of the oldest; the owner is among the five in any case.
    let kept = Kept {
        projects: projects[2..].to_vec(),
        people: people[3..].to_vec(),
    };
    let too_many = Kept {
        projects: projects.clone(),
        people: Vec::new(),
    };
    let keeping = async |kept: &Kept| change_and_keep(org, deps, &smaller, preview.version, kept).await;
    let refused = keeping(&too_many).await.unwrap_err();
    assert_eq!(
        Error::from(refused),
        Error::field("projects", FieldCode::TooMany { max: 5 })
    );
    assert_eq!(
        held(&shop).await.pending,
        None,
        "too many is refused before anything is changed"
    );
    assert!(matches!(keeping(&kept).await.unwrap(), Changed::AtRenewal(_)));
    let again = previewed(&shop, &smaller).await;
    assert_eq!(again.pauses[0].names, ["Project 0", "Project 1"]);
    assert_eq!(shop.audited("billing.kept").await, 1);
    assert_eq!(shop.paused().await, (0, 0), "nothing before it takes effect");

    shop.clock.set(held(&shop).await.period_end.unwrap());
    shop.sandbox.control().settle();
    shop.settled().await;
    shop.limits_applied().await;
    assert_eq!(shop.paused().await, (0, 0), "the days of grace");
    shop.clock.advance(deps.billing.grace);
    shop.limits_applied().await;
    assert_eq!(shop.paused().await, (2, 2));
    for gone in &projects[..2] {
        let paused = format!("projects where paused_at is not null and id = '{}'", gone.0);
        assert_eq!(shop.database.count(&paused).await, 1);
    }
    for gone in &people[1..3] {
        let paused = format!("tenant_members where paused_at is not null and user_id = '{}'", gone.0);
        assert_eq!(shop.database.count(&paused).await, 1);
    }
}

#[tokio::test]
async fn what_was_chosen_ahead_goes_with_the_change_that_it_was_for() {
    let shop = Shop::subscribed("team", Month, 3).await;
    let (deps, org) = (&shop.deps, &shop.org);
    let mut projects = Vec::new();
    for number in 0..6 {
        projects.push(domain::testing::project(deps, org, &format!("Project {number}")).await);
    }
    let smaller = wanted("starter", Month, 3);
    let kept = Kept {
        projects: projects[1..].to_vec(),
        people: Vec::new(),
    };
    let version = previewed(&shop, &smaller).await.version;
    let keeping = async |kept: &Kept| change_and_keep(org, deps, &smaller, version, kept).await.unwrap();
    assert!(matches!(keeping(&kept).await, Changed::AtRenewal(_)));
    assert_eq!(keeping(&kept).await, Changed::Already);
    assert_eq!(shop.database.count("billing_kept").await, 5);
    assert_eq!(shop.audited("billing.kept").await, 1, "the same again is nothing new");
    let others = Kept {
        projects: projects[..5].to_vec(),
        people: Vec::new(),
    };
    assert_eq!(
        keeping(&others).await,
        Changed::Kept,
        "the change waits already, the choice is new"
    );
    assert_eq!(shop.audited("billing.kept").await, 2);
    drop_change(org, deps).await.unwrap();
    assert_eq!(shop.database.count("billing_kept").await, 0);
    // What takes its place has a choice of its own.
    let version = held(&shop).await.version();
    change_and_keep(org, deps, &smaller, version, &kept).await.unwrap();
    changed(&shop, &wanted("team", Month, 4)).await;
    assert_eq!(shop.database.count("billing_kept").await, 0);
    let bob = person(deps, "bob").await;
    let member = join(&shop.database, deps, org, &bob, "member").await;
    let refused = change_and_keep(&member, deps, &smaller, version, &kept)
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::Forbidden);
}

#[tokio::test]
async fn what_was_chosen_for_a_change_that_is_not_taken_is_forgotten() {
    let shop = Shop::subscribed("team", Month, 3).await;
    let (deps, org) = (&shop.deps, &shop.org);
    let mut projects = Vec::new();
    for number in 0..6 {
        projects.push(domain::testing::project(deps, org, &format!("Project {number}")).await);
    }
    let kept = Kept {
        projects: projects[1..].to_vec(),
        people: Vec::new(),
    };
    let smaller = wanted("starter", Month, 3);
    let version = previewed(&shop, &smaller).await.version;
    shop.break_down();
    let refused = change_and_keep(org, deps, &smaller, version, &kept).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::PaymentProviderUnavailable);
    shop.repair();
    let refused = change_and_keep(org, deps, &smaller, version - 1, &kept)
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::Conflict);
    assert_eq!(shop.database.count("billing_kept").await, 0);
    assert_eq!(shop.audited("billing.kept").await, 0);
}

#[tokio::test]
async fn invitations_are_no_members_and_are_told_apart() {
    let shop = Shop::subscribed("team", Month, 9).await;
    let (deps, org) = (&shop.deps, &shop.org);
    for number in 1..6 {
        let user = person(deps, &format!("member{number}")).await;
        join(&shop.database, deps, org, &user, "member").await;
        shop.clock.advance(TimeDelta::seconds(1));
    }
    for address in ["zoe@example.test", "yan@example.test"] {
        assert!(matches!(invited(&shop, address).await, InviteOutcome::Invited { .. }));
    }
    // Six are in, two are invited, and there is room for five.
    let shown = previewed(&shop, &wanted("starter", Month, 5)).await;
    let [pausing] = &shown.pauses[..] else {
        panic!("{:?}", shown.pauses)
    };
    assert_eq!((pausing.used, pausing.allowed, pausing.paused), (6, 5, 1));
    assert_eq!(
        (&pausing.names[..], shown.without_room),
        (&["member5".to_owned()][..], 2)
    );
    sqlx::query(
        "update tenant_members set status = 'suspended' \
         where user_id in (select id from users where name in ('member4', 'member5'))",
    )
    .execute(shop.database.owner())
    .await
    .unwrap();
    // Four are in: one of the two has room.
    let shown = previewed(&shop, &wanted("starter", Month, 5)).await;
    assert_eq!((&shown.pauses[..], shown.without_room), (&[][..], 1));
    let shown = previewed(&shop, &wanted("business", Month, 9)).await;
    assert_eq!(shown.without_room, 0);
}
