//! Whose messages are believed. The vectors were made with the `standardwebhooks` package and found good by Polar's own.

use chrono::{DateTime, Utc};
use domain::billing::provider::{
    PaymentProvider, WebhookHeaders, WebhookKind, WebhookRejected,
    polar::{Environment, Patience, Polar, Settings, SigningSecret, Token},
};

/// Of before September 2026.
const OLD: &str = "whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK";
const NEW: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const STRANGE: &str = "whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldCBhbHRvZ2V0aGVy";

struct Vector {
    secret: &'static str,
    id: &'static str,
    timestamp: &'static str,
    body: &'static str,
    /// With all of the secret's text as the key.
    legacy: &'static str,
    /// With what it decodes to.
    standard: &'static str,
}

const ACTIVE: &str = r#"{"type":"subscription.active","timestamp":"2026-01-01T00:00:00Z","data":{"id":"e5149aae-e521-42b9-b24c-abb3d71eea2e"}}"#;
const PAID: &str = r#"{"type":"order.paid","timestamp":"2026-01-01T00:01:01.123456Z","data":{"id":"57107b74-8400-4d80-a2fc-54c2b4239cb3","description":"Café Équipe — 日本 🚀","total_amount":2900,"currency":"usd"}}"#;

const A: Vector = Vector {
    secret: OLD,
    id: "3f0e8f3a-5a52-4d7c-9d0e-6a1c0a7b9b01",
    timestamp: "1767225600",
    body: ACTIVE,
    legacy: "v1,Ygb8mQ0p25nxknUse2t9hFFdYcLm4IltfqDIjX2yW50=",
    standard: "v1,IXvgK3aCAOO1jh7+qJFKBwuShN5B7YkwZ618oH7wS5s=",
};

const VECTORS: [Vector; 3] = [
    A,
    Vector {
        secret: OLD,
        id: "8b1f0a52-2f7a-4d7c-8f1b-0f4c6f1f2a02",
        timestamp: "1767225661",
        body: PAID,
        legacy: "v1,Gkr0qwSAn/2m0DNvrczLh3XlYozk67p9irWzHZARqiQ=",
        standard: "v1,MVnGfv7nifvenkbeciV4j7ntInNdWPDvAYBSQ1ICsTc=",
    },
    Vector {
        secret: NEW,
        legacy: "v1,TdTPvmtpANy35sHugfRvQbA8RkPXYncu7HUKSZ6A270=",
        standard: "v1,0SLx8gkyGwKKzufy+GLwiJPVKIVBN1GUgnLHLa6Q5wY=",
        ..A
    },
];

fn polar(secrets: &[&str]) -> Polar {
    Polar::new(Settings {
        environment: Environment::Sandbox,
        token: Token::new("polar_oat_unused"),
        webhook_secrets: secrets
            .iter()
            .map(|secret| SigningSecret::new(secret).unwrap())
            .collect(),
        patience: Patience::default(),
    })
    .unwrap()
}

fn at(timestamp: &str, seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(timestamp.parse::<i64>().unwrap() + seconds, 0).unwrap()
}

fn check(secrets: &[&str], vector: &Vector, signature: &str) -> Result<(), WebhookRejected> {
    let headers = WebhookHeaders {
        id: vector.id,
        timestamp: vector.timestamp,
        signature,
    };
    polar(secrets).authenticate_webhook(headers, vector.body.as_bytes(), at(vector.timestamp, 0))
}

#[test]
fn both_derivations_of_a_key_are_good() {
    assert_eq!((ACTIVE.len(), PAID.len()), (118, 199));
    for vector in &VECTORS {
        for signature in [vector.legacy, vector.standard] {
            assert_eq!(check(&[vector.secret], vector, signature), Ok(()), "{signature}");
            let among = format!("v1,AAAA {signature} v2,whatever");
            assert_eq!(check(&[vector.secret], vector, &among), Ok(()), "{among}");
        }
    }
}

#[test]
fn while_one_secret_replaces_another_both_are_good() {
    for vector in &VECTORS {
        for signature in [vector.legacy, vector.standard] {
            for secrets in [[vector.secret, STRANGE], [STRANGE, vector.secret]] {
                assert_eq!(check(&secrets, vector, signature), Ok(()), "{signature}");
            }
            assert_eq!(check(&[STRANGE], vector, signature), Err(WebhookRejected::Signature));
            assert_eq!(check(&[], vector, signature), Err(WebhookRejected::Signature));
        }
    }
}

#[test]
fn what_is_not_signed_is_not_believed() {
    let good = A.legacy;
    let encoded = good.strip_prefix("v1,").unwrap();
    for signature in [
        "",
        "v1,",
        "v1,AAAA",
        "v1",
        encoded,
        &format!("v2,{encoded}"),
        &format!("v1a,{encoded}"),
        &format!("v1,AAAA,{good}"),
        &format!("v1,{encoded}="),
        // The beginning of a good one.
        &format!("v1,{}", &encoded[..8]),
        &format!("v1,{}", &encoded[..40]),
        &good.to_lowercase(),
    ] {
        assert_eq!(
            check(&[OLD], &A, signature),
            Err(WebhookRejected::Signature),
            "{signature}"
        );
    }
    for changed in [
        Vector {
            id: "3f0e8f3a-5a52-4d7c-9d0e-6a1c0a7b9b02",
            ..A
        },
        Vector {
            timestamp: "1767225601",
            ..A
        },
        Vector { body: PAID, ..A },
    ] {
        assert_eq!(check(&[OLD], &changed, good), Err(WebhookRejected::Signature));
    }
}

#[test]
fn a_message_is_good_for_five_minutes() {
    let polar = polar(&[OLD]);
    let check = |timestamp: &str, now| {
        let headers = WebhookHeaders {
            id: A.id,
            timestamp,
            signature: A.legacy,
        };
        polar.authenticate_webhook(headers, A.body.as_bytes(), now)
    };
    for (seconds, expected) in [
        (0, Ok(())),
        (300, Ok(())),
        (-300, Ok(())),
        (301, Err(WebhookRejected::TooOld)),
        (-301, Err(WebhookRejected::TooNew)),
        (86_400, Err(WebhookRejected::TooOld)),
    ] {
        assert_eq!(check(A.timestamp, at(A.timestamp, seconds)), expected, "{seconds}");
    }
    for timestamp in [
        "",
        "soon",
        "1767225600.5",
        "99999999999999999999",
        "9223372036854775807",
    ] {
        assert_eq!(
            check(timestamp, at(A.timestamp, 0)),
            Err(WebhookRejected::Timestamp),
            "{timestamp}"
        );
    }
}

#[test]
fn a_message_is_read_only_when_it_is_believed() {
    let body = r#"{"type":"product.updated","timestamp":"2026-01-01T00:00:00Z","data":{}}"#;
    let now = at(A.timestamp, 0);
    let headers = WebhookHeaders {
        id: A.id,
        timestamp: A.timestamp,
        signature: A.legacy,
    };
    assert_eq!(
        polar(&[OLD]).verify_webhook(headers, body.as_bytes(), now),
        Err(WebhookRejected::Signature)
    );
    // The vector's content is not a whole subscription: believed, and not understood.
    let rejected = polar(&[OLD])
        .verify_webhook(headers, A.body.as_bytes(), now)
        .unwrap_err();
    assert!(rejected.is_authentic(), "{rejected:?}");
    assert!(!WebhookRejected::Signature.is_authentic());
    let read = polar(&[]).read_webhook(body.as_bytes()).unwrap();
    assert_eq!(read.kind, WebhookKind::Other);
}
