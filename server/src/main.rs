//! `plinth`: one program that serves, works, migrates, seeds and checks itself.

use clap::{Parser, Subcommand};
use server::{
    commands::{audit, billing, doctor, maintenance, migrate, security, seed, serve, staff},
    config::Config,
    telemetry,
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "plinth", version = domain::release(), about = "The base a B2B product stands on")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve pages and do jobs
    Serve {
        #[arg(long, value_enum, default_value = "all")]
        role: serve::Role,
    },
    /// Bring the database's schema up to date
    Migrate,
    /// Add the demo's people and organizations
    Seed,
    /// Look after the audit log
    Audit {
        #[command(subcommand)]
        task: audit::Task,
    },
    /// Close everything or a part of it for a while, and open it again
    Maintenance {
        #[command(subcommand)]
        task: maintenance::Task,
    },
    /// Look after plans, prices and bills
    Billing {
        #[command(subcommand)]
        task: billing::Task,
    },
    /// Say who runs the platform
    Staff {
        #[command(subcommand)]
        task: staff::Task,
    },
    /// Let people come in again whom a block keeps out
    Security {
        #[command(subcommand)]
        task: security::Task,
    },
    /// Check configuration, database, roles, assets, mail and payments; every finding names its fix
    Doctor,
}

fn main() -> std::process::ExitCode {
    // Before anything speaks TLS: one provider for all of it.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let arguments = Arguments::parse();
    // On two cores the default would be two threads, and one slow page would hold up half of everything.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .enable_all()
        .build();
    let result = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| runtime.block_on(run(arguments.command)));
    match result {
        Ok(code) => code,
        Err(error) => {
            complain(&error);
            std::process::ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> anyhow::Result<std::process::ExitCode> {
    let _ = dotenvy::dotenv();
    let config = Config::from_environment()?;
    telemetry::start(&config);
    match command {
        Command::Serve { role } => serve::serve(config, role).await?,
        Command::Migrate => migrate::migrate(&config).await?,
        Command::Seed => seed::seed(&config).await?,
        Command::Audit { task } => return audit::audit(&config, task).await,
        Command::Maintenance { task } => maintenance::maintenance(&config, task).await?,
        Command::Billing { task } => return billing::billing(&config, task).await,
        Command::Staff { task } => return staff::staff(&config, task).await,
        Command::Security { task } => security::security(&config, task).await?,
        Command::Doctor => return doctor::doctor(&config).await,
    }
    Ok(std::process::ExitCode::SUCCESS)
}

#[expect(clippy::print_stderr, reason = "the one place where the program says why it ends")]
fn complain(error: &anyhow::Error) {
    eprintln!("{error:#}");
}
