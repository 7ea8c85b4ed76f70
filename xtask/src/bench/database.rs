//! The database that is measured: as durable as one that people's data is in.

use anyhow::Result;
use sqlx::{AssertSqlSafe, Connection, Either, Executor, PgConnection, SqlSafeStr, Statement};

use super::seed;
use crate::{database::TemporaryCluster, process::runtime, progress::say};

pub struct Database {
    cluster: TemporaryCluster,
    pub url: String,
    runtime: tokio::runtime::Runtime,
}

impl Database {
    pub fn start() -> Result<Self> {
        let cluster = TemporaryCluster::start_durable()?;
        let url = cluster.create_database("plinth_bench")?;
        Ok(Self {
            cluster,
            url,
            runtime: runtime()?,
        })
    }

    /// Adds organizations until there are so many.
    pub fn grow(&self, from: u32, to: u32) -> Result<()> {
        say(format_args!("organizations: {to}, tasks: {}", to * seed::TASKS));
        self.fill(seed::STATEMENTS, from, to)
    }

    /// Runs these statements, which take a range.
    pub fn fill(&self, statements: &[&'static str], from: u32, to: u32) -> Result<()> {
        let (from, to) = (i32::try_from(from)?, i32::try_from(to)?);
        self.runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.url).await?;
            for &statement in statements {
                sqlx::query(statement)
                    .bind(from)
                    .bind(to)
                    .execute(&mut connection)
                    .await?;
            }
            anyhow::Ok(())
        })?;
        self.tell(&["vacuum analyze", "checkpoint"])
    }

    pub fn runtime(&self) -> &tokio::runtime::Runtime {
        &self.runtime
    }

    pub fn tell(&self, statements: &[&'static str]) -> Result<()> {
        self.runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.url).await?;
            for statement in statements {
                connection.execute(*statement).await?;
            }
            Ok(())
        })
    }

    /// What this statement's parameters are, in their order.
    pub fn parameter_types(&self, statement: &str) -> Result<Vec<String>> {
        self.runtime.block_on(async {
            let mut connection = PgConnection::connect(&self.url).await?;
            let prepared = connection
                .prepare(AssertSqlSafe(statement.to_owned()).into_sql_str())
                .await?;
            let types = prepared.parameters().and_then(Either::left).unwrap_or_default();
            Ok(types.iter().map(ToString::to_string).collect())
        })
    }

    /// What the server has written to its log.
    pub fn log(&self) -> Result<String> {
        Ok(std::fs::read_to_string(self.cluster.log())?)
    }
}
