//! A renewal that could not be charged, and a customer that is gone at the provider.

use chrono::TimeDelta;
use contract::billing::{BillingInterval::Month, BillingState};
use domain::billing::drifts::{
    DriftKind,
    reconcile::{Reconciled, reconcile},
};
use sandbox::CardBehaviour;

use crate::shop::{Shop, wanted};

#[tokio::test]
async fn what_is_owed_is_the_open_invoice_and_not_the_next_period() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    assert_eq!(shop.overview().await.subscription.unwrap().owed, None);
    let card = |card| shop.sandbox.control().set_card(shop.customer(), card).unwrap();
    card(CardBehaviour::Declines);
    let renewal = shop.overview().await.subscription.unwrap().held.period_end.unwrap();
    shop.clock.set(renewal);
    shop.sandbox.control().settle();
    shop.settled().await;
    let subscribed = shop.overview().await.subscription.unwrap();
    assert_eq!(
        subscribed.next_charge, None,
        "that of the next period is not what comes next"
    );
    let owed = subscribed.owed.unwrap();
    assert_eq!(
        (owed.amount, owed.next_attempt),
        (5_700, Some(renewal + TimeDelta::days(2)))
    );

    card(CardBehaviour::Pays);
    shop.clock.advance(TimeDelta::days(2));
    shop.sandbox.control().settle();
    shop.settled().await;
    let subscribed = shop.overview().await.subscription.unwrap();
    let next = subscribed.held.period_end.unwrap();
    assert_eq!((subscribed.owed, subscribed.next_charge), (None, Some((5_700, next))));
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.effective.state, BillingState::Active);
}

#[tokio::test]
async fn an_invoice_whose_message_was_lost_is_there_after_reconciliation() {
    let shop = Shop::subscribed("team", Month, 3).await;
    shop.settled().await;
    sqlx::query("delete from billing_invoices")
        .execute(shop.database.owner())
        .await
        .unwrap();
    let platform = shop.database.platform();
    let found = reconcile(&platform, &shop.deps, shop.org.tenant().id).await.unwrap();
    assert_eq!(found, Reconciled::Same);
    let invoices = shop.overview().await.invoices;
    assert_eq!((invoices.len(), invoices[0].total), (1, 5_700));
}

#[tokio::test]
async fn whose_customer_was_deleted_at_the_provider_buys_again_as_another() {
    let mut shop = Shop::subscribed("team", Month, 3).await;
    let gone = shop.customer().to_string();
    shop.delete_customer().await;
    shop.settled().await;
    let (platform, tenant) = (shop.database.platform(), shop.org.tenant().id);
    let found = reconcile(&platform, &shop.deps, tenant).await.unwrap();
    assert_eq!(found, Reconciled::Differs(vec![DriftKind::MissingCustomer]));
    shop.enter_again().await;
    assert_eq!(shop.org.tenant().plan.effective.state, BillingState::Canceled);

    let url = shop.open(&wanted("starter", Month, 2)).await;
    let linked = format!("billing_customers where provider_customer_id <> '{gone}'");
    assert_eq!(shop.database.count(&linked).await, 1);
    shop.pay(&url, "good").await;
    shop.settled().await;
    shop.enter_again().await;
    let plan = &shop.org.tenant().plan;
    assert_eq!(
        (plan.key.as_str(), plan.effective.state),
        ("starter", BillingState::Active)
    );
    let found = reconcile(&platform, &shop.deps, tenant).await.unwrap();
    assert_eq!(found, Reconciled::Same);
    assert_eq!(shop.database.count("billing_drifts where resolved_at is null").await, 0);
}
