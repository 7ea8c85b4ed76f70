//! The payment sandbox on its own: `cargo run -p sandbox -- --address 127.0.0.1:3003 --data sandbox.json`.

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc};

use clap::Parser;
use sandbox::{MovableClock, Options, Sandbox, Webhook};

/// An offline stand-in of the payment provider.
#[derive(Debug, Parser)]
struct Arguments {
    /// Where it listens.
    #[arg(long, default_value = "127.0.0.1:3003")]
    address: SocketAddr,
    /// Where its state is kept over a restart.
    #[arg(long)]
    data: Option<PathBuf>,
    /// The bearer token of its API.
    #[arg(long, default_value = "polar_oat_sandbox")]
    access_token: String,
    /// Where it sends webhooks to from the start. Needs a secret.
    #[arg(long, requires = "webhook_secret")]
    webhook_url: Option<String>,
    /// What it signs them with.
    #[arg(long)]
    webhook_secret: Option<String>,
    /// Factor on the waiting times between two attempts to deliver a webhook.
    #[arg(long, default_value_t = 1.0)]
    retry_scale: f64,
    /// What the merchant is called on the pages.
    #[arg(long, default_value = "Acme")]
    organization: String,
    /// What the merchant is called in addresses.
    #[arg(long, default_value = "acme")]
    slug: String,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    tracing_subscriber::fmt().init();
    let arguments = Arguments::parse();
    let webhook = arguments.webhook_url.zip(arguments.webhook_secret);
    let options = Options {
        address: arguments.address,
        data: arguments.data,
        clock: Arc::new(MovableClock::default()),
        access_token: arguments.access_token,
        webhook: webhook.map(|(url, secret)| Webhook { url, secret }),
        retry_scale: arguments.retry_scale,
        organization_name: arguments.organization,
        organization_slug: arguments.slug,
    };
    let sandbox = Sandbox::start(options).await?;
    tracing::info!("the payment sandbox is at {}/sandbox", sandbox.url());
    tokio::signal::ctrl_c().await?;
    sandbox.stop().await;
    Ok(())
}
