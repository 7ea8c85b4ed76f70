//! The fast checks: what to run before every commit.

use anyhow::Result;

use crate::{
    database::TemporaryCluster,
    process::{cargo, run},
    progress::Steps,
    setup, sqlx_data,
};

pub fn check() -> Result<()> {
    let mut steps = Steps::new(3);
    steps.next("format");
    format()?;
    steps.next("lints");
    setup::build()?;
    setup::nextest()?;
    setup::oracles()?;
    lints()?;
    steps.next("unit, database and HTTP tests");
    let cluster = TemporaryCluster::start()?;
    run(sqlx_data::with_database(
        cargo().args(["nextest", "run"]),
        &cluster.url("postgres"),
    ))?;
    steps.done();
    Ok(())
}

pub fn format() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

/// Both halves: the server's with `ssr`, the browser's with `hydrate`.
pub fn lints() -> Result<()> {
    run(cargo().args(["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"]))?;
    run(cargo().args([
        "clippy",
        "--quiet",
        "--package",
        "frontend",
        "--target",
        "wasm32-unknown-unknown",
        "--",
        "-D",
        "warnings",
    ]))
}
