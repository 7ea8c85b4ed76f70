//! Offline stand-ins of outside services, for development and tests: first of them the payment provider, Polar.
//!
//! It speaks the provider's API on a loopback address, shows its hosted pages, sends its webhooks, and lets its clock, its
//! cards and its failures be steered: by [`Control`], and by a page for people at `/sandbox`. It must not know the product,
//! and no release image has it. What it imitates is described in `docs/guides/payment-sandbox.md`.

mod clock;
mod control;
mod error;
mod faults;
mod http;
mod input;
mod objects;
mod pages;
mod persistence;
mod random;
mod rules;
mod state;
mod timestamp;
mod webhooks;
mod world;

use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    sync::oneshot,
    task::{JoinHandle, JoinSet},
};

pub use crate::{
    clock::{Clock, MovableClock},
    control::{Control, SentWebhook},
    error::Refusal,
    faults::Faults,
    objects::{
        customer::CardBehaviour,
        webhook::{Delivery, EventState},
    },
    timestamp::{Interval, Timestamp},
};
use crate::{
    rules::endpoints,
    state::{Organization, State},
    world::World,
};

/// How often the clock is looked at.
const TICK: Duration = Duration::from_millis(250);
/// Open connections get so long to end.
const FAREWELL: Duration = Duration::from_secs(2);

/// What a sandbox is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Port 0 is any that is free.
    pub address: SocketAddr,
    /// Where the state is kept over a restart. Without it, it is gone at the end.
    pub data: Option<PathBuf>,
    pub clock: Arc<dyn Clock>,
    /// The one bearer token that is good.
    pub access_token: String,
    /// An endpoint that is there from the start, for all types of events.
    pub webhook: Option<Webhook>,
    /// Factor on the waiting times between attempts to deliver a webhook: 1 is as the provider waits.
    pub retry_scale: f64,
    pub organization_name: String,
    pub organization_slug: String,
}

impl Options {
    /// On any free port of this machine, kept nowhere, at the time of day, telling nobody: an account of a merchant called Acme.
    pub fn new(access_token: impl Into<String>) -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            data: None,
            clock: Arc::new(MovableClock::default()),
            access_token: access_token.into(),
            webhook: None,
            retry_scale: 1.0,
            organization_name: "Acme".to_owned(),
            organization_slug: "acme".to_owned(),
        }
    }
}

#[derive(Debug, Clone)]
pub struct Webhook {
    pub url: String,
    /// `whsec_` and 32 bytes in base64 is signed with as the provider signs since September 2026, anything else as before.
    pub secret: String,
}

/// A running sandbox. It ends with [`Sandbox::stop`]; dropped, it ends without writing its last changes.
#[derive(Debug)]
pub struct Sandbox {
    url: String,
    world: Arc<World>,
    tasks: JoinSet<()>,
    server: JoinHandle<()>,
    shutdown: oneshot::Sender<()>,
}

impl Sandbox {
    /// # Errors
    /// When the address is taken, or the file of the state cannot be read.
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind(options.address).await?;
        let url = format!("http://{}", listener.local_addr()?);
        let client = webhooks::deliver::client().map_err(io::Error::other)?;
        let loaded = options.data.as_deref().map(persistence::load).transpose()?.flatten();
        let now = Timestamp::new(options.clock.now());
        let mut state = loaded.unwrap_or_else(|| {
            State::new(Organization {
                id: random::id(),
                created_at: now,
                name: String::new(),
                slug: String::new(),
                invoices: 0,
            })
        });
        if let Some(clock) = options.clock.movable()
            && state.ahead_seconds != 0
        {
            clock.set_ahead_seconds(state.ahead_seconds);
        }
        state.url.clone_from(&url);
        state.organization.name = options.organization_name;
        state.organization.slug = options.organization_slug;
        if let Some(webhook) = &options.webhook {
            endpoints::configure(&mut state, now, &webhook.url, &webhook.secret);
        }
        let world = Arc::new(World::new(
            state,
            options.clock,
            options.access_token,
            options.retry_scale,
            options.data,
        ));
        let mut tasks = JoinSet::new();
        tasks.spawn(webhooks::deliver::run(Arc::clone(&world), client));
        tasks.spawn(persistence::keep(Arc::clone(&world)));
        tasks.spawn(watch_the_clock(Arc::clone(&world)));
        let (shutdown, told) = oneshot::channel();
        let router = http::router(Arc::clone(&world));
        let server = tokio::spawn(async move {
            let serving = axum::serve(listener, router).with_graceful_shutdown(async {
                let _ = told.await;
            });
            if let Err(error) = serving.await {
                tracing::error!(%error, "the sandbox does not listen any more");
            }
        });
        Ok(Self {
            url,
            world,
            tasks,
            server,
            shutdown,
        })
    }

    /// `http://127.0.0.1:3003`, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.world))
    }

    /// Ends it. What is not delivered is delivered after the next start, when the state is kept.
    pub async fn stop(mut self) {
        let _ = self.shutdown.send(());
        if tokio::time::timeout(FAREWELL, &mut self.server).await.is_err() {
            self.server.abort();
        }
        self.tasks.shutdown().await;
        if let Err(error) = persistence::save(&self.world) {
            tracing::error!(%error, "the sandbox's state could not be written");
        }
    }
}

async fn watch_the_clock(world: Arc<World>) {
    let mut ticks = tokio::time::interval(TICK);
    loop {
        ticks.tick().await;
        world.settle();
    }
}
