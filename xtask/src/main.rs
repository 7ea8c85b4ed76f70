//! The build, and the commands developers type. `make help` lists them.

mod bench;
mod check;
mod database;
mod dev;
mod process;
mod progress;
mod room;
mod run;
mod screenshots;
mod setup;
mod site;
mod sqlx_data;
mod test;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "The build of Plinth")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build what browsers load into target/site: wasm, script, styles, compressed and named by their content
    Site {
        #[arg(long, value_enum, default_value = "release")]
        profile: site::Profile,
    },
    /// Set up, build and serve with demo data
    Run,
    /// As run, rebuilding and reloading on every change
    Dev,
    /// Format, lints, unit and database tests; no browser
    Check,
    /// Every test there is
    Test,
    /// The browser tests alone; arguments go to Playwright
    E2e { arguments: Vec<String> },
    /// Every page as a picture in target/screenshots; a scene's name takes that one alone
    Screenshots { scene: Option<String> },
    /// Load on the optimised server, and the database alone beside it; writes docs/performance.md
    Bench(bench::Options),
    /// Write .sqlx/ anew, after a query or a migration changed
    Sqlx,
}

fn main() -> ExitCode {
    match obey(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            progress::say(format_args!("error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn obey(command: &Command) -> Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(std::path::Path::new("."));
    std::env::set_current_dir(root)?;
    match command {
        Command::Site { profile } => site::build(*profile),
        Command::Run => run::run(),
        Command::Dev => dev::dev(),
        Command::Check => check::check(),
        Command::Test => test::test(),
        Command::E2e { arguments } => test::e2e(arguments),
        Command::Screenshots { scene } => screenshots::screenshots(scene.as_deref()),
        Command::Bench(options) => bench::bench(*options),
        Command::Sqlx => sqlx_data::write(),
    }
}
