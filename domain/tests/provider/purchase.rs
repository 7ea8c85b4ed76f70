//! From the first visit to the last, against the stand-in that speaks as Polar does: what is sent is understood there, and what
//! comes back, here.

use std::{collections::BTreeMap, time::Duration};

use contract::billing::{BillingInterval, CancelReason};
use domain::{
    billing::provider::{
        BillingReason, Cancellation, CheckoutStatus, NewCharge, PaymentProvider, ProviderError, SubscriptionStatus,
        Timing, UsageEvent, UsageReceipt,
    },
    clock::{Clock, SystemClock},
};
use futures::future::try_join_all;
use sandbox::{CardBehaviour, Faults};
use serde_json::json;
use uuid::Uuid;

use super::{
    fixtures::tenant,
    stand_in::{SECRET, checkout_of, plan, polar, press_pay, sandbox, subscribed},
    stub::TOKEN,
    words::new_customer,
};

#[tokio::test]
async fn publishing_twice_publishes_once() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    let monthly = polar
        .create_product(plan("team", BillingInterval::Month, 1000))
        .await
        .unwrap();
    let yearly = polar
        .create_product(plan("team", BillingInterval::Year, 9600))
        .await
        .unwrap();
    assert_eq!(
        polar
            .create_product(plan("team", BillingInterval::Month, 1000))
            .await
            .unwrap(),
        monthly
    );
    assert_eq!(yearly.seat_price.as_ref().unwrap().amount, 9600);
    assert_eq!(
        (yearly.plan.as_deref(), yearly.interval),
        (Some("team"), Some(BillingInterval::Year))
    );
    let mut all = polar.products().await.unwrap();
    all.sort_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
    assert_eq!(all.len(), 2);
    sandbox.stop().await;
}

#[tokio::test]
async fn an_organization_has_one_customer_whoever_asks_first() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    assert_eq!(polar.customer(tenant()).await.unwrap(), None);
    let ids = try_join_all((0..10).map(|_| polar.ensure_customer(new_customer())))
        .await
        .unwrap();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let customer = polar.customer(tenant()).await.unwrap().unwrap();
    assert_eq!(
        (&customer.id, customer.tenant, customer.email),
        (&ids[0], Some(tenant()), None)
    );
    assert_eq!(sandbox.control().customers().len(), 1);

    // The same person owns another organization.
    let mut another = new_customer();
    another.tenant = "0199e8f0-0000-7000-8000-000000000043".parse().unwrap();
    assert_ne!(polar.ensure_customer(another).await.unwrap(), ids[0]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_checkout_leads_to_a_subscription() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    let product = polar
        .create_product(plan("team", BillingInterval::Month, 1000))
        .await
        .unwrap();
    let customer = polar.ensure_customer(new_customer()).await.unwrap();
    let opened = polar.create_checkout(checkout_of(&customer, &product)).await.unwrap();
    assert_eq!(
        (&opened.status, opened.seats, opened.tenant),
        (&CheckoutStatus::Open, Some(5), Some(tenant()))
    );
    assert_eq!(
        (opened.customer.as_ref(), opened.product.as_ref()),
        (Some(&customer), Some(&product.id))
    );
    assert!(opened.expires_at > opened.created_at);

    press_pay(&sandbox, &opened, "declined").await;
    let declined = polar.checkout(opened.id.clone()).await.unwrap();
    assert_eq!((declined.status, declined.subscription), (CheckoutStatus::Open, None));

    press_pay(&sandbox, &opened, "good").await;
    let paid = polar.checkout(opened.id.clone()).await.unwrap();
    assert_eq!(paid.status, CheckoutStatus::Succeeded);
    let subscription = polar.subscription(paid.subscription.unwrap()).await.unwrap();
    assert_eq!(subscription.status, SubscriptionStatus::Active);
    assert_eq!(
        (subscription.seats, subscription.amount, subscription.currency.as_str()),
        (Some(5), 5000, "usd")
    );
    assert_eq!(
        (subscription.tenant, subscription.customer_tenant),
        (Some(tenant()), Some(tenant()))
    );
    assert_eq!(
        (&subscription.customer, &subscription.product),
        (&customer, &product.id)
    );
    assert_eq!(subscription.checkout, Some(opened.id));
    assert_eq!(
        polar.subscriptions(customer.clone()).await.unwrap(),
        std::slice::from_ref(&subscription)
    );

    let orders = polar.orders(customer.clone()).await.unwrap();
    assert_eq!(orders.len(), 1);
    assert!(orders[0].paid);
    assert_eq!(orders[0].subscription, Some(subscription.id));
    assert_eq!((orders[0].net_amount, orders[0].tenant), (5000, Some(tenant())));
    assert!(polar.invoice(orders[0].id.clone()).await.unwrap().is_some());
    sandbox.stop().await;
}

#[tokio::test]
async fn what_is_bought_once_is_paid_once() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    let customer = polar.ensure_customer(new_customer()).await.unwrap();
    // Plans are put up for sale by us, anything else by hand.
    reqwest::Client::builder()
        .build()
        .unwrap()
        .post(format!("{}/v1/products/", sandbox.url()))
        .bearer_auth(TOKEN)
        .json(&json!({
            "name": "A day of training",
            "prices": [{"amount_type": "fixed", "price_amount": 90_000, "price_currency": "usd"}],
        }))
        .send()
        .await
        .unwrap()
        .error_for_status()
        .unwrap();
    let product = polar.products().await.unwrap().remove(0);
    assert_eq!(
        (&product.plan, product.interval, &product.seat_price),
        (&None, None, &None)
    );

    let opened = polar
        .charge_once(NewCharge {
            customer: customer.clone(),
            tenant: tenant(),
            product: product.id.clone(),
            success_url: "https://app.example.com/return".to_owned(),
            return_url: None,
            metadata: BTreeMap::new(),
            locale: None,
            client_ip: None,
        })
        .await
        .unwrap();
    press_pay(&sandbox, &opened, "good").await;
    let paid = polar.checkout(opened.id).await.unwrap();
    assert_eq!((paid.status, paid.subscription), (CheckoutStatus::Succeeded, None));
    let orders = polar.orders(customer).await.unwrap();
    assert_eq!((orders.len(), orders[0].net_amount), (1, 90_000));
    assert_eq!(
        (&orders[0].billing_reason, &orders[0].subscription),
        (&BillingReason::Purchase, &None)
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn a_subscription_is_changed_and_ended() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    let bought = subscribed(&sandbox, &polar).await;
    let larger = polar
        .create_product(plan("business", BillingInterval::Month, 2000))
        .await
        .unwrap();

    let more = polar.change_seats(bought.id.clone(), 7, Timing::Now).await.unwrap();
    assert_eq!((more.seats, more.amount, &more.pending), (Some(7), 7000, &None));
    assert!(more.modified_at > bought.modified_at);
    assert_eq!(polar.orders(bought.customer.clone()).await.unwrap().len(), 2);

    let fewer = polar
        .change_seats(bought.id.clone(), 3, Timing::AtRenewal)
        .await
        .unwrap();
    assert_eq!((fewer.seats, fewer.pending.as_ref().unwrap().seats), (Some(7), Some(3)));
    let later = polar
        .change_plan(bought.id.clone(), larger.id.clone(), Timing::AtRenewal)
        .await
        .unwrap();
    let pending = later.pending.unwrap();
    assert_eq!(
        (later.product, pending.product.as_ref()),
        (bought.product.clone(), Some(&larger.id))
    );
    assert_eq!(Some(pending.applies_at), later.current_period_end);
    let dropped = polar.drop_scheduled_change(bought.id.clone()).await.unwrap();
    assert_eq!(dropped.pending, None);
    let upgraded = polar
        .change_plan(bought.id.clone(), larger.id.clone(), Timing::Now)
        .await
        .unwrap();
    assert_eq!((upgraded.product, upgraded.amount), (larger.id, 14_000));

    let cancellation = || Cancellation {
        reason: CancelReason::MissingFeature,
        comment: Some("Something is missing.".to_owned()),
    };
    let ending = polar.cancel(bought.id.clone(), cancellation()).await.unwrap();
    assert_eq!(
        (ending.status, ending.cancel_at_period_end),
        (SubscriptionStatus::Active, true)
    );
    assert_eq!(ending.ends_at, ending.current_period_end);
    let again = polar.cancel(bought.id.clone(), cancellation()).await.unwrap_err();
    assert!(again.is_refusal("AlreadyCanceledSubscription"), "{again:?}");
    let kept = polar.undo_cancel(bought.id.clone()).await.unwrap();
    assert_eq!(
        (kept.cancel_at_period_end, kept.ends_at, kept.canceled_at),
        (false, None, None)
    );

    let over = polar.revoke(bought.id.clone()).await.unwrap();
    assert_eq!((over.status.has_ended(), over.ended_at.is_some()), (true, true));
    let again = polar.revoke(bought.id.clone()).await.unwrap_err();
    assert!(again.is_refusal("AlreadyCanceledSubscription"), "{again:?}");
    assert_eq!(polar.subscriptions(bought.customer).await.unwrap(), [over]);
    sandbox.stop().await;
}

#[tokio::test]
async fn a_card_that_does_not_pay_changes_nothing() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    let bought = subscribed(&sandbox, &polar).await;
    let customer: Uuid = bought.customer.as_str().parse().unwrap();
    for card in [CardBehaviour::Declines, CardBehaviour::AsksForConfirmation] {
        sandbox.control().set_card(customer, card).unwrap();
        let error = polar.change_seats(bought.id.clone(), 9, Timing::Now).await.unwrap_err();
        assert!(matches!(error, ProviderError::Declined(_)), "{error:?}");
        assert_eq!(polar.subscription(bought.id.clone()).await.unwrap().seats, Some(5));
    }
    sandbox.stop().await;
}

#[tokio::test]
async fn usage_counts_once() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    polar.ensure_customer(new_customer()).await.unwrap();
    let event = |id: &str| UsageEvent {
        id: id.to_owned(),
        tenant: tenant(),
        name: "exports".to_owned(),
        quantity: 2,
        occurred_at: SystemClock.now() - Duration::from_mins(1),
    };
    let receipt = polar
        .report_usage(vec![event("one"), event("two"), event("one")])
        .await
        .unwrap();
    assert_eq!(
        receipt,
        UsageReceipt {
            counted: 2,
            duplicates: 1
        }
    );
    let receipt = polar.report_usage(vec![event("two")]).await.unwrap();
    assert_eq!(
        receipt,
        UsageReceipt {
            counted: 0,
            duplicates: 1
        }
    );
    sandbox.stop().await;
}

#[tokio::test]
async fn what_is_refused_is_refused_as_polar_does() {
    let sandbox = sandbox(None).await;
    let polar_with = |token: &str| polar(&sandbox, token, SECRET);
    let error = polar_with("polar_oat_of_somebody_else").products().await.unwrap_err();
    assert!(matches!(error, ProviderError::Unauthorized(_)), "{error:?}");

    let polar = polar_with(TOKEN);
    let unknown = Uuid::from_u128(1).to_string();
    let error = polar.subscription(unknown.as_str().into()).await.unwrap_err();
    assert_eq!(error, ProviderError::NotFound);
    let error = polar.invoice(unknown.as_str().into()).await.unwrap_err();
    assert_eq!(error, ProviderError::NotFound);

    let product = polar
        .create_product(plan("team", BillingInterval::Month, 1000))
        .await
        .unwrap();
    let error = polar
        .create_checkout(checkout_of(&unknown.as_str().into(), &product))
        .await
        .unwrap_err();
    assert_eq!(error, ProviderError::CustomerGone);
    let customer = polar.ensure_customer(new_customer()).await.unwrap();
    let charge = NewCharge {
        customer,
        tenant: tenant(),
        product: unknown.as_str().into(),
        success_url: "https://app.example.com/return".to_owned(),
        return_url: None,
        metadata: BTreeMap::new(),
        locale: None,
        client_ip: None,
    };
    let error = polar.charge_once(charge).await.unwrap_err();
    assert!(matches!(error, ProviderError::Refused { .. }), "{error:?}");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_short_outage_is_not_noticed_by_who_reads() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    let outage = |requests| Faults {
        failing_status: Some(503),
        failing_requests: Some(requests),
        ..Faults::default()
    };
    sandbox.control().set_faults(outage(3));
    polar.products().await.unwrap();
    sandbox.control().set_faults(outage(4));
    let error = polar.products().await.unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    sandbox.control().set_faults(Faults {
        retry_after_seconds: Some(0),
        limited_requests: Some(2),
        ..Faults::default()
    });
    polar.products().await.unwrap();
    sandbox.stop().await;
}
