use std::sync::Arc;

use chrono::TimeDelta;
use contract::{
    billing::{BillingInterval, Feature},
    error::{Check, Limit},
    staff::StaffRole,
    text::PlanTitle,
};
use futures::{FutureExt, future::BoxFuture};
use serde_json::json;

use super::*;
use crate::{
    actor::FRESH_FACTOR,
    billing::{
        apply_limits::apply,
        catalogue::{plans::plans, public::public_plans},
        editor::{
            list::{catalogue, list},
            review::review,
        },
        limits,
    },
    jobs::{Job, JobContext},
    mail::{Mailer, NotSent, Rendered},
    testing::{TestDatabase, bills, clock_and_deps, deps, organization, person, project, staff},
};

#[derive(Debug)]
struct NoMail;

impl Mailer for NoMail {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>> {
        async move { Err(NotSent::Failed(format!("nothing is to be sent: {mail:?}"))) }.boxed()
    }
}

/// A plan as it is to be saved, from how it stands.
async fn edit(staff: &StaffActor, deps: &Deps, plan: &str) -> PlanEdit {
    let plans = catalogue(staff, deps).await.unwrap();
    let settings = plans.into_iter().find(|settings| settings.key == plan).unwrap();
    let mut check = Check::default();
    let edit = PlanEdit::read(&mut check, "", settings);
    check.done(edit).unwrap()
}

async fn queued(database: &TestDatabase, task: &str) -> i64 {
    let jobs = "graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id";
    database.count(&format!("{jobs} where t.identifier = '{task}'")).await
}

#[tokio::test]
async fn what_is_saved_is_what_is_sold_and_allowed_from_then_on() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let ann = person(&deps, "ann").await;
    let acme = organization(&deps, &ann, "acme").await;
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    let plan = acme.tenant().plan.key.clone();
    let mut wanted = edit(&bea, &deps, &plan).await;
    wanted.name = PlanTitle::parse("First steps").unwrap();
    wanted.limits.projects = Some(2);
    wanted.limits.guests = None;
    wanted.features = vec![Feature::AuditExport];
    wanted.public = false;
    let Saved::Done(saved) = save(&bea, &deps, &[wanted.clone()]).await.unwrap() else {
        panic!("nobody else edits");
    };
    assert_eq!((saved[0].version, saved[0].name.as_str()), (2, "First steps"));
    let mut transaction = bea.begin(&deps).await.unwrap();
    for (limit, allowed) in [(Limit::Projects, Some(2)), (Limit::Guests, None)] {
        let found = limits::allowed(&mut transaction, acme.tenant().id, limit, deps.now())
            .await
            .unwrap();
        assert_eq!(found, allowed, "{limit:?}");
    }
    let public = public_plans(&deps).await.unwrap();
    assert!(public.iter().all(|public| public.key != plan));
    assert_eq!(queued(&database, "apply_plan_limits").await, 1);
    let told: (serde_json::Value, serde_json::Value) =
        sqlx::query_as("select before, after from audit_log where action = 'plan.changed'")
            .fetch_one(database.owner())
            .await
            .unwrap();
    assert_eq!(
        (&told.0["limits"]["projects"], &told.1["limits"]["projects"]),
        (&json!(5), &json!(2))
    );
    let listed = list(&bea, &deps).await.unwrap();
    let listed = listed.iter().find(|listed| listed.plan.key == plan).unwrap();
    let last = listed.last_change.as_ref().unwrap();
    assert_eq!((listed.organizations, last.by.as_str()), (1, "bea"));
    assert_eq!(last.fields, ["name", "projects", "guests", "features", "public"]);
}

#[tokio::test]
async fn each_plan_is_listed_with_its_own_last_change() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (bea, sue) = (
        staff(&database, &deps, "bea", StaffRole::Billing).await,
        staff(&database, &deps, "sue", StaffRole::Superadmin).await,
    );
    for (editor, plan, name) in [
        (&sue, "team", "Teams"),
        (&bea, "team", "All of us"),
        (&sue, "starter", "First"),
    ] {
        let mut wanted = edit(editor, &deps, plan).await;
        wanted.name = PlanTitle::parse(name).unwrap();
        save(editor, &deps, &[wanted]).await.unwrap();
    }
    let listed = list(&bea, &deps).await.unwrap();
    let last = |plan: &str| {
        let listed = listed.iter().find(|listed| listed.plan.key == plan).unwrap();
        let last = listed.last_change.as_ref()?;
        assert_eq!(last.version, listed.plan.version);
        Some((last.version, last.by.as_str()))
    };
    assert_eq!(last("team"), Some((3, "bea")));
    assert_eq!(last("starter"), Some((2, "sue")));
    assert_eq!(last("business"), None);
}

#[tokio::test]
async fn of_two_editors_the_second_is_told_what_changed_and_nothing_of_theirs_is_saved() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let (bea, sue) = (
        staff(&database, &deps, "bea", StaffRole::Billing).await,
        staff(&database, &deps, "sue", StaffRole::Superadmin).await,
    );
    let (mut first, mut second) = (edit(&bea, &deps, "team").await, edit(&sue, &deps, "team").await);
    let mut other = edit(&sue, &deps, "starter").await;
    first.limits.members = Some(40);
    second.name = PlanTitle::parse("Teams").unwrap();
    other.name = PlanTitle::parse("Starters").unwrap();
    let (ours, theirs) = ([first], [second.clone(), other.clone()]);
    let (one, two) = tokio::join!(save(&bea, &deps, &ours), save(&sue, &deps, &theirs));
    let outcomes = [one.unwrap(), two.unwrap()];
    let saved = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Saved::Done(_)))
        .count();
    assert_eq!(saved, 1, "{outcomes:?}");
    let told = outcomes.iter().find_map(|outcome| match outcome {
        Saved::Changed(conflicts) => Some(conflicts),
        Saved::Done(_) => None,
    });
    let told = told.unwrap();
    assert_eq!((told.len(), told[0].plan.as_str(), told[0].version), (1, "team", 2));
    assert_eq!((told[0].changes.len(), told[0].changes[0].version), (1, 2));
    assert!(["members", "name"].contains(&&*told[0].changes[0].fields[0]));

    // Whoever comes later with what was read before is told as well, and all of it stays as it is.
    let before = catalogue(&sue, &deps).await.unwrap();
    second.name = PlanTitle::parse("Too late").unwrap();
    other.version = before[0].version;
    other.name = PlanTitle::parse("Too late as well").unwrap();
    let late = save(&sue, &deps, &[second, other]).await.unwrap();
    assert!(matches!(late, Saved::Changed(_)), "{late:?}");
    assert_eq!(catalogue(&sue, &deps).await.unwrap(), before);
}

#[tokio::test]
async fn a_price_that_is_sold_is_archived_and_one_that_is_not_is_altered() {
    let database = TestDatabase::new().await;
    let deps = deps(&database);
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    sqlx::query(
        "update plan_prices set provider_product_id = 'prod_1' where plan_key = 'team' and billing_interval = 'month'",
    )
    .execute(database.owner())
    .await
    .unwrap();
    let mut wanted = edit(&bea, &deps, "team").await;
    for price in &mut wanted.prices {
        price.amount += 100;
    }
    assert_eq!(
        review(&bea, &deps, &wanted).await.unwrap().replaced,
        [BillingInterval::Month]
    );
    save(&bea, &deps, &[wanted]).await.unwrap();
    let of_team = "plan_prices where plan_key = 'team'";
    assert_eq!(database.count(&format!("{of_team} and archived_at is null")).await, 2);
    assert_eq!(
        database
            .count(&format!(
                "{of_team} and seat_amount = 1900 and provider_product_id = 'prod_1' and archived_at is not null"
            ))
            .await,
        1,
        "who pays it goes on paying it"
    );
    assert_eq!(
        database
            .count(&format!(
                "{of_team} and seat_amount = 2000 and provider_product_id is null"
            ))
            .await,
        1
    );
    assert_eq!(
        database.count(&format!("{of_team} and seat_amount = 19000")).await,
        0,
        "nobody could pay it"
    );

    // Back to what it was: the provider's product is sold again, and is no second price's.
    let mut back = edit(&bea, &deps, "team").await;
    for price in &mut back.prices {
        price.amount -= 100;
    }
    save(&bea, &deps, &[back]).await.unwrap();
    assert_eq!(
        database
            .count(&format!(
                "{of_team} and archived_at is null and provider_product_id = 'prod_1'"
            ))
            .await,
        1
    );
    let mut transaction = bea.begin_reading(&deps).await.unwrap();
    let team = plans(&mut transaction)
        .await
        .unwrap()
        .into_iter()
        .find(|plan| plan.key == "team")
        .unwrap();
    assert_eq!(team.price(BillingInterval::Month, "usd").unwrap().seat_amount, 1900);

    let mut stolen = edit(&bea, &deps, "starter").await;
    stolen.prices[0].product = Some("prod_1".to_owned().into());
    let refused = save(&bea, &deps, &[stolen]).await.unwrap_err();
    assert_eq!(
        Refusal::from(refused),
        Refusal::field("month_usd_product", FieldCode::Taken)
    );
    let mut gone = edit(&bea, &deps, "team").await;
    gone.prices.retain(|price| price.interval == BillingInterval::Month);
    save(&bea, &deps, &[gone]).await.unwrap();
    assert_eq!(database.count(&format!("{of_team} and archived_at is null")).await, 1);
}

#[tokio::test]
async fn a_lowered_limit_says_whom_it_concerns_before_and_reaches_them_after() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let ann = person(&deps, "ann").await;
    let mut orgs = Vec::new();
    for (slug, projects) in [("none", 0), ("two", 2), ("four", 4)] {
        let org = organization(&deps, &ann, slug).await;
        for number in 0..projects {
            project(&deps, &org, &format!("Project {number}")).await;
        }
        orgs.push(org);
    }
    // On another plan, whatever it has.
    bills(
        &database,
        &organization(&deps, &person(&deps, "bob").await, "other").await,
    )
    .await;
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    let plan = orgs[0].tenant().plan.key.clone();
    let mut wanted = edit(&bea, &deps, &plan).await;
    wanted.limits.projects = Some(1);
    wanted.limits.members = Some(4);
    let seen = review(&bea, &deps, &wanted).await.unwrap();
    assert_eq!(seen.over, [(Limit::Projects, 2), (Limit::Members, 0)]);
    assert_eq!(seen.fields, ["projects", "members"]);
    assert_eq!(database.count("plan_changes").await, 0, "it was only looked at");
    save(&bea, &deps, &[wanted.clone()]).await.unwrap();
    assert_eq!(
        review(&bea, &deps, &wanted).await.unwrap().over,
        [],
        "nobody is over it anew"
    );

    let context = JobContext {
        platform: database.platform(),
        deps: deps.clone(),
        mailer: Arc::new(NoMail),
        base_url: "https://plinth.example".into(),
    };
    let job = ApplyPlanLimits { plan, after: None };
    Job::run(&job, &context).await.unwrap();
    let waiting: i64 = queued(&database, "apply_limits").await;
    assert!(waiting >= 3, "{waiting}");
    for org in &orgs {
        let mut transaction = database.platform().begin().await.unwrap();
        apply(&mut transaction, &deps, org.tenant().id).await.unwrap();
        transaction.commit().await.unwrap();
    }
    let told = "billing_over_limits o join tenants t on t.id = o.tenant_id where o.limit_key = 'projects'";
    assert_eq!(
        database.count(&format!("{told} and t.slug in ('two', 'four')")).await,
        2
    );
    assert_eq!(database.count(&format!("{told} and t.slug = 'none'")).await, 0);
    clock.advance(TimeDelta::days(1));
    assert_eq!(
        database.count("projects where paused_at is not null").await,
        0,
        "there are days of grace"
    );
}

#[tokio::test]
async fn only_who_may_with_a_fresh_factor_and_nothing_for_what_stays() {
    let database = TestDatabase::new().await;
    let (clock, deps) = clock_and_deps(&database);
    let bea = staff(&database, &deps, "bea", StaffRole::Billing).await;
    let unchanged = edit(&bea, &deps, "team").await;
    save(&bea, &deps, std::slice::from_ref(&unchanged)).await.unwrap();
    assert_eq!(database.count("plan_changes").await, 0);
    assert_eq!(database.count("audit_log where action = 'plan.changed'").await, 0);
    for role in [StaffRole::Support, StaffRole::Auditor] {
        let one = staff(&database, &deps, role.key(), role).await;
        let refused = save(&one, &deps, std::slice::from_ref(&unchanged)).await.unwrap_err();
        assert_eq!(Refusal::from(refused), Refusal::Forbidden);
        let refused = review(&one, &deps, &unchanged).await.unwrap_err();
        assert_eq!(Refusal::from(refused), Refusal::Forbidden);
    }
    let unknown = PlanEdit {
        key: "nothing".to_owned(),
        ..unchanged.clone()
    };
    let refused = save(&bea, &deps, &[unknown]).await.unwrap_err();
    assert_eq!(Refusal::from(refused), Refusal::NotFound);
    let twice = save(&bea, &deps, &[unchanged.clone(), unchanged.clone()])
        .await
        .unwrap_err();
    assert_eq!(Refusal::from(twice), Refusal::field("plans", FieldCode::Taken));
    clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
    let stale = save(&bea, &deps, &[unchanged]).await.unwrap_err();
    assert_eq!(Refusal::from(stale), Refusal::SecondFactorRequired);
}
