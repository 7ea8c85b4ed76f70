//! Another plan, another interval, more and fewer seats.

use chrono::TimeDelta;
use contract::{
    Error,
    billing::{
        BillingInterval::{Month, Year},
        ChangeTiming, InvoiceStatus,
    },
    error::{FieldCode, Limit},
};
use domain::{
    billing::{
        Wanted,
        change_plan::{Changed, change_plan, change_seats},
        drop_change::drop_change,
        preview::{Preview, preview},
    },
    testing::{join, person, project_in, workspace},
};
use sandbox::CardBehaviour;

use crate::shop::{Shop, wanted};

pub async fn previewed(shop: &Shop, wanted: &Wanted) -> Preview {
    preview(&shop.org, &shop.deps, wanted).await.unwrap()
}

/// As it was previewed.
pub async fn changed(shop: &Shop, wanted: &Wanted) -> Changed {
    let version = previewed(shop, wanted).await.version;
    change_plan(&shop.org, &shop.deps, wanted, version).await.unwrap()
}

pub async fn held(shop: &Shop) -> domain::billing::Held {
    shop.overview().await.subscription.unwrap().held
}

#[tokio::test]
async fn more_is_there_at_once_for_what_was_previewed() {
    let mut shop = Shop::subscribed("starter", Month, 3).await;
    for (days, wanted, charges) in [
        (10, wanted("team", Month, 3), 1),
        (3, wanted("team", Month, 5), 1),
        (2, wanted("business", Month, 7), 2),
        (4, wanted("business", Year, 7), 1),
    ] {
        shop.clock.advance(TimeDelta::days(days) + TimeDelta::seconds(12_345));
        let orders = shop.sandbox.control().orders().len();
        let preview = previewed(&shop, &wanted).await;
        assert_eq!(preview.quote.timing, ChangeTiming::Now, "{wanted:?}");
        assert!(preview.quote.today > 0 && preview.pauses.is_empty());
        let done = change_plan(&shop.org, &shop.deps, &wanted, preview.version)
            .await
            .unwrap();
        assert_eq!(done, Changed::Now);
        let orders = &shop.sandbox.control().orders()[orders..];
        assert_eq!(orders.len(), charges, "{wanted:?}");
        let charged: i64 = orders.iter().map(|order| order["net_amount"].as_i64().unwrap()).sum();
        assert_eq!(charged, preview.quote.today, "{wanted:?}");
        let held = held(&shop).await;
        assert_eq!((held.seats, held.interval), (wanted.seats, Some(wanted.interval)));
        assert_eq!(held.amount, preview.quote.renewal, "{wanted:?}");
        assert_eq!(held.period_end, preview.quote.renews, "{wanted:?}");
    }
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.key, "business");
    assert_eq!(shop.audited("billing.plan_changed").await, 3);
    assert_eq!(shop.audited("billing.seats_changed").await, 2);
    assert_eq!(
        shop.database
            .count("billing_seat_changes where source = 'member'")
            .await,
        2
    );
}

#[tokio::test]
async fn a_smaller_plan_waits_for_the_renewal_and_says_what_will_pause() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    for number in 0..7 {
        domain::testing::project(&shop.deps, &shop.org, &format!("Project {number}")).await;
        shop.clock.advance(TimeDelta::seconds(1));
    }
    let smaller = wanted("starter", Month, 3);
    let preview = previewed(&shop, &smaller).await;
    let renewal = held(&shop).await.period_end.unwrap();
    assert_eq!(
        (preview.quote.timing, preview.quote.today),
        (ChangeTiming::AtRenewal, 0)
    );
    assert_eq!((preview.quote.effective, preview.quote.renewal), (renewal, 2_700));
    let [pausing] = &preview.pauses[..] else {
        panic!("{:?}", preview.pauses)
    };
    assert_eq!((pausing.limit, pausing.used, pausing.allowed), (Limit::Projects, 7, 5));
    assert_eq!(pausing.names, ["Project 5", "Project 6"]);

    let done = change_plan(&shop.org, &shop.deps, &smaller, preview.version)
        .await
        .unwrap();
    assert_eq!(done, Changed::AtRenewal(renewal));
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.key, "team", "until then");
    let overview = shop.overview().await;
    assert!(overview.may.drop_change);
    let subscribed = overview.subscription.unwrap();
    assert_eq!(subscribed.next_charge, Some((2_700, renewal)));
    let pending = subscribed.pending.unwrap();
    assert_eq!((pending.plan.unwrap().key.as_str(), pending.seats), ("starter", None));
    let again = change_plan(&shop.org, &shop.deps, &smaller, preview.version)
        .await
        .unwrap();
    assert_eq!(again, Changed::Already, "a second click");

    drop_change(&shop.org, &shop.deps).await.unwrap();
    drop_change(&shop.org, &shop.deps).await.unwrap();
    let overview = shop.overview().await;
    assert_eq!(overview.subscription.unwrap().next_charge, Some((5_700, renewal)));
    assert_eq!(shop.at_the_provider()["pending_update"], serde_json::Value::Null);
    assert_eq!(shop.audited("billing.change_dropped").await, 1);
}

#[tokio::test]
async fn a_smaller_plan_and_fewer_seats_wait_together() {
    let mut shop = Shop::subscribed("team", Month, 6).await;
    let smaller = wanted("starter", Month, 5);
    let preview = previewed(&shop, &smaller).await;
    let renewal = held(&shop).await.period_end.unwrap();
    assert_eq!(
        (preview.quote.timing, preview.quote.today, preview.quote.renewal),
        (ChangeTiming::AtRenewal, 0, 4_500)
    );
    assert!(!preview.replaces_pending);
    let done = change_plan(&shop.org, &shop.deps, &smaller, preview.version).await;
    assert_eq!(done.unwrap(), Changed::AtRenewal(renewal));
    let subscribed = shop.overview().await.subscription.unwrap();
    let pending = subscribed.pending.unwrap();
    assert_eq!(
        (pending.plan.unwrap().key.as_str(), pending.seats),
        ("starter", Some(5))
    );
    assert_eq!(subscribed.next_charge, Some((4_500, renewal)));
    let again = change_plan(&shop.org, &shop.deps, &smaller, preview.version).await;
    assert_eq!(again.unwrap(), Changed::Already, "a second click");
    // Another number for the same plan that waits.
    let fewer = wanted("starter", Month, 3);
    assert!(previewed(&shop, &fewer).await.replaces_pending);
    assert!(matches!(changed(&shop, &fewer).await, Changed::AtRenewal(_)));
    assert_eq!(shop.audited("billing.change_dropped").await, 0, "nothing else waited");

    shop.clock.set(renewal);
    shop.sandbox.control().settle();
    let told = shop.at_the_provider();
    assert_eq!((&told["seats"], &told["amount"]), (&3.into(), &2_700.into()));
    shop.settled().await;
    shop.enter_again().await;
    let plan = &shop.org.tenant().plan;
    assert_eq!((plan.key.as_str(), plan.limits.members), ("starter", Some(3)));
}

#[tokio::test]
async fn what_waits_and_is_not_wanted_any_more_is_taken_back() {
    let shop = Shop::subscribed("team", Month, 5).await;
    changed(&shop, &wanted("starter", Month, 4)).await;
    let waits = async || {
        let pending = held(&shop).await.pending;
        pending.map(|pending| (pending.product.is_some(), pending.seats))
    };
    assert_eq!(waits().await, Some((true, Some(4))));
    // The provider would let the plan wait on beside the seats.
    changed(&shop, &wanted("team", Month, 3)).await;
    assert_eq!(waits().await, Some((false, Some(3))));
    changed(&shop, &wanted("starter", Month, 5)).await;
    assert_eq!(waits().await, Some((true, None)));
    let more = wanted("team", Month, 8);
    assert!(previewed(&shop, &more).await.replaces_pending);
    assert_eq!(changed(&shop, &more).await, Changed::Now);
    assert_eq!((waits().await, held(&shop).await.seats), (None, 8));
    assert_eq!(shop.at_the_provider()["pending_update"], serde_json::Value::Null);
    assert_eq!(shop.audited("billing.change_dropped").await, 3);
}

#[tokio::test]
async fn what_somebody_does_not_see_is_counted_and_not_named() {
    let shop = Shop::subscribed("team", Month, 3).await;
    let (deps, org) = (&shop.deps, &shop.org);
    let closed = workspace(deps, org, "Closed").await;
    for number in 0..6 {
        project_in(deps, org, &format!("Project {number}"), closed).await;
    }
    let bob = person(deps, "bob").await;
    let payer = join(&shop.database, deps, org, &bob, "billing").await;
    let preview = preview(&payer, deps, &wanted("starter", Month, 3)).await.unwrap();
    let [pausing] = &preview.pauses[..] else {
        panic!("{:?}", preview.pauses)
    };
    assert_eq!((pausing.limit, pausing.used, pausing.allowed), (Limit::Projects, 6, 5));
    assert!(pausing.names.is_empty(), "{:?}", pausing.names);
}

#[tokio::test]
async fn fewer_seats_are_paid_for_from_the_renewal_on() {
    let shop = Shop::subscribed("team", Month, 9).await;
    let version = held(&shop).await.version();
    let done = change_seats(&shop.org, &shop.deps, 4, version).await.unwrap();
    assert!(matches!(done, Changed::AtRenewal(_)));
    let held = held(&shop).await;
    assert_eq!((held.seats, held.pending.unwrap().seats), (9, Some(4)));
    let renewal = held.period_end.unwrap();
    shop.clock.set(renewal);
    shop.sandbox.control().settle();
    let told = shop.at_the_provider();
    assert_eq!(
        (told["seats"].as_i64(), told["amount"].as_i64()),
        (Some(4), Some(7_600))
    );
}

#[tokio::test]
async fn who_has_a_plan_that_is_not_sold_any_more_still_changes_its_seats_at_its_price() {
    let shop = Shop::subscribed("team", Month, 3).await;
    sqlx::query("update plans set archived_at = $1 where key = 'team'")
        .bind(shop.deps.now())
        .execute(shop.database.owner())
        .await
        .unwrap();
    let more = wanted("team", Month, 5);
    let shown = previewed(&shop, &more).await;
    assert_eq!((shown.quote.today, shown.quote.renewal), (3_800, 9_500));
    assert_eq!(changed(&shop, &more).await, Changed::Now);
    let other = domain::billing::choices::choices(&shop.org, &shop.deps).await.unwrap();
    assert!(other.plans.iter().all(|choice| choice.plan.key != "team"));
    let by_year = wanted("team", Year, 5);
    let refused = preview(&shop.org, &shop.deps, &by_year).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("interval", FieldCode::Malformed));
}

#[tokio::test]
async fn a_declined_card_changes_nothing() {
    let shop = Shop::subscribed("starter", Month, 3).await;
    shop.sandbox
        .control()
        .set_card(shop.customer(), CardBehaviour::Declines)
        .unwrap();
    shop.clock.advance(TimeDelta::days(1));
    let more = wanted("team", Month, 3);
    let version = previewed(&shop, &more).await.version;
    let refused = change_plan(&shop.org, &shop.deps, &more, version).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::PaymentDeclined);
    let held = held(&shop).await;
    assert_eq!((held.plan_key.as_deref(), held.version()), (Some("starter"), version));
    assert_eq!(shop.audited("billing.plan_changed").await, 0);
    let invoices = shop.overview().await.invoices;
    assert!(invoices.iter().all(|invoice| invoice.status == InvoiceStatus::Paid));
}

#[tokio::test]
async fn a_plan_is_there_at_once_and_its_fewer_seats_from_the_renewal_on() {
    let shop = Shop::subscribed("starter", Month, 3).await;
    shop.clock.advance(TimeDelta::days(1));
    let mixed = wanted("team", Month, 2);
    assert!(matches!(changed(&shop, &mixed).await, Changed::AtRenewal(_)));
    let held = held(&shop).await;
    assert_eq!((held.plan_key.as_deref(), held.seats), (Some("team"), 3));
    assert_eq!(held.pending.unwrap().seats, Some(2));
}

#[tokio::test]
async fn without_the_provider_nothing_changes() {
    let shop = Shop::subscribed("starter", Month, 3).await;
    let more = wanted("team", Month, 3);
    let version = previewed(&shop, &more).await.version;
    shop.break_down();
    for refused in [
        change_plan(&shop.org, &shop.deps, &more, version).await.map(drop),
        change_seats(&shop.org, &shop.deps, 4, version).await.map(drop),
    ] {
        assert_eq!(refused.map_err(Error::from), Err(Error::PaymentProviderUnavailable));
    }
    assert_eq!(held(&shop).await.version(), version);
    assert_eq!(shop.database.count("billing_seat_changes").await, 0);
}

#[tokio::test]
async fn what_became_another_since_it_was_looked_at_is_looked_at_again() {
    let shop = Shop::subscribed("starter", Month, 3).await;
    let looked_at = previewed(&shop, &wanted("team", Month, 3)).await.version;
    shop.clock.advance(TimeDelta::hours(1));
    changed(&shop, &wanted("starter", Month, 4)).await;
    let stale = change_plan(&shop.org, &shop.deps, &wanted("team", Month, 3), looked_at).await;
    assert_eq!(stale.map_err(Error::from), Err(Error::Conflict));
    let same = wanted("starter", Month, 4);
    let already = change_plan(&shop.org, &shop.deps, &same, looked_at).await.unwrap();
    assert_eq!(already, Changed::Already, "what is wanted is there");
    let nothing = previewed(&shop, &same).await;
    assert_eq!((nothing.from, &nothing.from_plan), (nothing.to, &nothing.to_plan));
    assert_eq!(nothing.quote.today, 0);
}

#[tokio::test]
async fn nobody_without_a_subscription_changes_one() {
    let shop = Shop::new().await;
    let refused = [
        preview(&shop.org, &shop.deps, &wanted("team", Month, 3))
            .await
            .map(drop),
        change_plan(&shop.org, &shop.deps, &wanted("team", Month, 3), 0)
            .await
            .map(drop),
        change_seats(&shop.org, &shop.deps, 3, 0).await.map(drop),
        drop_change(&shop.org, &shop.deps).await,
    ];
    for refused in refused {
        assert_eq!(refused.map_err(Error::from), Err(Error::Conflict));
    }
}

#[tokio::test]
async fn a_discount_is_known_by_its_price_and_the_change_costs_at_most_what_is_said() {
    let shop = Shop::subscribed("team", Month, 4).await;
    let more = wanted("team", Month, 6);
    let full = previewed(&shop, &more).await;
    assert!(!full.discounted);
    sqlx::query("update billing_tenant_subscriptions set amount = 5701")
        .execute(shop.database.owner())
        .await
        .unwrap();
    let shown = previewed(&shop, &more).await;
    assert!(shown.discounted);
    assert_eq!(
        (shown.quote.today, shown.quote.renewal),
        (11_400 - 5_701, 11_400),
        "nothing of the period is over"
    );
    let business = previewed(&shop, &wanted("business", Month, 4)).await;
    assert_eq!(business.quote.today, 15_600 - 5_701);
    let fewer = previewed(&shop, &wanted("team", Month, 3)).await;
    assert_eq!((fewer.quote.today, fewer.discounted), (0, true));
}
