//! The offline sandbox, run in this process and asked as Polar is.
//!
//! Its secrets are derived, its state is in the data folder, and its clock is ours. One process has it: a lock in the folder
//! says that somebody does, and a file beside it where.

use std::{
    fs::{self, File, TryLockError},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use ::sandbox::{Options, Sandbox, Webhook};
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use domain::clock::Clock;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Asker, Payments, SandboxPages, client};
use crate::config::{Config, PolarAccount, PolarServer};

/// Where the provider's messages arrive.
const WEBHOOK_PATH: &str = "/webhooks/polar";

/// A tenth of the provider's own pauses between two attempts to deliver a message.
const RETRY_SCALE: f64 = 0.1;

#[derive(Debug)]
pub struct Running {
    sandbox: Sandbox,
    _lock: File,
}

impl Running {
    pub async fn stop(self) {
        self.sandbox.stop().await;
    }
}

pub async fn open(config: &Config, clock: Arc<dyn Clock>, asker: Asker) -> Result<Payments> {
    let folder = Folder::make(&config.data_dir)?;
    let account = |url: &str| -> Result<PolarAccount> {
        Ok(PolarAccount {
            server: PolarServer::At(url::Url::parse(url)?),
            token: format!(
                "polar_oat_{}",
                hexadecimal(derived(config, "the sandbox's access token")?)
            ),
            webhook_secrets: vec![webhook_secret(config)?],
        })
    };
    let elsewhere = |url: String| -> Result<Payments> {
        let polar = client(&account(&url)?)?;
        Ok(Payments::beside(Arc::new(polar), vec![url]))
    };
    let (address, webhooks) = match asker {
        Asker::Server(listens) => (config.payments.sandbox_address, listens),
        Asker::Worker => return elsewhere(folder.url().unwrap_or_else(|| at(config.payments.sandbox_address))),
        // Any free port: nobody visits its pages.
        Asker::Command => (SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), config.address),
    };
    let Some(lock) = folder.lock()? else {
        return match (asker, folder.url()) {
            (Asker::Command, Some(url)) => elsewhere(url),
            _ => bail!(
                "the sandbox in {} belongs to another running server: stop that, or set PLINTH_DATA_DIR",
                folder.0.display()
            ),
        };
    };
    let options = Options {
        address,
        data: Some(folder.state()),
        clock: Arc::new(ProductClock(clock)),
        access_token: account(&at(address))?.token,
        webhook: Some(Webhook {
            url: format!("{}{WEBHOOK_PATH}", at(reachable(webhooks))),
            secret: webhook_secret(config)?,
        }),
        retry_scale: RETRY_SCALE,
        organization_name: "Plinth".to_owned(),
        organization_slug: "plinth".to_owned(),
    };
    let sandbox = Sandbox::start(options)
        .await
        .map_err(|error| explain(error, address, &folder))?;
    let url = sandbox.url().to_owned();
    folder.tell_url(&url)?;
    let provider = Arc::new(client(&account(&url)?)?);
    let pages = SandboxPages {
        control: sandbox.control(),
        url: url.clone(),
    };
    Ok(Payments {
        provider,
        origins: vec![url],
        sandbox: Some(pages),
        running: Some(Running { sandbox, _lock: lock }),
    })
}

fn explain(error: std::io::Error, address: SocketAddr, folder: &Folder) -> anyhow::Error {
    let fix = match error.kind() {
        std::io::ErrorKind::InvalidData => format!(
            "what the payment sandbox remembers cannot be read: delete {} to begin with nothing",
            folder.0.display()
        ),
        _ => format!(
            "{address} cannot be listened on by the payment sandbox: stop what is there, or set PLINTH_SANDBOX_ADDRESS"
        ),
    };
    anyhow::Error::new(error).context(fix)
}

/// The clock of the product, in the sandbox's words: moved, it moves both.
#[derive(Debug)]
struct ProductClock(Arc<dyn Clock>);

impl ::sandbox::Clock for ProductClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.now()
    }
}

/// What is kept of the sandbox.
struct Folder(PathBuf);

impl Folder {
    fn make(data: &Path) -> Result<Self> {
        let folder = data.join("sandbox");
        fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self(folder))
    }

    fn state(&self) -> PathBuf {
        self.0.join("state.json")
    }

    /// `None` while somebody else has it. It ends with the process, however that ends.
    fn lock(&self) -> Result<Option<File>> {
        let path = self.0.join("lock");
        let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => {
                Err(error).with_context(|| format!("{} cannot be locked", path.display()))
            }
        }
    }

    /// Where the sandbox is, or was the last time.
    fn url(&self) -> Option<String> {
        fs::read_to_string(self.0.join("url")).ok()
    }

    fn tell_url(&self, url: &str) -> Result<()> {
        let path = self.0.join("url");
        fs::write(&path, url).with_context(|| format!("{} cannot be written", path.display()))
    }
}

fn at(address: SocketAddr) -> String {
    format!("http://{address}")
}

/// Where a server is asked from its own machine that listens there.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn webhook_secret(config: &Config) -> Result<String> {
    Ok(format!(
        "whsec_{}",
        STANDARD.encode(derived(config, "the sandbox's webhooks")?)
    ))
}

/// So that there is nothing to keep: HMAC-SHA256 of what it is for.
fn derived(config: &Config, purpose: &str) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(config.secret.as_bytes())?;
    mac.update(purpose.as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

fn hexadecimal(bytes: [u8; 32]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    })
}
