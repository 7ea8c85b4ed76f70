//! Load on the built product, and the database alone as the floor beside it. Bounded, on the loopback address only.
//!
//! Figures depend on the machine, so nothing here passes or fails: they are written into `docs/performance.md`, where the
//! budgets stand.

mod database;
mod floor;
mod load;
mod platform;
mod product;
mod report;
mod seed;
mod webhooks;

use std::time::Duration;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use self::{
    load::{Load, Target},
    product::Product,
    report::{Growth, Report, Row},
};
use crate::{
    process::{cargo, run},
    progress::{Steps, say},
    setup,
    site::{self, Profile},
};

#[derive(Debug, Clone, Copy, Args)]
pub struct Options {
    /// How many organizations there are, with 100 tasks each
    #[arg(long, default_value_t = 1000)]
    tenants: u32,
    /// Seconds for each measurement
    #[arg(long, default_value_t = 15)]
    seconds: u64,
    /// Only print; leave docs/performance.md as it is
    #[arg(long)]
    dry: bool,
    /// Only one measurement, and only print
    #[arg(long, value_enum)]
    only: Option<Only>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Only {
    /// A backlog of payment webhooks
    Webhooks,
    /// The pages of staff among a hundred thousand customers
    Staff,
}

/// How much more there is of everything when growth is measured.
const GROWTH: u32 = 100;

const WEBHOOKS: &str = "a backlog of webhooks";
const STAFF: &str = "the pages of staff among a hundred thousand customers";

pub fn bench(options: Options) -> Result<()> {
    if options.tenants < GROWTH {
        bail!("--tenants is at least {GROWTH}: growth is measured from a hundredth of them");
    }
    let mut steps = Steps::new(if options.only.is_some() { 3 } else { 8 });
    steps.next("set-up");
    setup::build()?;
    setup::bench()?;
    steps.next("site and server, optimised");
    site::build(Profile::Release)?;
    // The development build's flags make types smaller to compile, and answers slower.
    run(cargo()
        .env("RUSTFLAGS", "")
        .args(["build", "--quiet", "--release", "--package", "server"]))?;
    let database = database::Database::start()?;
    let product = Product::start(&database)?;
    match options.only {
        Some(Only::Webhooks) => {
            steps.next(WEBHOOKS);
            database.grow(0, options.tenants)?;
            say(format_args!("{:.0} settled in a second", webhooks::measure(&database)?));
            steps.done();
            return Ok(());
        }
        Some(Only::Staff) => {
            steps.next(STAFF);
            platform::measure(&database, &Load::new(&product, Duration::from_secs(options.seconds))?)?;
            steps.done();
            return Ok(());
        }
        None => {}
    }

    steps.next("one page among few organizations");
    let small = options.tenants / GROWTH;
    database.grow(0, small)?;
    let load = Load::new(&product, Duration::from_secs(options.seconds))?;
    let few = load.measure(&Target::projects())?;

    steps.next("everything among many organizations");
    database.grow(small, options.tenants)?;
    let mut report = Report::new(options.tenants);
    for target in Target::all() {
        // Before it is loaded, so that the figure is of one request.
        let queries = floor::capture(&database, &product, &target)?;
        let figures = load.measure(&target)?;
        say(format_args!(
            "{}: {:.0} requests/s, p99 {:.1} ms",
            target.name, figures.per_second, figures.p99
        ));
        if target.path == Target::projects().path {
            report.growth = Some(Growth {
                small,
                few: few.per_second,
                many: figures.per_second,
            });
        }
        report.rows.push(Row {
            name: target.name,
            figures,
            queries,
            floor: None,
        });
    }
    steps.next(WEBHOOKS);
    report.webhooks = Some(webhooks::measure(&database)?);
    report.memory = product.memory()?;

    steps.next("the database alone");
    for row in report.rows.iter_mut().filter(|row| !row.queries.is_empty()) {
        row.floor = Some(floor::measure(
            &database,
            &row.queries,
            Duration::from_secs(options.seconds),
        )?);
    }
    steps.next(STAFF);
    report.platform = platform::measure(&database, &load)?;
    steps.next("the report");
    let table = report.to_markdown();
    say(&table);
    if !options.dry {
        report::write(&table)?;
    }
    steps.done();
    Ok(())
}
