//! Two clicks, two tabs, two people.

use contract::{
    Error,
    billing::BillingInterval::{Month, Year},
};
use domain::billing::{
    Wanted,
    cancel::cancel,
    change_plan::{Changed, change_plan},
    checkout::{Outcome, checkout},
    preview::preview,
};
use futures::future::join_all;

use crate::shop::{Shop, wanted, ways};

/// What became of checkouts that are all begun at once.
async fn at_once(shop: &Shop, all: Vec<Wanted>) -> Vec<Result<Outcome, Error>> {
    let started = all.into_iter().map(|wanted| {
        let (org, deps) = (shop.org.clone(), shop.deps.clone());
        tokio::spawn(async move { checkout(&org, &deps, &wanted, &ways()).await })
    });
    let became = join_all(started.collect::<Vec<_>>()).await;
    became
        .into_iter()
        .map(|one| one.unwrap().map_err(Error::from))
        .collect()
}

fn made_at_the_provider(shop: &Shop) -> usize {
    shop.sandbox.control().state()["checkouts"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_who_go_to_pay_at_once_come_to_one_page() {
    let shop = Shop::new().await;
    shop.slow_down();
    let became = at_once(&shop, vec![wanted("team", Month, 3); 20]).await;
    let Ok(first) = &became[0] else { panic!("{became:?}") };
    assert!(matches!(first, Outcome::Pay(_)));
    assert!(became.iter().all(|one| one.as_ref() == Ok(first)), "{became:?}");
    assert_eq!(made_at_the_provider(&shop), 1);
    assert_eq!(shop.database.count("billing_checkouts").await, 1);
    assert_eq!(shop.audited("billing.checkout_started").await, 1);
    shop.customer();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_different_choices_at_once_one_stays_open() {
    let shop = Shop::new().await;
    shop.slow_down();
    let choices = (0..20).map(|number| {
        let (plan, interval) = [("starter", Month), ("team", Month), ("team", Year), ("business", Year)][number % 4];
        wanted(plan, interval, 3)
    });
    let became = at_once(&shop, choices.collect()).await;
    let open: String = sqlx::query_scalar("select url from billing_checkouts where status = 'open'")
        .fetch_one(shop.database.owner())
        .await
        .unwrap();
    assert!(became.contains(&Ok(Outcome::Pay(open))), "{became:?}");
    for one in &became {
        assert!(matches!(one, Ok(Outcome::Pay(_)) | Err(Error::Conflict)), "{one:?}");
    }
    shop.customer();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_buys_and_who_is_about_to_end_with_one_subscription() {
    let shop = Shop::new().await;
    let url = shop.open(&wanted("team", Month, 3)).await;
    shop.pay(&url, "good").await;
    let first = shop.checkout_id().await;
    let coming_back = (0..10).map(|_| {
        let (org, deps, first) = (shop.org.clone(), shop.deps.clone(), first.clone());
        tokio::spawn(async move { domain::billing::confirm::confirm(&org, &deps, &first).await })
    });
    let coming_back = coming_back.collect::<Vec<_>>();
    let buying = at_once(&shop, vec![wanted("business", Year, 3); 5]).await;
    for state in join_all(coming_back).await {
        let state = state.unwrap().unwrap();
        assert!(
            matches!(state, domain::billing::confirm::State::Active { .. }),
            "{state:?}"
        );
    }
    for one in buying {
        assert!(matches!(one, Ok(Outcome::Subscribed | Outcome::Paying(_))), "{one:?}");
    }
    assert_eq!(shop.database.count("billing_tenant_subscriptions").await, 1);
    shop.at_the_provider();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_that_is_pressed_many_times_is_charged_once() {
    let shop = Shop::subscribed("starter", Month, 3).await;
    shop.clock.advance(chrono::TimeDelta::days(5));
    let more = wanted("team", Month, 3);
    let preview = preview(&shop.org, &shop.deps, &more).await.unwrap();
    let before = shop.sandbox.control().orders().len();
    let started = (0..10).map(|_| {
        let (org, deps, more) = (shop.org.clone(), shop.deps.clone(), more.clone());
        let version = preview.version;
        tokio::spawn(async move { change_plan(&org, &deps, &more, version).await })
    });
    let became = join_all(started.collect::<Vec<_>>()).await;
    let became: Vec<_> = became
        .into_iter()
        .map(|one| one.unwrap().map_err(Error::from))
        .collect();
    assert_eq!(
        became.iter().filter(|one| **one == Ok(Changed::Now)).count(),
        1,
        "{became:?}"
    );
    assert!(
        became
            .iter()
            .all(|one| matches!(one, Ok(Changed::Now | Changed::Already))),
        "{became:?}"
    );
    let orders = &shop.sandbox.control().orders()[before..];
    let [order] = orders else { panic!("{orders:?}") };
    assert_eq!(order["net_amount"], preview.quote.today);
    assert_eq!(shop.audited("billing.plan_changed").await, 1);
    let held = shop.overview().await.subscription.unwrap().held;
    assert_eq!((held.plan_key.as_deref(), held.amount), (Some("team"), 5_700));
}

/// Each was shown a price, which holds for what there was.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_different_changes_at_once_one_is_charged_as_it_was_previewed() {
    let shop = Shop::subscribed("team", Month, 3).await;
    shop.clock.advance(chrono::TimeDelta::days(5));
    let mut prices = Vec::new();
    let mut started = Vec::new();
    let before = shop.sandbox.control().orders().len();
    let choices = [
        wanted("team", Month, 6),
        wanted("business", Month, 3),
        wanted("team", Year, 3),
    ];
    for more in &choices {
        let preview = preview(&shop.org, &shop.deps, more).await.unwrap();
        prices.push((preview.quote.today, preview.version));
    }
    shop.slow_down();
    for (more, (_, version)) in choices.into_iter().zip(prices.clone()) {
        let (org, deps) = (shop.org.clone(), shop.deps.clone());
        started.push(tokio::spawn(
            async move { change_plan(&org, &deps, &more, version).await },
        ));
    }
    let became = join_all(started).await;
    let became: Vec<_> = became
        .into_iter()
        .map(|one| one.unwrap().map_err(Error::from))
        .collect();
    let done: Vec<_> = became.iter().zip(&prices).filter(|(one, _)| one.is_ok()).collect();
    let [(Ok(Changed::Now), (price, _))] = &done[..] else {
        panic!("{became:?}")
    };
    assert_eq!(
        became.iter().filter(|one| **one == Err(Error::Conflict)).count(),
        2,
        "{became:?}"
    );
    let orders = &shop.sandbox.control().orders()[before..];
    let [order] = orders else { panic!("{orders:?}") };
    assert_eq!(order["net_amount"], *price);
}

/// Whoever was killed in between keeps nobody from changing for good.
#[tokio::test]
async fn a_change_that_was_broken_off_holds_up_for_minutes() {
    let shop = Shop::subscribed("team", Month, 3).await;
    sqlx::query("update billing_tenant_subscriptions set changing_until = $1")
        .bind(shop.deps.now() + chrono::TimeDelta::minutes(2))
        .execute(shop.database.owner())
        .await
        .unwrap();
    shop.clock.advance(chrono::TimeDelta::minutes(2));
    let more = wanted("team", Month, 4);
    let version = preview(&shop.org, &shop.deps, &more).await.unwrap().version;
    let changed = change_plan(&shop.org, &shop.deps, &more, version).await.unwrap();
    assert_eq!(changed, Changed::Now);
    assert_eq!(
        shop.database
            .count("billing_tenant_subscriptions where changing_until is null")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_cancels_twice_at_once_cancels_once() {
    let shop = Shop::subscribed("team", Month, 3).await;
    let started = (0..8).map(|_| {
        let (org, deps) = (shop.org.clone(), shop.deps.clone());
        tokio::spawn(async move {
            let comment = contract::text::CancelComment::parse("").unwrap();
            cancel(&org, &deps, contract::billing::CancelReason::Other, &comment).await
        })
    });
    for one in join_all(started.collect::<Vec<_>>()).await {
        let one = one.unwrap().map_err(Error::from);
        assert!(matches!(one, Ok(Some(_)) | Err(Error::Conflict)), "{one:?}");
    }
    assert_eq!(shop.database.count("billing_cancellations").await, 1);
    assert_eq!(shop.audited("billing.canceled").await, 1);
    assert_eq!(shop.at_the_provider()["cancel_at_period_end"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_change_while_the_renewal_arrives_ends_as_the_provider_has_it() {
    let shop = Shop::subscribed("starter", Month, 3).await;
    shop.settled().await;
    for more in [
        wanted("team", Month, 3),
        wanted("team", Month, 5),
        wanted("team", Month, 4),
        wanted("business", Month, 5),
    ] {
        let (org, deps, control) = (shop.org.clone(), shop.deps.clone(), shop.sandbox.control());
        let preview = preview(&org, &deps, &more).await.unwrap();
        shop.clock
            .set(shop.overview().await.subscription.unwrap().held.period_end.unwrap());
        let changing = tokio::spawn(async move { change_plan(&org, &deps, &more, preview.version).await });
        let renewing = tokio::task::spawn_blocking(move || control.settle());
        shop.settled().await;
        renewing.await.unwrap();
        let changed = changing.await.unwrap().map_err(Error::from);
        assert!(
            matches!(
                changed,
                Ok(_) | Err(Error::Conflict | Error::PaymentProviderUnavailable)
            ),
            "{changed:?}"
        );
        shop.settled().await;
        let told = shop.at_the_provider();
        let held = shop.overview().await.subscription.unwrap().held;
        assert_eq!(Some(held.product.as_str()), told["product_id"].as_str());
        assert_eq!(Some(i64::from(held.seats)), told["seats"].as_i64());
        assert_eq!(Some(held.amount), told["amount"].as_i64());
        let until = |at: chrono::DateTime<chrono::Utc>| at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
        assert_eq!(
            held.period_end.map(until).as_deref(),
            told["current_period_end"].as_str()
        );
        assert_eq!(held.pending.is_some(), !told["pending_update"].is_null());
    }
}

/// Whatever the code does.
#[tokio::test]
async fn the_database_has_room_for_one_subscription_and_one_open_page() {
    let shop = Shop::subscribed("team", Month, 3).await;
    let refused = async |copy: &'static str| {
        let refused = sqlx::query(copy).execute(shop.database.owner()).await.unwrap_err();
        refused.as_database_error().unwrap().constraint().map(str::to_owned)
    };
    let another = "insert into billing_tenant_subscriptions \
        select (jsonb_populate_record(s, jsonb_build_object('provider_subscription_id', 'another'))).* \
        from billing_tenant_subscriptions s";
    assert_eq!(
        refused(another).await.as_deref(),
        Some("billing_subscriptions_current_key")
    );
    let page = "insert into billing_checkouts select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), \
            'provider_checkout_id', number::text, 'status', 'open'))).* \
        from billing_checkouts c cross join generate_series(1, 2) as number";
    assert_eq!(refused(page).await.as_deref(), Some("billing_checkouts_open_key"));
}
