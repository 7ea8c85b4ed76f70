//! Every flag, and what is kept of those that are no longer declared.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use contract::{flag::Flag, staff::StaffRight};

use super::{
    kept::{declared, percent},
    resolve::State,
};
use crate::{Deps, Result, actor::StaffActor};

#[derive(Debug)]
pub struct List {
    /// In the order of their declaration.
    pub flags: Vec<(Flag, Option<Row>)>,
    pub leftovers: Vec<Row>,
}

/// What was said.
#[derive(Debug, Clone)]
pub struct Row {
    pub key: String,
    pub born: NaiveDate,
    pub state: State,
    pub overrides: u32,
    pub changed_at: DateTime<Utc>,
}

pub async fn list(staff: &StaffActor, deps: &Deps) -> Result<List> {
    staff.require(StaffRight::FlagsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let rows = sqlx::query!(
        r#"select f.key, f.born, f.killed, f.rollout, f.changed_at,
            (select count(*) from feature_flag_overrides o where o.key = f.key and o.born = f.born) as "overrides!"
        from feature_flags f order by f.key, f.born"#,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let (mut known, mut leftovers) = (HashMap::new(), Vec::new());
    for row in rows {
        let flag = declared(&row.key, row.born);
        let row = Row {
            key: row.key,
            born: row.born,
            state: State {
                killed: row.killed,
                rollout: percent(row.rollout),
            },
            overrides: u32::try_from(row.overrides).unwrap_or(u32::MAX),
            changed_at: row.changed_at,
        };
        match flag {
            Some(flag) => {
                known.insert(flag, row);
            }
            None => leftovers.push(row),
        }
    }
    Ok(List {
        flags: Flag::ALL.iter().map(|flag| (*flag, known.remove(flag))).collect(),
        leftovers,
    })
}
