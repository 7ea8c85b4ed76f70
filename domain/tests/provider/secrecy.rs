//! The token goes to the provider, and nowhere else.

use std::{
    io,
    sync::{Arc, Mutex},
};

use domain::billing::provider::{
    PaymentProvider, ProviderError,
    polar::{Environment, InvalidSettings, Patience, Polar, Settings, SigningSecret, Token},
};
use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use super::{
    fixtures::{SUBSCRIPTION, object},
    stub::{Answer, SECRET, Stub, TOKEN, invalid, not_found, refusal},
    words::{new_customer, new_portal_session},
};

/// Everything that is logged.
#[derive(Debug, Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn settings(token: &str) -> Settings {
    Settings {
        environment: Environment::Production,
        token: Token::new(token),
        webhook_secrets: vec![SigningSecret::new(SECRET).unwrap()],
        patience: Patience::default(),
    }
}

#[test]
fn neither_token_nor_secret_can_be_printed() {
    let settings = settings(TOKEN);
    let polar = Polar::new(settings.clone()).unwrap();
    let printed = format!("{settings:?} {settings:#?} {polar:?} {polar:#?}");
    assert!(
        !printed.contains("SECRET") && !printed.contains("0123456789abc"),
        "{printed}"
    );
    assert!(!printed.contains("ovyN6cPr"), "{printed}");
    // Nor as the bytes that it has.
    let bytes = format!("{:?}", SECRET.as_bytes());
    assert!(!printed.contains(bytes.trim_matches(['[', ']'])), "{printed}");
}

#[test]
fn a_token_that_no_header_can_carry_is_refused_without_being_shown() {
    let error = Polar::new(settings("polar_oat_SECRET\r\nx-injected: 1")).unwrap_err();
    assert_eq!(error, InvalidSettings::Token);
    assert!(!format!("{error} {error:?}").contains("SECRET"));
}

#[tokio::test]
async fn nothing_that_is_logged_or_told_has_the_token_or_an_address_in_it() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let stub = Stub::answering([
        Answer::Bare(503, None),
        refusal(409, "SubscriptionLocked"),
        Answer::Json(200, object("Subscription", json!({}))),
        not_found(),
        invalid("owner"),
        not_found(),
        Answer::Json(201, object("CustomerSession", json!({}))),
    ])
    .await;
    let polar = stub.polar();
    polar.subscription(SUBSCRIPTION.into()).await.unwrap();
    let error = polar.ensure_customer(new_customer()).await.unwrap_err();
    let session = polar.portal(new_portal_session()).await.unwrap();
    let told = format!("{error} {error:?} {session:?}");

    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("asking the provider again"), "{logged}");
    for text in [logged, told] {
        for secret in [TOKEN, "SECRET", "ada@example.com", "customer_session_token"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn the_token_is_not_taken_elsewhere() {
    let elsewhere = Stub::answering([Answer::Json(200, object("Subscription", json!({})))]).await;
    let address: &'static str = format!("{}/v1/subscriptions/{SUBSCRIPTION}", elsewhere.base()).leak();
    for status in [301, 302, 307, 308] {
        let stub = Stub::answering([Answer::Bare(status, Some(("location", address)))]).await;
        let error = stub.polar().subscription(SUBSCRIPTION.into()).await.unwrap_err();
        assert!(matches!(error, ProviderError::Malformed(_)), "{error:?}");
    }
    assert!(elsewhere.asked().is_empty());
}
