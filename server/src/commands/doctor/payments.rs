//! Whether money can be taken: the account at the provider, and what is for sale there.

use anyhow::Result;
use domain::{
    RegistrationGates,
    billing::{
        catalogue::compare::{Comparison, Difference, compare},
        provider::{PaymentProvider, ProviderError, WebhookEndpoint},
    },
};

use super::{Finding, Verdict};
use crate::{
    commands::{billing, clock, deps},
    config::{Config, PolarAccount, PolarServer},
    payments::{self, Asker, Payments},
    postgres::Postgres,
};

/// The token, tried at something cheap, and the secret of what the provider sends.
pub async fn account(config: &Config) -> Vec<Finding> {
    match &config.payments.polar {
        None if config.dev_tools() => vec![(
            "payments",
            Verdict::Good("an offline sandbox stands in for Polar".to_owned()),
        )],
        None => vec![(
            "payments",
            Verdict::Lacking("nothing can be bought: set POLAR_ACCESS_TOKEN and POLAR_WEBHOOK_SECRET".to_owned()),
        )],
        Some(account) => {
            let token = token(account).await;
            let webhooks = match &token {
                Ok(_) => webhooks(config, account).await,
                Err(_) => Verdict::Lacking("not asked for: the token is looked at first".to_owned()),
            };
            vec![("payments", token.into()), ("webhooks", webhooks)]
        }
    }
}

async fn token(account: &PolarAccount) -> Result<String, String> {
    let polar = payments::client(account).map_err(|error| format!("{error:#}"))?;
    match polar.products().await {
        Ok(_) => Ok(match &account.server {
            PolarServer::Production => "Polar takes the token".to_owned(),
            PolarServer::Sandbox => "Polar's sandbox takes the token; no real money".to_owned(),
            PolarServer::At(url) => format!("{} takes the token", url.origin().ascii_serialization()),
        }),
        Err(error) => Err(in_words(&error)),
    }
}

/// Whether Polar knows where to tell. Whether it signs with our secret is known from its first message.
async fn webhooks(config: &Config, account: &PolarAccount) -> Verdict {
    let address = format!("{}/webhooks/polar", config.base_url.trim_end_matches('/'));
    let polar = match payments::client(account) {
        Ok(polar) => polar,
        Err(error) => return Verdict::Wrong(format!("{error:#}")),
    };
    match polar.webhook_endpoints().await {
        Ok(endpoints) => endpoint(&endpoints, &address, account.webhook_secrets.len()),
        Err(ProviderError::Unauthorized(_)) => Verdict::Lacking(format!(
            "the token may not look for the endpoint {address}: give it the scope webhooks:read"
        )),
        Err(error) => Verdict::Wrong(in_words(&error)),
    }
}

fn endpoint(endpoints: &[WebhookEndpoint], address: &str, secrets: usize) -> Verdict {
    let ours = endpoints.iter().filter(|endpoint| endpoint.url == address);
    // Of two, while a secret is replaced, one is enough.
    let Some(ours) = ours.max_by_key(|endpoint| (endpoint.readable, endpoint.enabled, endpoint.unheard.is_empty()))
    else {
        return Verdict::Wrong(format!(
            "Polar has no endpoint {address}: make it there, docs/guides/connect-polar.md says how"
        ));
    };
    if !ours.readable {
        Verdict::Wrong(format!(
            "the endpoint {address} at Polar has another format: choose raw"
        ))
    } else if !ours.enabled {
        Verdict::Wrong(format!(
            "the endpoint {address} is off at Polar: turn it on there, then run `plinth billing reconcile`"
        ))
    } else if !ours.unheard.is_empty() {
        Verdict::Lacking(format!(
            "the endpoint {address} at Polar is not sent {}: choose these events as well",
            ours.unheard.join(", ")
        ))
    } else {
        let plural = if secrets == 1 { "secret" } else { "secrets" };
        Verdict::Good(format!(
            "{secrets} {plural} for the endpoint {address}, which Polar has"
        ))
    }
}

fn in_words(error: &ProviderError) -> String {
    format!("{error}: {}", billing::fix(error))
}

/// Of an account at the provider. The sandbox is given the catalogue at every start.
pub async fn catalogue(config: &Config, postgres: &Postgres) -> Vec<Finding> {
    if config.payments.polar.is_none() {
        return Vec::new();
    }
    let compared = async {
        let (clock, _) = clock(config);
        let payments = Payments::open(config, clock.clone(), Asker::Command).await?;
        let platform = postgres.platform(config);
        let gates = RegistrationGates::default();
        let deps = deps(config, postgres, platform.clone(), clock, &payments, gates);
        let compared = compare(&platform, &deps).await;
        platform.close().await;
        deps.database.close().await;
        payments.close().await;
        anyhow::Ok(compared?)
    };
    match compared.await {
        Ok(comparison) => vec![("catalogue", verdict(&comparison).into())],
        Err(error) => {
            let unread = format!("it cannot be read ({error:#}): run `plinth migrate`");
            vec![("catalogue", Verdict::Wrong(unread))]
        }
    }
}

fn verdict(comparison: &Comparison) -> Result<String, String> {
    match comparison {
        Comparison::Same { prices } => Ok(format!("{prices} prices are for sale at the provider as they are here")),
        Comparison::Unknown(error) => Err(in_words(error)),
        Comparison::Differs(differences) => Err(differences.iter().map(difference).collect::<Vec<_>>().join("; ")),
    }
}

fn difference(difference: &Difference) -> String {
    match difference {
        Difference::NotForSale { plan, interval } => format!(
            "{plan} by the {} is not for sale at the provider: run `plinth billing publish`",
            interval.key()
        ),
        Difference::Price {
            plan,
            interval,
            product,
            ours,
            theirs,
        } => format!(
            "{plan} by the {} costs {ours} here and {} at the provider: archive its product {product} there, then run \
             `plinth billing publish`",
            interval.key(),
            theirs.map_or_else(|| "something else".to_owned(), |theirs| theirs.to_string())
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://app.example.com/webhooks/polar";

    fn at(url: &str) -> WebhookEndpoint {
        WebhookEndpoint {
            url: url.to_owned(),
            enabled: true,
            readable: true,
            unheard: Vec::new(),
        }
    }

    fn said(endpoints: &[WebhookEndpoint]) -> (&'static str, String) {
        match endpoint(endpoints, HERE, 1) {
            Verdict::Good(text) => ("good", text),
            Verdict::Lacking(text) => ("lacks", text),
            Verdict::Wrong(text) => ("wrong", text),
        }
    }

    #[test]
    fn what_keeps_messages_from_coming_is_named() {
        let elsewhere = at("https://www.app.example.com/webhooks/polar");
        let off = WebhookEndpoint {
            enabled: false,
            ..at(HERE)
        };
        let chat = WebhookEndpoint {
            readable: false,
            ..at(HERE)
        };
        let deaf = WebhookEndpoint {
            unheard: vec!["order.paid", "order.refunded"],
            ..at(HERE)
        };
        for (endpoints, verdict, word) in [
            (vec![], "wrong", "no endpoint"),
            (vec![elsewhere.clone()], "wrong", "no endpoint"),
            (vec![elsewhere, at(HERE)], "good", "1 secret for"),
            (vec![off.clone()], "wrong", "is off"),
            (vec![chat.clone()], "wrong", "raw"),
            (vec![deaf.clone()], "lacks", "order.paid, order.refunded"),
            // While one secret replaces another there can be two.
            (vec![off, chat, deaf, at(HERE)], "good", "1 secret for"),
        ] {
            let (is, text) = said(&endpoints);
            assert!(is == verdict && text.contains(word), "{endpoints:?}: {is} {text}");
        }
    }
}
