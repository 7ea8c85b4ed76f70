//! What is asked again, what is not, and how long anything is waited for.

use std::time::{Duration, Instant};

use domain::billing::provider::{
    PaymentProvider, ProviderError, SubscriptionId, Timing, UsageEvent, UsageReceipt,
    polar::{Environment, Patience, Polar, Settings, Token},
};
use serde_json::json;

use super::{
    fixtures::{PRODUCT, SUBSCRIPTION, moment, object, tenant},
    questions,
    stub::{Answer, Stub, TOKEN, page, patience, refusal},
};

fn id() -> SubscriptionId {
    SUBSCRIPTION.into()
}

fn subscription() -> Answer {
    Answer::Json(200, object("Subscription", json!({})))
}

#[tokio::test]
async fn what_reads_is_asked_again() {
    for passing in [
        Answer::Bare(500, None),
        Answer::Bare(503, None),
        Answer::Bare(429, None),
        Answer::Bare(429, Some(("retry-after", "0"))),
        refusal(409, "SubscriptionLocked"),
    ] {
        let stub = Stub::answering([passing.clone(), passing.clone(), subscription()]).await;
        stub.polar().subscription(id()).await.unwrap();
        assert_eq!(stub.asked().len(), 3, "{passing:?}");
    }
    let stub = Stub::answering([page(&[], 0), Answer::Bare(503, None)]).await;
    stub.polar().products().await.unwrap();
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn it_is_not_asked_for_ever() {
    let stub = Stub::answering(vec![Answer::Bare(503, None); 20]).await;
    let error = stub.polar().subscription(id()).await.unwrap_err();
    assert_eq!(error, ProviderError::Unavailable("503 Service Unavailable".to_owned()));
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn what_stays_as_it_is_is_asked_once() {
    for (answer, expected) in [
        (refusal(404, "ResourceNotFound"), ProviderError::NotFound),
        (
            refusal(401, "Unauthorized"),
            ProviderError::Unauthorized("Unauthorized, in a sentence.".to_owned()),
        ),
        (
            refusal(403, "NotPermitted"),
            ProviderError::Refused {
                code: "NotPermitted".to_owned(),
                field: None,
                message: "NotPermitted, in a sentence.".to_owned(),
            },
        ),
    ] {
        let stub = Stub::answering([answer, subscription()]).await;
        assert_eq!(stub.polar().subscription(id()).await.unwrap_err(), expected);
        assert_eq!(stub.asked().len(), 1);
    }
}

#[tokio::test]
async fn what_changes_something_is_asked_once() {
    for failing in [Answer::Bare(500, None), Answer::Bare(429, Some(("retry-after", "0")))] {
        for change in questions::all().into_iter().filter(|question| question.changes) {
            let stub = Stub::answering(vec![failing.clone(); 5]).await;
            let error = (change.ask)(stub.polar()).await.unwrap_err();
            assert!(error.is_passing(), "{}: {error:?}", change.name);
            assert_eq!(stub.asked().len(), 1, "{}", change.name);
        }
    }
}

#[tokio::test]
async fn what_somebody_else_is_changing_is_changed_after_them() {
    let locked = refusal(409, "SubscriptionLocked");
    let stub = Stub::answering([locked.clone(), locked.clone(), subscription()]).await;
    stub.polar()
        .change_plan(id(), PRODUCT.into(), Timing::Now)
        .await
        .unwrap();
    assert_eq!(stub.asked().len(), 3);

    let stub = Stub::answering(vec![locked; 20]).await;
    let error = stub.polar().change_seats(id(), 3, Timing::Now).await.unwrap_err();
    assert_eq!(error, ProviderError::Locked);
    assert_eq!(stub.asked().len(), 4);
}

#[tokio::test]
async fn usage_is_told_again_because_it_counts_once() {
    let ingested = Answer::Json(200, json!({"inserted": 1, "duplicates": 1}));
    let stub = Stub::answering([Answer::Bare(503, None), Answer::Bare(429, None), ingested]).await;
    let event = UsageEvent {
        id: "export-1".to_owned(),
        tenant: tenant(),
        name: "exports".to_owned(),
        quantity: 1,
        occurred_at: moment("2026-11-20T10:00:00Z"),
    };
    let receipt = stub.polar().report_usage(vec![event.clone(), event]).await.unwrap();
    assert_eq!(
        receipt,
        UsageReceipt {
            counted: 1,
            duplicates: 1
        }
    );
    assert_eq!(stub.asked().len(), 3);
}

#[tokio::test]
async fn a_pause_is_as_long_as_it_is_asked_for() {
    let stub = Stub::answering([Answer::Bare(429, Some(("retry-after", "1"))), subscription()]).await;
    let begun = Instant::now();
    stub.polar().subscription(id()).await.unwrap();
    assert!(begun.elapsed() >= Duration::from_secs(1), "{:?}", begun.elapsed());
    assert_eq!(stub.asked().len(), 2);
}

#[tokio::test]
async fn a_pause_that_is_too_long_is_left_to_who_asked() {
    let stub = Stub::answering([Answer::Bare(429, Some(("retry-after", "60"))), subscription()]).await;
    let error = stub.polar().subscription(id()).await.unwrap_err();
    assert_eq!(
        error,
        ProviderError::Throttled {
            retry_after: Some(Duration::from_mins(1))
        }
    );
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn silence_ends() {
    let stub = Stub::answering([Answer::Silence, subscription()]).await;
    let hasty = Patience {
        request: Duration::from_millis(50),
        attempts: 1,
        ..patience()
    };
    let error = stub.patient_polar(hasty).subscription(id()).await.unwrap_err();
    assert!(
        matches!(&error, ProviderError::Unavailable(why) if why.starts_with("no answer in time")),
        "{error:?}"
    );

    // Asked again, it may be answered; a change is not asked again.
    let hasty = Patience { attempts: 2, ..hasty };
    let stub = Stub::answering([Answer::Silence, subscription()]).await;
    stub.patient_polar(hasty).subscription(id()).await.unwrap();
    let stub = Stub::answering([Answer::Silence, subscription()]).await;
    stub.patient_polar(hasty).revoke(id()).await.unwrap_err();
    assert_eq!(stub.asked().len(), 1);
}

#[tokio::test]
async fn nobody_there_is_an_outage() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let polar = Polar::new(Settings {
        environment: Environment::At(format!("http://{free}").parse().unwrap()),
        token: Token::new(TOKEN),
        webhook_secrets: Vec::new(),
        patience: patience(),
    })
    .unwrap();
    let error = polar.subscription(id()).await.unwrap_err();
    assert!(
        matches!(&error, ProviderError::Unavailable(why) if why.starts_with("no connection")),
        "{error:?}"
    );
    assert!(error.is_passing());
}
