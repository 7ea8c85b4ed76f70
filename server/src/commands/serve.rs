//! `plinth serve`: pages, jobs, or both, until it is told to stop.

use std::{fs, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::{Context, Result, bail};
use app::{Settings, assets::Assets};
use domain::{
    Deps, RegistrationGates,
    database::{MIGRATIONS, PlatformDatabase},
    flags::watch::{POLL, watch},
    jobs::{JobContext, Worker, WorkerSettings},
    mail::Mailer,
    metrics::Pools,
};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{billing, say};
use crate::{
    config::{Config, Environment},
    demo,
    http::{self, Faults, State},
    mail::{mailbox::Mailbox, smtp::Smtp},
    metrics::Metrics,
    payments::{Asker, Payments, SandboxPages},
    postgres::{self, Postgres},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Role {
    Web,
    Worker,
    All,
}

/// How long requests that are being answered may take after the signal to stop.
const DRAIN: Duration = Duration::from_secs(15);

pub async fn serve(config: Config, role: Role) -> Result<()> {
    let assets = load_assets(&config)?;
    fs::create_dir_all(&config.data_dir).with_context(|| format!("{} cannot be made", config.data_dir.display()))?;
    // Before anything else is started: it is what most often is in the way.
    let listener = match role {
        Role::Worker => None,
        Role::Web | Role::All => Some(TcpListener::bind(config.address).await.with_context(|| {
            format!(
                "{} cannot be listened on: stop what is there, or set PLINTH_ADDRESS",
                config.address
            )
        })?),
    };
    let metrics = Metrics::bind(config.metrics_address).await?;
    let stop = stop_signal()?;
    let (clock, movable) = super::clock(&config);
    let asker = match &listener {
        Some(listener) => Asker::Server(listener.local_addr()?),
        None => Asker::Worker,
    };
    let payments = Payments::open(&config, clock.clone(), asker).await?;
    let postgres = Postgres::open(&config).await?;
    prepare(&config, &postgres).await?;

    let platform = postgres.platform(&config);
    let deps = super::deps(&config, &postgres, platform.clone(), clock, &payments, gates(&config));
    billing::publish_for_trying_out(&config, &platform, &deps).await?;
    if config.demo {
        demo::seed(&deps, &platform, payments.sandbox.as_ref()).await?;
    }
    let mailbox = match &config.smtp_url {
        Some(_) => None,
        None => Some(Arc::new(Mailbox::open(
            &config.data_dir,
            deps.clock.clone(),
            deps.random.clone(),
        )?)),
    };
    let queue = postgres.worker(&config);
    let listening = postgres.listener(&config);
    let watch = tokio::spawn(watch(deps.flags.clone(), listening.clone(), POLL));
    let worker = match role {
        Role::Web => None,
        Role::Worker | Role::All => Some(start_worker(&config, &queue, &deps, mailbox.as_ref()).await?),
    };
    let pools = Pools {
        platform: platform.clone(),
        worker: queue.clone(),
        listener: listening.clone(),
    };
    let measuring = metrics.map(|metrics| tokio::spawn(metrics.serve(pools, deps.clone(), stop.clone())));
    if let Some(listener) = listener {
        let (faults, writing) = Faults::start(deps.clone());
        let state = State {
            deps: deps.clone(),
            platform: platform.clone(),
            settings: Arc::new(page_settings(&config, &payments)),
            assets: Arc::new(assets),
            site_dir: config.site_dir.clone(),
            mailbox,
            clock: movable,
            sandbox: payments.sandbox.clone(),
            trusted_proxies: config.trusted_proxies,
            patience: http::TIMEOUT,
            stopping: stop.clone(),
            faults,
        };
        greet(&config, &postgres, payments.sandbox.as_ref());
        answer(listener, http::router(state), stop.clone(), config.drain).await?;
        writing.finish().await;
    } else {
        say("doing jobs");
        stop.cancelled().await;
    }
    if let Some(worker) = worker {
        worker.shutdown().await;
    }
    if let Some(measuring) = measuring {
        measuring.await??;
    }
    watch.abort();
    listening.close().await;
    payments.close().await;
    deps.database.close().await;
    platform.close().await;
    queue.close().await;
    postgres.close().await
}

async fn start_worker(
    config: &Config,
    queue: &PlatformDatabase,
    deps: &Deps,
    mailbox: Option<&Arc<Mailbox>>,
) -> Result<Worker> {
    let mailer: Arc<dyn Mailer> = match (&config.smtp_url, mailbox) {
        (Some(url), _) => Arc::new(Smtp::new(url, &config.mail_from)?),
        (None, Some(mailbox)) => mailbox.clone(),
        (None, None) => bail!("there is no way for mail to leave"),
    };
    let context = JobContext {
        platform: queue.clone(),
        deps: deps.clone(),
        mailer,
        base_url: config.base_url.as_str().into(),
    };
    let settings = WorkerSettings {
        concurrency: usize::try_from(config.worker_concurrency)?,
        ..WorkerSettings::default()
    };
    Ok(Worker::start(context, settings).await?)
}

fn gates(config: &Config) -> RegistrationGates {
    RegistrationGates {
        self_serve: config.self_serve,
        invite_code_required: config.invite_code_required,
        allowed_emails: config.allowed_emails.clone(),
    }
}

fn page_settings(config: &Config, payments: &Payments) -> Settings {
    Settings {
        demo: config.demo,
        demo_bills: config.demo && payments.sandbox.is_some(),
        dev_tools: config.dev_tools(),
        sandbox: payments.sandbox.is_some(),
        dev_reload: config.dev_reload,
        insecure_cookies: config.insecure_cookies,
        base_url: config.base_url.clone(),
        payment_origins: payments.origins.clone(),
        terms_url: config.terms_url.clone(),
        privacy_url: config.privacy_url.clone(),
        trace_url: config.trace_url.clone(),
    }
}

/// What browsers load.
fn load_assets(config: &Config) -> Result<Assets> {
    let manifest = config.site_dir.join("manifest.json");
    let text = fs::read_to_string(&manifest).with_context(|| {
        format!(
            "{} is missing: build it with `cargo xtask site`, or set PLINTH_SITE_DIR",
            manifest.display()
        )
    })?;
    let assets = Assets::from_manifest(&text).context("the site's manifest cannot be read")?;
    Ok(assets)
}

/// Development migrates by itself. Production is told to: a schema changes when somebody decides it.
async fn prepare(config: &Config, postgres: &Postgres) -> Result<()> {
    let owner = postgres.owner().await?;
    match config.environment {
        Environment::Development => postgres::migrate(config, &owner).await?,
        Environment::Production => {
            let applied: i64 = sqlx::query_scalar("select count(*) from _sqlx_migrations where success")
                .fetch_one(&owner)
                .await
                .unwrap_or_default();
            if usize::try_from(applied)? < MIGRATIONS.iter().count() {
                bail!("the schema is behind this release: run `plinth migrate` first");
            }
        }
    }
    owner.close().await;
    Ok(())
}

fn greet(config: &Config, postgres: &Postgres, sandbox: Option<&SandboxPages>) {
    say(format_args!("\nPlinth is at {}", config.base_url));
    if config.demo {
        say(demo::sign_ins());
    }
    if config.dev_tools() {
        say(format_args!("mail it sends: {}/dev/mailbox", config.base_url));
    }
    if let Some(sandbox) = sandbox {
        say(format_args!("payments go to a sandbox: {}", sandbox.page()));
    }
    if let Some(data) = postgres.data() {
        say(format_args!("its data is in {}", data.display()));
    }
    say("Ctrl-C stops it\n");
}

/// Serves until the signal, and on until whoever sends requests here has seen that they should not; then finishes what has begun.
async fn answer(listener: TcpListener, router: axum::Router, stop: CancellationToken, lead: Duration) -> Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let draining = stop.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        draining.cancelled().await;
        tokio::time::sleep(lead).await;
    });
    tokio::select! {
        result = server.into_future() => result.context("the server failed"),
        () = async { stop.cancelled().await; tokio::time::sleep(lead + DRAIN).await } => {
            tracing::warn!("requests were cut off: they took longer than the time to drain");
            Ok(())
        }
    }
}

/// Cancelled by Ctrl-C, or by the signal that service managers send.
fn stop_signal() -> Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        told.cancel();
    });
    Ok(stop)
}
