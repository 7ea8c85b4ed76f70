//! Every test, in the order in which a failure is cheapest to hear of. Ends with one line of counts.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{
    check::{format, lints},
    database::TemporaryCluster,
    process::{cargo, exists, run},
    progress::{Steps, say},
    room,
    run::{build_server, server_path},
    setup::{self, Browser},
    site, sqlx_data,
};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
}

impl Counts {
    fn and(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

pub fn test() -> Result<()> {
    let mut steps = Steps::new(7);
    steps.next("set-up");
    room::look()?;
    let browser = setup::tests()?;
    steps.next("format");
    format()?;
    steps.next("lints");
    lints()?;
    if exists("cargo-deny", "--version") {
        // Without the advisories: they are fetched from elsewhere, see docs/security.md.
        run(cargo().args(["deny", "--log-level", "error", "check", "bans", "licenses", "sources"]))?;
    }
    steps.next("site and server");
    site::build(site::Profile::Release)?;
    build_server()?;
    let cluster = TemporaryCluster::start()?;
    steps.next("the committed queries");
    sqlx_data::verify(&cluster)?;
    steps.next("unit, database and HTTP tests");
    let rust = nextest(&cluster)?;
    steps.next("browser tests");
    let browser = playwright(&browser, &[])?;
    steps.done();
    drop(cluster);
    let all = rust.and(browser);
    say(format_args!("{} passed, {} failed", all.passed, all.failed));
    if all.failed > 0 {
        bail!("{} tests failed", all.failed);
    }
    Ok(())
}

pub fn e2e(arguments: &[String]) -> Result<()> {
    let browser = setup::tests()?;
    site::build(site::Profile::Release)?;
    build_server()?;
    let counts = playwright(&browser, arguments)?;
    if counts.failed > 0 {
        bail!("{} tests failed", counts.failed);
    }
    Ok(())
}

fn nextest(cluster: &TemporaryCluster) -> Result<Counts> {
    let mut command = cargo();
    command.args([
        "nextest",
        "run",
        "--no-fail-fast",
        "--color",
        "never",
        "--status-level",
        "fail",
    ]);
    let mut child = sqlx_data::with_database(&mut command, &cluster.url("postgres"))
        .stderr(Stdio::piped())
        .spawn()?;
    let mut counts = None;
    for line in BufReader::new(child.stderr.take().context("no output")?).lines() {
        let line = line?;
        counts = nextest_counts(&line).or(counts);
        say(line);
    }
    let status = child.wait()?;
    let counts = counts.context("the test runner ended without a summary")?;
    if !status.success() && counts.failed == 0 {
        bail!("the test runner failed ({status})");
    }
    Ok(counts)
}

/// `Summary [ 3.183s] 12 tests run: 10 passed (1 slow), 2 failed, 0 skipped`
fn nextest_counts(line: &str) -> Option<Counts> {
    let (_, figures) = line.trim_start().strip_prefix("Summary")?.split_once("run:")?;
    let mut counts = Counts::default();
    for part in figures.split(',') {
        let mut words = part.split_whitespace();
        let number: u64 = words.next()?.parse().ok()?;
        match words.next()? {
            "passed" => counts.passed += number,
            "skipped" => {}
            // Failed, timed out, or stopped by a signal.
            _ => counts.failed += number,
        }
    }
    Some(counts)
}

/// Playwright over the programs that were just built. It starts its own database and server.
pub fn playwright_command(browser: &Browser) -> Result<Command> {
    let mut command = Command::new("npx");
    if let Browser::System(path) = browser {
        command.env("CHROMIUM_PATH", path);
    }
    command
        .args(["playwright", "test"])
        .current_dir("end2end")
        .env("PLINTH_BIN", fs::canonicalize(server_path())?)
        .env("PLINTH_SITE_DIR", fs::canonicalize(site::SITE)?);
    Ok(command)
}

fn playwright(browser: &Browser, arguments: &[String]) -> Result<Counts> {
    let report = std::env::current_dir()?.join("target/playwright.json");
    let _ = fs::remove_file(&report);
    let status = playwright_command(browser)?
        .args(arguments)
        .env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report)
        .status()?;
    let report = fs::read(&report).context("the browser tests ended without a report")?;
    let counts = playwright_counts(&report)?;
    if !status.success() && counts.failed == 0 {
        bail!("the browser tests failed ({status})");
    }
    Ok(counts)
}

fn playwright_counts(report: &[u8]) -> Result<Counts> {
    let report: serde_json::Value = serde_json::from_slice(report)?;
    let figure = |name: &str| report["stats"][name].as_u64().unwrap_or_default();
    // A test that passes at the second try has shown a race: it counts as failed.
    Ok(Counts {
        passed: figure("expected"),
        failed: figure("unexpected") + figure("flaky"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_runners_summaries() {
        let line = "     Summary [   3.183s] 13 tests run: 10 passed (1 slow), 2 failed, 1 timed out, 4 skipped";
        assert_eq!(nextest_counts(line), Some(Counts { passed: 10, failed: 3 }));
        assert_eq!(nextest_counts("        PASS [   0.005s] x"), None);
        let report = br#"{"stats":{"expected":7,"unexpected":1,"flaky":2,"skipped":0}}"#;
        assert_eq!(playwright_counts(report).unwrap(), Counts { passed: 7, failed: 3 });
    }
}
