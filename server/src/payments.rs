//! Whoever takes the money: Polar as it is configured, the offline sandbox on a developer's machine, or nobody.
//!
//! The one place that knows which of them it is. Production never has the sandbox, and a release image has no code of it.

#[cfg(feature = "sandbox")]
mod sandbox;
mod sandbox_pages;

use std::{net::SocketAddr, sync::Arc};

use anyhow::{Context, Result};
use domain::{
    billing::provider::{
        Absent, PaymentProvider,
        polar::{self, Polar, SigningSecret, Token},
    },
    clock::Clock,
};

pub use self::sandbox_pages::SandboxPages;
use crate::config::{Config, PolarAccount, PolarServer};

/// A provider that can be asked, with what has to end when the program does.
#[derive(Debug)]
pub struct Payments {
    pub provider: Arc<dyn PaymentProvider>,
    /// Where its pages are, as sources of a content security policy.
    pub origins: Vec<String>,
    /// Where the sandbox runs in this process.
    pub sandbox: Option<SandboxPages>,
    #[cfg(feature = "sandbox")]
    running: Option<sandbox::Running>,
}

/// Who asks for the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// The server with its pages, which listens there: the sandbox is part of it.
    Server(SocketAddr),
    /// A server that only does jobs: the sandbox is another's.
    Worker,
    /// A command: the sandbox of a running server if there is one, else one for as long as the command takes.
    Command,
}

impl Payments {
    pub async fn open(config: &Config, clock: Arc<dyn Clock>, asker: Asker) -> Result<Self> {
        if let Some(account) = &config.payments.polar {
            let origins = account.server.pages();
            return Ok(Self::beside(Arc::new(client(account)?), origins));
        }
        #[cfg(feature = "sandbox")]
        if config.dev_tools() {
            return sandbox::open(config, clock, asker).await;
        }
        let _ = (clock, asker);
        Ok(Self::beside(Arc::new(Absent), Vec::new()))
    }

    /// One that is not part of this process.
    fn beside(provider: Arc<dyn PaymentProvider>, origins: Vec<String>) -> Self {
        Self {
            provider,
            origins,
            sandbox: None,
            #[cfg(feature = "sandbox")]
            running: None,
        }
    }

    /// What the sandbox has not sent yet is sent after the next start.
    pub async fn close(self) {
        #[cfg(feature = "sandbox")]
        if let Some(running) = self.running {
            running.stop().await;
        }
    }
}

/// Asks nothing yet.
pub fn client(account: &PolarAccount) -> Result<Polar> {
    let webhook_secrets = account
        .webhook_secrets
        .iter()
        .map(|secret| SigningSecret::new(secret))
        .collect::<Result<_, _>>()
        .context("POLAR_WEBHOOK_SECRET is not right")?;
    let settings = polar::Settings {
        environment: match &account.server {
            PolarServer::Production => polar::Environment::Production,
            PolarServer::Sandbox => polar::Environment::Sandbox,
            PolarServer::At(url) => polar::Environment::At(url.clone()),
        },
        token: Token::new(account.token.clone()),
        webhook_secrets,
        patience: polar::Patience::default(),
    };
    Polar::new(settings).context("POLAR_ACCESS_TOKEN or POLAR_SERVER is not right")
}
