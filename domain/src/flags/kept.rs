//! What was said, as it is kept. Only what was said of a flag as it is declared today: key and birth.

use std::collections::HashMap;

use chrono::NaiveDate;
use contract::flag::{Flag, FlagLevel};
use sqlx::PgPool;

use super::resolve::State;
use crate::{Error, Result, database::Transaction};

/// What was said of all flags, and for plans: little, and asked by everybody.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub states: HashMap<Flag, State>,
    pub plans: HashMap<(Flag, String), bool>,
}

/// What was said for one person or organization.
pub(super) type SaidFor = HashMap<Flag, bool>;

pub(super) fn born(flag: Flag) -> Result<NaiveDate> {
    flag.born().parse().map_err(Error::fault)
}

/// The flag that a row is about, if it is declared as it was then.
pub(super) fn declared(key: &str, born: NaiveDate) -> Option<Flag> {
    Flag::from_key(key).filter(|flag| flag.born().parse() == Ok(born))
}

/// What is kept of a share. The database lets nothing else in.
pub(super) fn percent(rollout: Option<i16>) -> Option<u8> {
    rollout.and_then(|percent| u8::try_from(percent).ok())
}

pub(super) async fn everything(database: &PgPool) -> Result<Kept> {
    let mut kept = Kept::default();
    let rows = sqlx::query!("select key, born, killed, rollout from feature_flags")
        .fetch_all(database)
        .await?;
    for row in rows {
        if let Some(flag) = declared(&row.key, row.born) {
            let state = State {
                killed: row.killed,
                rollout: percent(row.rollout),
            };
            kept.states.insert(flag, state);
        }
    }
    let rows = sqlx::query!("select key, born, subject, value from feature_flag_overrides where level = 'plan'")
        .fetch_all(database)
        .await?;
    for row in rows {
        if let Some(flag) = declared(&row.key, row.born) {
            kept.plans.insert((flag, row.subject), row.value);
        }
    }
    Ok(kept)
}

pub(super) async fn said_for(database: &PgPool, level: FlagLevel, subject: &str) -> Result<SaidFor> {
    let rows = sqlx::query!(
        "select key, born, value from feature_flag_overrides where level = $1 and subject = $2",
        level.key(),
        subject,
    )
    .fetch_all(database)
    .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((declared(&row.key, row.born)?, row.value)))
        .collect())
}

pub(super) async fn version(database: &PgPool) -> Result<i64> {
    Ok(sqlx::query_scalar!("select version from feature_flag_version")
        .fetch_one(database)
        .await?)
}

/// Tells every node that what it remembers is of before: by the number, and by a word to those who listen, with the commit.
pub(super) async fn move_on(transaction: &mut Transaction) -> Result<()> {
    sqlx::query!("update feature_flag_version set version = version + 1")
        .execute(&mut **transaction)
        .await?;
    sqlx::query("select pg_notify($1, '')")
        .bind(super::watch::CHANNEL)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
