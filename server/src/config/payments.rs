//! Whoever takes the money, as it is configured.

use std::{fmt, net::SocketAddr};

use chrono::TimeDelta;

use super::reader::{self, Reader};

#[derive(Debug, Clone)]
pub struct PaymentSettings {
    /// `None` where nobody takes money: production without a provider, or a laptop with its sandbox.
    pub polar: Option<PolarAccount>,
    /// How long everything goes on working after a renewal could not be charged, and after a plan became too small.
    pub grace: TimeDelta,
    /// Where the offline sandbox listens.
    pub sandbox_address: SocketAddr,
}

/// The operator's account at Polar.
#[derive(Clone)]
pub struct PolarAccount {
    pub server: PolarServer,
    pub token: String,
    /// While one replaces another, both.
    pub webhook_secrets: Vec<String>,
}

impl fmt::Debug for PolarAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PolarAccount")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

/// Which Polar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolarServer {
    Production,
    /// Polar's own place for trying things out: no real money.
    Sandbox,
    /// Any other that speaks as Polar does.
    At(url::Url),
}

impl PolarServer {
    /// Where its pages are, as sources of a content security policy.
    pub fn pages(&self) -> Vec<String> {
        match self {
            Self::Production | Self::Sandbox => vec!["https://polar.sh".to_owned(), "https://*.polar.sh".to_owned()],
            Self::At(url) => vec![url.origin().ascii_serialization()],
        }
    }
}

/// Shorter secrets can be guessed.
const SHORTEST_SECRET: usize = 16;

const LONGEST_GRACE: i64 = 7;
const SHORTEST_GRACE: i64 = 3;

pub(super) fn read(reader: &mut Reader<'_>, production: bool) -> Option<PaymentSettings> {
    let token = reader.optional("POLAR_ACCESS_TOKEN", token);
    let webhook_secrets = reader.optional("POLAR_WEBHOOK_SECRET", secrets);
    // One that is set but wrong has been told already.
    let (has_token, has_secret) = (
        reader.is_set("POLAR_ACCESS_TOKEN"),
        reader.is_set("POLAR_WEBHOOK_SECRET"),
    );
    reader.require(
        has_secret || !has_token,
        "POLAR_WEBHOOK_SECRET",
        "is missing beside POLAR_ACCESS_TOKEN: nothing that Polar tells could be believed",
    );
    reader.require(
        has_token || !has_secret,
        "POLAR_ACCESS_TOKEN",
        "is missing beside POLAR_WEBHOOK_SECRET: Polar could not be asked anything",
    );
    let server = reader.value("POLAR_SERVER", server);
    if let Some(PolarServer::At(url)) = &server {
        reader.require(
            !production || url.scheme() == "https",
            "POLAR_SERVER",
            "must be an https address in production: the token is sent there",
        );
    }
    let grace = reader.value("PLINTH_GRACE_DAYS", grace);
    let sandbox_address = reader.parsed("PLINTH_SANDBOX_ADDRESS", "is not an address and a port");
    let server = server?;
    Some(PaymentSettings {
        polar: token.zip(webhook_secrets).map(|(token, webhook_secrets)| PolarAccount {
            server,
            token,
            webhook_secrets,
        }),
        grace: grace?,
        sandbox_address: sandbox_address?,
    })
}

/// What is wrong with a secret is told without it.
fn token(text: &str) -> Result<String, String> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(text.to_owned())
    } else {
        Err("has characters that no token has".to_owned())
    }
}

fn secrets(text: &str) -> Result<Vec<String>, String> {
    let secrets: Vec<_> = text
        .split(',')
        .map(str::trim)
        .filter(|secret| !secret.is_empty())
        .map(str::to_owned)
        .collect();
    if secrets.is_empty() || secrets.iter().any(|secret| secret.len() < SHORTEST_SECRET) {
        return Err(format!(
            "has a secret of fewer than {SHORTEST_SECRET} characters, which could be guessed"
        ));
    }
    Ok(secrets)
}

fn server(text: &str) -> Result<PolarServer, String> {
    match text {
        "production" => Ok(PolarServer::Production),
        "sandbox" => Ok(PolarServer::Sandbox),
        other => reader::origin(other)
            .ok()
            .and_then(|origin| url::Url::parse(&origin).ok())
            .map(PolarServer::At)
            .ok_or_else(|| "is neither production nor sandbox, nor scheme, host and port of another".to_owned()),
    }
}

fn grace(text: &str) -> Result<TimeDelta, String> {
    match text.parse() {
        Ok(days @ SHORTEST_GRACE..=LONGEST_GRACE) => Ok(TimeDelta::days(days)),
        _ => Err(format!(
            "is not a number of days from {SHORTEST_GRACE} to {LONGEST_GRACE}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    const TOKEN: (&str, &str) = ("POLAR_ACCESS_TOKEN", "polar_oat_of_somebody");
    const SECRET: (&str, &str) = ("POLAR_WEBHOOK_SECRET", "whsec_0123456789abcdef");

    fn read(values: &[(&str, &str)]) -> anyhow::Result<Config> {
        Config::read(&|name| {
            values
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn a_laptop_has_its_sandbox_and_an_operator_an_account() {
        let payments = read(&[]).unwrap().payments;
        assert!(payments.polar.is_none());
        assert_eq!(payments.grace, TimeDelta::days(7));
        assert_eq!(payments.sandbox_address, "127.0.0.1:3003".parse().unwrap());

        let both = format!("{}, whsec_of_the_one_before ,", SECRET.1);
        let account = read(&[TOKEN, ("POLAR_WEBHOOK_SECRET", &both)])
            .unwrap()
            .payments
            .polar
            .unwrap();
        assert_eq!(account.server, PolarServer::Production);
        assert_eq!(account.webhook_secrets, [SECRET.1, "whsec_of_the_one_before"]);
        let shown = format!("{account:?}");
        assert!(!shown.contains("polar_oat") && !shown.contains("whsec"), "{shown}");
    }

    #[test]
    fn half_of_an_account_is_told() {
        for (set, missing) in [(TOKEN, SECRET), (SECRET, TOKEN)] {
            let message = read(&[set]).unwrap_err().to_string();
            assert!(message.contains(&format!("  {} is missing", missing.0)), "{message}");
            assert!(!message.contains(set.1), "a secret is not told: {message}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_without_the_secret() {
        for (name, value) in [
            ("POLAR_ACCESS_TOKEN", "polar oat"),
            ("POLAR_WEBHOOK_SECRET", "whsec_short"),
            ("POLAR_WEBHOOK_SECRET", ","),
            ("POLAR_SERVER", "staging"),
            ("POLAR_SERVER", "https://polar.example/v1"),
            ("PLINTH_GRACE_DAYS", "2"),
            ("PLINTH_GRACE_DAYS", "8"),
            ("PLINTH_GRACE_DAYS", "a week"),
            ("PLINTH_SANDBOX_ADDRESS", "somewhere"),
        ] {
            let mut values = vec![(name, value)];
            values.extend([TOKEN, SECRET].into_iter().filter(|(key, _)| *key != name));
            let message = read(&values).unwrap_err().to_string();
            assert!(message.contains(&format!("  {name} ")), "{value}: {message}");
            let secret = name == "POLAR_ACCESS_TOKEN" || value.starts_with("whsec");
            assert!(!secret || !message.contains(value), "{value}: {message}");
        }
    }

    #[test]
    fn a_token_leaves_production_on_https_alone() {
        let production = [
            ("PLINTH_ENV", "production"),
            ("PLINTH_SECRET", "0123456789abcdef0123456789abcdef"),
            ("PLINTH_BASE_URL", "https://app.example"),
            ("DATABASE_URL", "postgres://plinth@db.example/plinth"),
            ("SMTP_URL", "smtps://user:pass@mail.example"),
            TOKEN,
            SECRET,
        ];
        let with = |server| read(&[&production[..], &[("POLAR_SERVER", server)]].concat());
        for (server, pages) in [
            ("production", "https://polar.sh"),
            ("sandbox", "https://polar.sh"),
            ("https://polar.example", "https://polar.example"),
        ] {
            let account = with(server).unwrap().payments.polar.unwrap();
            assert_eq!(account.server.pages()[0], pages);
        }
        let message = with("http://polar.example").unwrap_err().to_string();
        assert!(message.contains("  POLAR_SERVER must be an https address"), "{message}");
        // On a laptop it may be a sandbox of one's own.
        let account = read(&[TOKEN, SECRET, ("POLAR_SERVER", "http://127.0.0.1:3003/")])
            .unwrap()
            .payments
            .polar
            .unwrap();
        assert_eq!(account.server.pages(), ["http://127.0.0.1:3003"]);
    }
}
