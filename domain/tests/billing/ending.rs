//! Leaving and coming back, and the provider's own pages.

use contract::{
    Error,
    billing::{BillingInterval::Month, BillingState, CancelReason, Closed},
    text::CancelComment,
};
use domain::{
    billing::{
        cancel::cancel,
        change_plan::change_plan,
        checkout::Outcome,
        choices::choices,
        invoice::{Document, document},
        portal::portal,
        undo_cancel::undo_cancel,
    },
    testing::{organization, person},
};
use sandbox::Faults;

use crate::shop::{Shop, wanted};

fn comment(text: &str) -> CancelComment {
    CancelComment::parse(text).unwrap()
}

#[tokio::test]
async fn who_cancels_says_why_and_has_it_until_the_end() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    let end = shop.overview().await.subscription.unwrap().held.period_end;
    let (deps, reason) = (shop.deps.clone(), CancelReason::MissingFeature);
    let ends = cancel(&shop.org, &deps, reason, &comment("No boards")).await.unwrap();
    assert_eq!(ends, end);
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.effective.state, BillingState::Canceling);
    let told = shop.at_the_provider();
    assert_eq!(told["customer_cancellation_reason"], "missing_features");
    assert_eq!(told["customer_cancellation_comment"], "No boards");
    let overview = shop.overview().await;
    assert!(overview.may.undo_cancel && !overview.may.cancel && !overview.may.change && !overview.may.choose);
    assert_eq!(overview.subscription.unwrap().next_charge, None);
    // A second click, with another reason.
    let again = cancel(&shop.org, &deps, CancelReason::Other, &comment(""))
        .await
        .unwrap();
    assert_eq!(again, end);
    let kept = "billing_cancellations where reason = 'missing_feature' and comment = 'No boards' and undone_at is null";
    assert_eq!(shop.database.count(kept).await, 1);
    assert_eq!(shop.database.count("billing_cancellations").await, 1);
    assert_eq!(shop.audited("billing.canceled").await, 1);
    assert_eq!(choices(&shop.org, &deps).await.unwrap().closed, Some(Closed::Canceling));
    let refused = change_plan(&shop.org, &deps, &wanted("business", Month, 3), 0).await;
    assert_eq!(refused.map_err(Error::from), Err(Error::Conflict));
}

#[tokio::test]
async fn who_changes_their_mind_in_time_goes_on() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    undo_cancel(&shop.org, &shop.deps).await.unwrap();
    assert_eq!(shop.audited("billing.cancel_undone").await, 0, "nothing to take back");
    cancel(&shop.org, &shop.deps, CancelReason::TooExpensive, &comment(""))
        .await
        .unwrap();
    undo_cancel(&shop.org, &shop.deps).await.unwrap();
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.effective.state, BillingState::Active);
    assert_eq!(shop.at_the_provider()["cancel_at_period_end"], false);
    assert_eq!(
        shop.database
            .count("billing_cancellations where undone_at is not null")
            .await,
        1
    );
    assert_eq!(shop.audited("billing.cancel_undone").await, 1);
}

#[tokio::test]
async fn what_has_ended_is_bought_anew() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    let end = cancel(&shop.org, &shop.deps, CancelReason::JustTesting, &comment(""))
        .await
        .unwrap();
    shop.clock.set(end.unwrap());
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.effective.state, BillingState::Canceled);
    let overview = shop.overview().await;
    assert!(overview.may.choose && !overview.may.undo_cancel && overview.subscription.unwrap().ended);
    let late = undo_cancel(&shop.org, &shop.deps).await;
    assert_eq!(late.map_err(Error::from), Err(Error::Conflict));
    shop.sandbox.control().settle();
    let outcome = shop.checkout(&wanted("starter", Month, 1)).await.unwrap();
    assert!(matches!(outcome, Outcome::Pay(_)));
    shop.customer();
}

#[tokio::test]
async fn what_is_paused_ends_at_once() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    let control = shop.sandbox.control();
    let subscription = shop.at_the_provider()["id"].as_str().unwrap().parse().unwrap();
    control.pause(subscription, shop.deps.now()).unwrap();
    shop.clock
        .set(shop.overview().await.subscription.unwrap().held.period_end.unwrap());
    control.settle();
    shop.settled().await;
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.effective.state, BillingState::Paused);
    let (now, reason) = (shop.deps.now(), CancelReason::TooExpensive);
    let ends = cancel(&shop.org, &shop.deps, reason, &comment("")).await.unwrap();
    assert_eq!(ends, Some(now));
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.effective.state, BillingState::Canceled);
    assert_eq!(shop.at_the_provider()["status"], "canceled");
    assert!(shop.overview().await.may.choose);
    assert_eq!(
        shop.database
            .count("billing_cancellations where reason = 'too_expensive'")
            .await,
        1
    );
}

#[tokio::test]
async fn without_the_provider_nobody_is_canceled() {
    let shop = Shop::subscribed("team", Month, 3).await;
    shop.break_down();
    let refused = cancel(&shop.org, &shop.deps, CancelReason::Other, &comment("")).await;
    assert_eq!(refused.map_err(Error::from), Err(Error::PaymentProviderUnavailable));
    assert_eq!(shop.database.count("billing_cancellations").await, 0);
    assert!(shop.overview().await.may.cancel);
}

#[tokio::test]
async fn the_portal_opens_for_who_asks_and_is_not_there_before_anything_was_bought() {
    let shop = Shop::new().await;
    let back = "https://plinth.example/o/acme/settings/billing".to_owned();
    let refused = portal(&shop.org, &shop.deps, back.clone()).await;
    assert_eq!(refused.map_err(Error::from), Err(Error::Conflict));
    let shop = Shop::subscribed("team", Month, 3).await;
    let url = portal(&shop.org, &shop.deps, back.clone()).await.unwrap();
    assert!(url.starts_with(shop.sandbox.url()), "{url}");
    let page = reqwest::Client::builder()
        .build()
        .unwrap()
        .get(&url)
        .send()
        .await
        .unwrap();
    assert_eq!(page.status(), 200);
    assert_eq!(shop.audited("billing.portal_opened").await, 1);
    shop.sandbox.control().set_faults(Faults {
        portal_is_down: true,
        ..Faults::default()
    });
    let refused = portal(&shop.org, &shop.deps, back).await;
    assert_eq!(refused.map_err(Error::from), Err(Error::PaymentProviderUnavailable));
}

#[tokio::test]
async fn an_invoice_is_opened_by_who_may_look_and_is_nobody_elses() {
    let shop = Shop::subscribed("team", Month, 3).await;
    let invoice = shop.overview().await.invoices[0].id.clone();
    let mut found = document(&shop.org, &shop.deps, &invoice).await.unwrap();
    if found == Document::BeingWritten {
        found = document(&shop.org, &shop.deps, &invoice).await.unwrap();
    }
    assert!(
        matches!(&found, Document::At(url) if url.starts_with("http")),
        "{found:?}"
    );
    let other = organization(&shop.deps, &person(&shop.deps, "bob").await, "other").await;
    let refused = document(&other, &shop.deps, &invoice).await;
    assert_eq!(refused.map_err(Error::from), Err(Error::NotFound));
}
