//! What was measured, as a part of `docs/performance.md`.

use std::{fmt::Write, fs};

use anyhow::{Context, Result};

use super::{
    floor::Statement,
    load::{CLIENTS, Figures},
    product::Memory,
};

pub struct Report {
    tenants: u32,
    pub rows: Vec<Row>,
    pub growth: Option<Growth>,
    /// How many payment webhooks of a backlog are settled in a second.
    pub webhooks: Option<f64>,
    /// The pages of staff.
    pub platform: Vec<(&'static str, Figures)>,
    pub memory: Memory,
}

pub struct Row {
    pub name: &'static str,
    pub figures: Figures,
    pub queries: Vec<Statement>,
    /// The same statements through pgbench, in a second.
    pub floor: Option<f64>,
}

/// Requests per second among few organizations and among all.
pub struct Growth {
    pub small: u32,
    pub few: f64,
    pub many: f64,
}

const PAGE: &str = "docs/performance.md";
const BEGIN: &str = "<!-- measured by make bench -->\n";
const END: &str = "<!-- end of what was measured -->";

impl Report {
    pub fn new(tenants: u32) -> Self {
        Self {
            tenants,
            rows: Vec::new(),
            growth: None,
            webhooks: None,
            platform: Vec::new(),
            memory: Memory::default(),
        }
    }

    pub fn to_markdown(&self) -> String {
        let mut page = format!(
            "{} organizations, {} tasks, {CLIENTS} clients in a closed loop, {} cores shared by server, database and load.\n\n\
             | what | requests/s | p50 | p99 | statements | the database alone | share of it |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
            self.tenants,
            self.tenants * super::seed::TASKS,
            std::thread::available_parallelism().map_or(1, usize::from),
        );
        for row in &self.rows {
            let Figures { per_second, p50, p99 } = row.figures;
            let (floor, share) = row.floor.map_or_else(
                || ("–".to_owned(), "–".to_owned()),
                |floor| (format!("{floor:.0}/s"), format!("{:.0} %", per_second / floor * 100.0)),
            );
            let _ = writeln!(
                page,
                "| {} | {per_second:.0} | {p50:.1} ms | {p99:.1} ms | {} | {floor} | {share} |",
                row.name,
                row.queries.len()
            );
        }
        if let Some(growth) = &self.growth {
            let _ = writeln!(
                page,
                "\nThe projects page among {} organizations: {:.0} requests/s; among {}: {:.0}. A hundred times the data \
                 costs {:.2} times as much.",
                growth.small,
                growth.few,
                self.tenants,
                growth.many,
                growth.few / growth.many
            );
        }
        if let Some(webhooks) = self.webhooks {
            let _ = writeln!(
                page,
                "\nOf a backlog of {} payment webhooks the worker settles {webhooks:.0} in a second.",
                super::webhooks::BACKLOG
            );
        }
        if !self.platform.is_empty() {
            let _ = write!(
                page,
                "\nAmong {} customers more, {} clients of the staff:\n\n| what | requests/s | p50 | p99 |\n\
                 | --- | ---: | ---: | ---: |\n",
                super::platform::CUSTOMERS,
                super::platform::CLIENTS
            );
            for (name, Figures { per_second, p50, p99 }) in &self.platform {
                let _ = writeln!(page, "| {name} | {per_second:.0} | {p50:.1} ms | {p99:.1} ms |");
            }
        }
        let peak = self
            .memory
            .peak
            .map_or_else(String::new, |peak| format!(", at most {peak:.0} MB"));
        let _ = writeln!(
            page,
            "\nThe server's memory after all of it: {:.0} MB{peak}.",
            self.memory.now
        );
        page
    }
}

/// Puts it in the place of the last one.
pub fn write(measured: &str) -> Result<()> {
    let page = fs::read_to_string(PAGE)?;
    let (before, rest) = page
        .split_once(BEGIN)
        .context("docs/performance.md has lost its marks")?;
    let (_, after) = rest.split_once(END).context("docs/performance.md has lost its marks")?;
    fs::write(PAGE, format!("{before}{BEGIN}\n{measured}\n{END}{after}"))?;
    Ok(())
}
