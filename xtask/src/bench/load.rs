//! A closed loop of clients, by wrk.

use std::{fs, process::Command, time::Duration};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

use super::{
    product::{self, Product},
    seed::SESSION,
};
use crate::progress::say;

/// What is asked for. The cookie is sent along everywhere, as a browser does.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    pub name: &'static str,
    pub path: &'static str,
    /// A form to post. Without one it is a GET.
    pub body: Option<&'static str>,
    /// The session of who asks.
    pub session: &'static str,
    /// How many ask at once.
    pub clients: &'static str,
}

impl Target {
    pub const fn projects() -> Self {
        Self {
            name: "projects page, signed in",
            path: "/o/organization-1/projects",
            body: None,
            session: SESSION,
            clients: CLIENTS,
        }
    }

    pub const fn all() -> [Self; 6] {
        [
            Self {
                name: "landing page",
                path: "/",
                body: None,
                session: SESSION,
                clients: CLIENTS,
            },
            Self {
                name: "pricing page",
                path: "/pricing",
                body: None,
                session: SESSION,
                clients: CLIENTS,
            },
            Self {
                name: "sign-in page",
                path: "/sign-in?next=%2Fwelcome",
                body: None,
                session: SESSION,
                clients: CLIENTS,
            },
            Self::projects(),
            Self {
                name: "server function that reads (`list_projects`)",
                path: "/api/app/org/projects/list_projects/list_projects?org=organization-1",
                body: None,
                session: SESSION,
                clients: CLIENTS,
            },
            Self {
                name: "server function that writes (`create_task`)",
                path: "/api/app/org/projects/create_task/create_task",
                body: Some("org=organization-2&project=00000000-0000-7000-8003-000000000032&title=Measured"),
                session: SESSION,
                clients: CLIENTS,
            },
        ]
    }
}

/// Latencies in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub per_second: f64,
    pub p50: f64,
    pub p99: f64,
}

pub const CLIENTS: &str = "32";

/// How long a target is asked before it is measured: until plans are made and pages are in memory.
const WARM_UP: Duration = Duration::from_secs(3);

pub struct Load<'a> {
    product: &'a Product,
    time: Duration,
    scripts: TempDir,
}

impl<'a> Load<'a> {
    pub fn new(product: &'a Product, time: Duration) -> Result<Self> {
        Ok(Self {
            product,
            time,
            scripts: tempfile::tempdir()?,
        })
    }

    pub fn measure(&self, target: &Target) -> Result<Figures> {
        say(format_args!("asking for the {}", target.name));
        self.product.ask(target)?;
        self.ask(target, WARM_UP)?;
        self.ask(target, self.time)
    }

    fn ask(&self, target: &Target, time: Duration) -> Result<Figures> {
        let script = self.scripts.path().join("load.lua");
        fs::write(&script, lua(target))?;
        let output = Command::new("wrk")
            .args(["--threads", "1", "--connections", target.clients])
            .args(["--duration", &format!("{}s", time.as_secs())])
            .args(["--header", &format!("Cookie: {}", product::cookie(target.session))])
            .arg("--script")
            .arg(&script)
            .arg(self.product.url(target))
            .output()
            .context("wrk could not be started")?;
        let text = String::from_utf8(output.stdout)?;
        let line = text.lines().find(|line| line.starts_with('{'));
        figures(&serde_json::from_str(line.context("wrk ended without a summary")?)?)
    }
}

/// Microseconds, as wrk gives them, become milliseconds; a single failed answer voids the measurement.
fn figures(summary: &Value) -> Result<Figures> {
    let number = |name: &str| {
        summary[name]
            .as_f64()
            .with_context(|| format!("wrk does not tell {name}"))
    };
    let failed = number("failed")?;
    if failed > 0.0 {
        bail!("{failed} requests failed: the figures would be of failures");
    }
    Ok(Figures {
        per_second: number("requests")? / (number("duration")? / 1_000_000.0),
        p50: number("p50")? / 1000.0,
        p99: number("p99")? / 1000.0,
    })
}

/// wrk's own language: what is sent, and the summary as one line of JSON.
fn lua(target: &Target) -> String {
    let request = target.body.map_or_else(String::new, |body| {
        format!(
            "wrk.method = 'POST'\nwrk.body = '{body}'\n\
             wrk.headers['Content-Type'] = 'application/x-www-form-urlencoded'\n\
             wrk.headers['Accept'] = 'application/json'\n"
        )
    });
    format!(
        "{request}\
         function done(summary, latency, requests)\n\
           local e = summary.errors\n\
           print(string.format('{{\"requests\":%d,\"duration\":%d,\"p50\":%f,\"p99\":%f,\"failed\":%d}}',\n\
             summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),\n\
             e.connect + e.read + e.write + e.status + e.timeout))\n\
         end\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_answer_voids_the_figures() {
        let summary = |failed| serde_json::json!({"requests": 30_000, "duration": 15_000_000, "p50": 12_500.0, "p99": 40_000.0, "failed": failed});
        let measured = figures(&summary(0)).unwrap();
        assert!((measured.per_second - 2000.0).abs() < 1e-9);
        assert!((measured.p99 - 40.0).abs() < 1e-9);
        assert!(figures(&summary(1)).is_err());
    }
}
