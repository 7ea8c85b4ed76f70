//! What an operation of this crate can fail with, and how a fault is told apart from a refusal.
//!
//! A refusal is for the person who asked and reaches them as it is. A fault is ours: it is logged here, once, when it
//! becomes a [`contract::Error`], and only its kind goes further.

use crate::maintenance::Held;

/// Why an operation did not happen.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] contract::Error),
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("{0}")]
    Fault(String),
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn fault(reason: impl std::fmt::Display) -> Self {
        Self::Fault(reason.to_string())
    }
}

impl From<Error> for contract::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(refused) => refused,
            Error::Database(database) if is_outage(&database) => {
                tracing::error!(error = %database, "database does not answer");
                Self::Unavailable
            }
            Error::Database(database) if is_collision(&database) => {
                tracing::warn!(error = %database, "two operations got into each other's way");
                Self::Conflict
            }
            Error::Database(database) if is_read_only(&database) => {
                tracing::info!(error = %database, "a change was kept out while there is maintenance");
                Held::FOR_A_WHILE.refusal()
            }
            fault => {
                tracing::error!(error = %fault, "operation failed");
                Self::Internal
            }
        }
    }
}

/// The server is away or going away, as opposed to refusing what it was asked.
fn is_outage(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => true,
        // Class 57P: shutdown and start-up; class 08: connection; class 53: out of connections or space.
        sqlx::Error::Database(database) => database
            .code()
            .is_some_and(|code| ["57P", "08", "53"].iter().any(|class| code.starts_with(class))),
        _ => false,
    }
}

/// A transaction that may only read was asked to write: what somebody tries while nothing can be changed.
fn is_read_only(error: &sqlx::Error) -> bool {
    const READ_ONLY_SQL_TRANSACTION: &str = "25006";
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| code == READ_ONLY_SQL_TRANSACTION)
}

/// Postgres has ended one of two transactions so that the other can go on. Asked again, it works.
fn is_collision(error: &sqlx::Error) -> bool {
    const SERIALIZATION_FAILURE: &str = "40001";
    const DEADLOCK_DETECTED: &str = "40P01";
    error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code)
        .is_some_and(|code| [SERIALIZATION_FAILURE, DEADLOCK_DETECTED].contains(&&*code))
}

/// Turns the violation of a named constraint into what it means.
pub trait OnConstraint<T> {
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> contract::Error) -> Result<T>;
}

impl<T> OnConstraint<T> for Result<T, sqlx::Error> {
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> contract::Error) -> Result<T> {
        self.map_err(|error| match &error {
            sqlx::Error::Database(database) if database.constraint() == Some(name) => Error::Refused(refusal()),
            _ => Error::Database(error),
        })
    }
}

impl<T> OnConstraint<T> for Result<T> {
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> contract::Error) -> Result<T> {
        match self {
            Err(Error::Database(error)) => Err(error).on_constraint(name, refusal),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestDatabase;

    #[tokio::test]
    async fn what_postgres_says_becomes_what_it_means() {
        let database = TestDatabase::new().await;
        for (code, expected) in [
            ("40001", contract::Error::Conflict),
            ("40P01", contract::Error::Conflict),
            ("57P01", contract::Error::Unavailable),
            ("53300", contract::Error::Unavailable),
            ("25006", Held::FOR_A_WHILE.refusal()),
            ("22012", contract::Error::Internal),
        ] {
            let raise = format!("do $$ begin raise exception 'told' using errcode = '{code}'; end $$");
            let raised = sqlx::raw_sql(sqlx::AssertSqlSafe(raise))
                .execute(database.owner())
                .await
                .unwrap_err();
            assert_eq!(contract::Error::from(Error::from(raised)), expected, "{code}");
        }
    }
}
