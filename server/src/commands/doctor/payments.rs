//! Whether money can be taken: the account at the provider, and what is for sale there.

use anyhow::Result;
use domain::{
    RegistrationGates,
    billing::{
        catalogue::compare::{Comparison, Difference, compare},
        provider::{PaymentProvider, ProviderError},
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
        Some(account) => vec![
            ("payments", token(account).await.into()),
            ("webhooks", Verdict::Good(webhooks(config, account))),
        ],
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

fn webhooks(config: &Config, account: &PolarAccount) -> String {
    let secrets = account.webhook_secrets.len();
    let plural = if secrets == 1 { "secret" } else { "secrets" };
    format!(
        "{secrets} {plural} for the endpoint {}/webhooks/polar at Polar",
        config.base_url
    )
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
