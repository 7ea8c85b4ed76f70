//! To the pay page and back.

use chrono::TimeDelta;
use contract::{
    Error,
    billing::{
        BillingInterval::{Month, Year},
        BillingState, InvoiceStatus, Portal,
    },
    error::{FieldCode, Limit},
};
use domain::{
    billing::{
        checkout::Outcome,
        choices::choices,
        confirm::{State, confirm},
        provider::Absent,
    },
    testing::{join, organization, person},
};

use crate::shop::{Shop, wanted};

async fn state(shop: &Shop) -> State {
    confirm(&shop.org, &shop.deps, &shop.checkout_id().await).await.unwrap()
}

#[tokio::test]
async fn what_the_provider_told_is_believed_on_the_way_back_without_asking_again() {
    let shop = Shop::new().await;
    let url = shop.open(&wanted("team", Month, 3)).await;
    shop.pay(&url, "good").await;
    shop.settled().await;
    shop.break_down();
    let state = state(&shop).await;
    assert!(matches!(state, State::Active { seats: 3, .. }), "{state:?}");
}

#[tokio::test]
async fn a_plan_is_there_on_the_way_back_without_any_message() {
    let mut shop = Shop::new().await;
    let before = shop.overview().await;
    assert!(before.subscription.is_none() && before.may.choose && !before.may.cancel);
    assert_eq!(before.payments.portal, Portal::NothingBought);
    let url = shop.open(&wanted("team", Month, 3)).await;
    assert!(matches!(state(&shop).await, State::Open { url: open } if open == url));
    shop.pay(&url, "good").await;
    let State::Active { plan, seats } = state(&shop).await else {
        panic!("not there")
    };
    assert_eq!((plan.key.as_str(), seats), ("team", 3));
    assert_eq!(state(&shop).await, State::Active { plan, seats }, "and stays there");

    shop.enter_again().await;
    let plan = &shop.org.tenant().plan;
    assert_eq!(
        (plan.key.as_str(), plan.effective.state),
        ("team", BillingState::Active)
    );
    let overview = shop.overview().await;
    let subscribed = overview.subscription.unwrap();
    let renews = subscribed.held.period_end.unwrap();
    assert_eq!(subscribed.next_charge, Some((5_700, renews)));
    assert_eq!(subscribed.plan.unwrap().key, "team");
    assert!(overview.may.change && overview.may.seats && overview.may.cancel && overview.may.portal);
    assert!(!overview.may.choose && !overview.may.undo_cancel && !overview.may.drop_change);
    let [invoice] = &overview.invoices[..] else {
        panic!("{:?}", overview.invoices)
    };
    assert_eq!((invoice.status, invoice.total), (InvoiceStatus::Paid, 5_700));
    assert_eq!(shop.audited("billing.checkout_started").await, 1);
    assert_eq!(
        shop.database
            .count("billing_checkouts where status = 'succeeded'")
            .await,
        1
    );
    shop.customer();
}

#[tokio::test]
async fn who_has_a_plan_is_not_sold_another() {
    let shop = Shop::subscribed("starter", Month, 1).await;
    let again = shop.checkout(&wanted("business", Year, 5)).await.unwrap();
    assert_eq!(again, Outcome::Subscribed);
    assert_eq!(shop.database.count("billing_checkouts").await, 1);
}

#[tokio::test]
async fn the_same_choice_leads_to_the_same_page_and_another_to_another() {
    let shop = Shop::new().await;
    let first = shop.open(&wanted("team", Month, 3)).await;
    assert_eq!(shop.open(&wanted("team", Month, 3)).await, first);
    let left = shop.checkout_id().await;
    shop.clock.advance(TimeDelta::seconds(1));
    let second = shop.open(&wanted("team", Year, 3)).await;
    assert_ne!(first, second);
    assert_eq!(confirm(&shop.org, &shop.deps, &left).await.unwrap(), State::Expired);
    shop.clock.advance(TimeDelta::days(2));
    shop.sandbox.control().settle();
    assert_eq!(state(&shop).await, State::Expired);
    let third = shop.open(&wanted("team", Year, 3)).await;
    assert_ne!(second, third, "too late for that one");
    assert_eq!(shop.database.count("billing_checkouts where status = 'open'").await, 1);
    shop.customer();
}

#[tokio::test]
async fn a_declined_card_leaves_the_page_open() {
    let shop = Shop::new().await;
    let url = shop.open(&wanted("team", Month, 3)).await;
    shop.pay(&url, "ctoken_declined").await;
    assert!(matches!(state(&shop).await, State::Open { .. }));
    shop.pay(&url, "good").await;
    assert!(matches!(state(&shop).await, State::Active { .. }));
}

#[tokio::test]
async fn what_is_being_paid_is_not_left_for_another() {
    let shop = Shop::new().await;
    let url = shop.open(&wanted("team", Month, 3)).await;
    let first = shop.checkout_id().await;
    shop.pay(&url, "good").await;
    // The message has not come, and nobody has come back.
    let other = shop.checkout(&wanted("business", Month, 3)).await.unwrap();
    assert!(matches!(other, Outcome::Paying(checkout) if checkout.as_str() == first));
    assert_eq!(shop.database.count("billing_checkouts").await, 1);
}

#[tokio::test]
async fn another_organizations_checkout_is_not_there() {
    let shop = Shop::new().await;
    shop.open(&wanted("team", Month, 3)).await;
    let other = organization(&shop.deps, &person(&shop.deps, "bob").await, "other").await;
    let refused = confirm(&other, &shop.deps, &shop.checkout_id().await)
        .await
        .unwrap_err();
    assert_eq!(Error::from(refused), Error::NotFound);
}

#[tokio::test]
async fn without_the_provider_nothing_is_begun_and_nobody_is_told_that_nothing_was_paid() {
    let shop = Shop::new().await;
    shop.break_down();
    let refused = shop.checkout(&wanted("team", Month, 3)).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::PaymentProviderUnavailable);
    assert_eq!(shop.database.count("billing_checkouts where status = 'open'").await, 0);
    assert_eq!(shop.database.count("billing_customers").await, 0);
    shop.repair();
    let url = shop.open(&wanted("team", Month, 3)).await;
    shop.pay(&url, "good").await;
    shop.break_down();
    assert_eq!(state(&shop).await, State::Confirming);
    shop.repair();
    assert!(matches!(state(&shop).await, State::Active { .. }));
}

#[tokio::test]
async fn a_page_that_could_not_be_made_gives_its_place_back() {
    let shop = Shop::new().await;
    shop.open(&wanted("team", Month, 3)).await;
    shop.clock.advance(TimeDelta::days(2));
    shop.break_down();
    let refused = shop.checkout(&wanted("team", Month, 3)).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::PaymentProviderUnavailable);
    assert_eq!(shop.database.count("billing_checkouts where status = 'open'").await, 0);
    shop.repair();
    shop.open(&wanted("team", Month, 3)).await;
}

#[tokio::test]
async fn what_is_not_for_sale_is_refused() {
    let shop = Shop::new().await;
    for name in ["bob", "cid", "dan"] {
        join(
            &shop.database,
            &shop.deps,
            &shop.org,
            &person(&shop.deps, name).await,
            "member",
        )
        .await;
    }
    let limit = |used, allowed| Error::LimitReached {
        limit: Limit::Members,
        used,
        allowed,
    };
    for (wanted, expected) in [
        (wanted("nothing", Month, 4), Error::field("plan", FieldCode::Malformed)),
        (wanted("starter", Month, 3), limit(4, 3)),
        (wanted("starter", Month, 6), limit(6, 5)),
    ] {
        let refused = shop.checkout(&wanted).await.unwrap_err();
        assert_eq!(Error::from(refused), expected, "{wanted:?}");
    }
    sqlx::query("update plan_prices set archived_at = now() where plan_key = 'team' and billing_interval = 'year'")
        .execute(shop.database.owner())
        .await
        .unwrap();
    let refused = shop.checkout(&wanted("team", Year, 4)).await.unwrap_err();
    assert_eq!(Error::from(refused), Error::field("interval", FieldCode::Malformed));
    assert_eq!(shop.database.count("billing_customers").await, 0);
}

#[tokio::test]
async fn choices_say_what_is_current_and_what_has_no_room() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    for number in 0..6 {
        domain::testing::project(&shop.deps, &shop.org, &format!("Project {number}")).await;
    }
    shop.enter_again().await;
    let found = choices(&shop.org, &shop.deps).await.unwrap();
    assert_eq!((found.closed, found.seats_used), (None, 1));
    let [starter, team, business] = &found.plans[..] else {
        panic!("{:?}", found.plans)
    };
    assert!(team.current && !starter.current && team.exceeded.is_empty());
    assert!(team.prices[0].current && !team.prices[1].current);
    assert_eq!(starter.exceeded.len(), 1);
    assert_eq!(
        (starter.exceeded[0].limit, starter.exceeded[0].used),
        (Limit::Projects, 6)
    );
    assert_eq!((starter.seats.min, starter.seats.max), (1, 5));
    assert!(business.seats.max > 50);
    shop.deps.payments = std::sync::Arc::new(Absent);
    let closed = choices(&shop.org, &shop.deps).await.unwrap().closed;
    assert_eq!(closed, Some(contract::billing::Closed::NotSetUp));
}
