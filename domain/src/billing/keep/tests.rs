use chrono::TimeDelta;
use contract::Error;

use super::*;
use crate::testing::{
    TestDatabase, clock_and_deps, join, join_as_guest, organization, person, project, project_in, workspace,
};

async fn allow(database: &TestDatabase, limit: &str, allowed: i32) {
    sqlx::query("update plan_limits set allowed = $2 where plan_key = 'starter' and limit_key = $1")
        .bind(limit)
        .bind(allowed)
        .execute(database.owner())
        .await
        .unwrap();
}

async fn again(org: &OrgActor, deps: &Deps) -> OrgActor {
    OrgActor::enter(org.user(), deps, "acme").await.unwrap()
}

fn in_use<Id: Copy>(choices: &Choices<Id>) -> Vec<Id> {
    let used = choices.choices.iter().filter(|choice| choice.in_use);
    used.map(|choice| choice.id).collect()
}

#[tokio::test]
async fn who_sees_to_the_bills_chooses_and_the_choice_lasts() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let mut projects = Vec::new();
    for name in ["One", "Two", "Three"] {
        clock.advance(TimeDelta::seconds(1));
        projects.push(project(&deps, &acme, name).await);
    }
    assert_eq!(choices(&acme, &deps).await.unwrap(), Keepable::default());
    keep(&acme, &deps, &Kept::default()).await.unwrap();
    assert_eq!(database.count("audit_log where action = 'billing.kept'").await, 0);

    allow(&database, "projects", 2).await;
    let acme = again(&acme, &deps).await;
    let stranger = Kept {
        projects: Vec::new(),
        people: vec![person(&deps, "zoe").await.id()],
    };
    let refused = keep(&acme, &deps, &stranger).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::NotFound);
    let kept = |projects: &[ProjectId]| Kept {
        projects: projects.to_vec(),
        people: Vec::new(),
    };
    let refused = keep(&acme, &deps, &kept(&projects)).await.unwrap_err();
    assert_eq!(
        Error::from(refused),
        Error::field("projects", FieldCode::TooMany { max: 2 })
    );
    // The newest, and with it the oldest, because there is room for two.
    keep(&acme, &deps, &kept(&projects[2..])).await.unwrap();
    let offered = choices(&acme, &deps).await.unwrap();
    assert_eq!((&offered.members, &offered.guests), (&None, &None));
    let offered = offered.projects.unwrap();
    assert_eq!((offered.allowed, in_use(&offered)), (2, vec![projects[0], projects[2]]));
    assert_eq!(database.count("audit_log where action = 'billing.kept'").await, 1);

    clock.advance(deps.billing.grace);
    let mut transaction = database.platform().begin().await.unwrap();
    apply_limits::apply(&mut transaction, &deps, acme.tenant().id)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    let offered = choices(&acme, &deps).await.unwrap().projects.unwrap();
    assert_eq!(
        in_use(&offered),
        [projects[0], projects[2]],
        "time does not choose anew"
    );
}

#[tokio::test]
async fn owners_stay_and_count() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let mut others = Vec::new();
    for name in ["bob", "cid"] {
        clock.advance(TimeDelta::seconds(1));
        let user = person(&deps, name).await;
        join(&database, &deps, &acme, &user, "member").await;
        others.push(user.id());
    }
    let gil = person(&deps, "gil").await;
    let guest = join_as_guest(&database, &deps, &acme, &gil).await;
    allow(&database, "members", 2).await;
    let acme = again(&acme, &deps).await;
    let people = |people: &[UserId]| Kept {
        projects: Vec::new(),
        people: people.to_vec(),
    };
    let refused = keep(&acme, &deps, &people(&others)).await.unwrap_err();
    assert_eq!(
        Error::from(refused),
        Error::field("members", FieldCode::TooMany { max: 2 })
    );
    keep(&acme, &deps, &people(&others[1..])).await.unwrap();
    let offered = choices(&acme, &deps).await.unwrap().members.unwrap();
    assert_eq!(in_use(&offered), [acme.user().id(), others[1]]);
    assert!(offered.choices[0].fixed && !offered.choices[1].fixed);

    // Guests fit, whatever is said of them.
    let guest = again(&guest, &deps).await;
    assert!(!guest.is_paused());
    allow(&database, "members", 1).await;
    let acme = again(&acme, &deps).await;
    keep(&acme, &deps, &people(&[])).await.unwrap();
    assert_eq!(database.count("tenant_members where paused_at is not null").await, 2);
    let refused = keep(&guest, &deps, &people(&[])).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::Forbidden);
}

#[tokio::test]
async fn what_one_does_not_see_is_counted_and_not_named() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
    let team = workspace(&deps, &acme, "Team").await;
    let hidden = project_in(&deps, &acme, "Hidden", team).await;
    clock.advance(TimeDelta::seconds(1));
    let open = project(&deps, &acme, "Open").await;
    let bob = person(&deps, "bob").await;
    join(&database, &deps, &acme, &bob, "billing").await;
    allow(&database, "projects", 1).await;
    let payer = OrgActor::enter(&bob, &deps, "acme").await.unwrap();
    let offered = choices(&payer, &deps).await.unwrap().projects.unwrap();
    let told: Vec<_> = offered
        .choices
        .iter()
        .map(|choice| (choice.id, choice.name.as_deref()))
        .collect();
    assert_eq!(told, [(hidden, None), (open, Some("Open"))]);
    let kept = Kept {
        projects: vec![open],
        people: Vec::new(),
    };
    keep(&payer, &deps, &kept).await.unwrap();
    let paused = format!("projects where paused_at is not null and id = '{hidden}'");
    assert_eq!(database.count(&paused).await, 1);
}
