//! What the program can be told to do.

pub mod audit;
pub mod billing;
pub mod doctor;
pub mod maintenance;
pub mod migrate;
pub mod security;
pub mod seed;
pub mod serve;
pub mod staff;

use std::sync::Arc;

use anyhow::Result;
use domain::{
    Deps, RegistrationGates, RelyingParty, Vault,
    billing::BillingPolicy,
    board::Board,
    clock::{Clock, SystemClock},
    database::{PlatformDatabase, StaffDatabase},
    flags::Flags,
    random::SystemRandom,
};

use crate::{
    clock::MovableClock,
    config::Config,
    payments::{Asker, Payments},
    postgres::Postgres,
};

/// Tells the person at the terminal.
#[expect(clippy::print_stdout, reason = "the one place where commands answer")]
fn say(line: impl std::fmt::Display) {
    println!("{line}");
}

/// What operations need, for a command: all but the gates, which are for strangers.
struct Workplace {
    postgres: Postgres,
    payments: Payments,
    deps: Deps,
    platform: PlatformDatabase,
}

impl Workplace {
    async fn open(config: &Config) -> Result<Self> {
        Self::with(config, Postgres::open(config).await?).await
    }

    async fn with(config: &Config, postgres: Postgres) -> Result<Self> {
        let (clock, _) = clock(config);
        let payments = Payments::open(config, clock.clone(), Asker::Command).await?;
        let platform = postgres.platform(config);
        let gates = RegistrationGates::default();
        let deps = deps(config, &postgres, platform.clone(), clock, &payments, gates);
        Ok(Self {
            postgres,
            payments,
            deps,
            platform,
        })
    }

    async fn close(self) -> Result<()> {
        self.payments.close().await;
        self.platform.close().await;
        self.deps.database.close().await;
        self.postgres.close().await
    }
}

/// The machine's, or one that a developer can move, which is told a second time for who moves it.
fn clock(config: &Config) -> (Arc<dyn Clock>, Option<Arc<MovableClock>>) {
    if config.dev_tools() {
        let movable = Arc::new(MovableClock::open(&config.data_dir));
        (movable.clone(), Some(movable))
    } else {
        (Arc::new(SystemClock), None)
    }
}

fn deps(
    config: &Config,
    postgres: &Postgres,
    platform: PlatformDatabase,
    clock: Arc<dyn Clock>,
    payments: &Payments,
    registration: RegistrationGates,
) -> Deps {
    Deps {
        database: postgres.app(config),
        staff: StaffDatabase::new(platform),
        clock,
        random: Arc::new(SystemRandom),
        vault: Vault::new(&config.secret),
        passkeys: RelyingParty::of(&config.base_url),
        registration: Arc::new(registration),
        staff_domains: Arc::new(config.staff_domains.clone()),
        flags: Flags::default(),
        billing: BillingPolicy {
            grace: config.payments.grace,
        },
        payments: payments.provider.clone(),
        board: Board::default(),
    }
}
