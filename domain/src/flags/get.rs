//! One flag: what was said, and for whom.

use chrono::{DateTime, Utc};
use contract::{
    flag::{Flag, FlagLevel},
    staff::StaffRight,
};

use super::{
    kept::{born, percent},
    resolve::State,
};
use crate::{Deps, Error, Result, actor::StaffActor};

#[derive(Debug)]
pub struct Detail {
    pub state: State,
    /// 0 as long as nobody has said anything.
    pub version: i64,
    pub changed_at: Option<DateTime<Utc>>,
    /// The newest first, at most [`MOST`].
    pub overrides: Vec<Override>,
    /// Keys and names of the plans there are.
    pub plans: Vec<(String, String)>,
}

#[derive(Debug)]
pub struct Override {
    pub level: FlagLevel,
    pub subject: String,
    /// An address, for people; a name, for the rest. `None` when they are gone.
    pub name: Option<String>,
    pub value: bool,
    pub created_at: DateTime<Utc>,
    pub by: Option<String>,
}

/// More would be a plan, or a rollout.
pub const MOST: i64 = 200;

pub async fn get(staff: &StaffActor, deps: &Deps, flag: Flag) -> Result<Detail> {
    staff.require(StaffRight::FlagsRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let row = sqlx::query!(
        "select killed, rollout, version, changed_at from feature_flags where key = $1 and born = $2",
        flag.key(),
        born(flag)?,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let overrides = sqlx::query!(
        r#"select o.level, o.subject, o.value, o.created_at, b.name as "by?",
            coalesce(u.email::text, t.name, p.name) as name
        from feature_flag_overrides o
        left join users b on b.id = o.created_by and b.deleted_at is null
        left join users u on o.level = 'user' and u.id = case when o.level = 'user' then o.subject::uuid end and u.deleted_at is null
        left join tenants t on o.level = 'tenant' and t.id = case when o.level = 'tenant' then o.subject::uuid end
        left join plans p on o.level = 'plan' and p.key = o.subject
        where o.key = $1 and o.born = $2
        order by o.created_at desc, o.level, o.subject limit $3"#,
        flag.key(),
        born(flag)?,
        MOST,
    )
    .fetch_all(&mut *transaction)
    .await?;
    let plans = sqlx::query!("select key, name from plans order by key")
        .fetch_all(&mut *transaction)
        .await?;
    Ok(Detail {
        state: row.as_ref().map_or_else(State::default, |row| State {
            killed: row.killed,
            rollout: percent(row.rollout),
        }),
        version: row.as_ref().map_or(0, |row| row.version),
        changed_at: row.map(|row| row.changed_at),
        overrides: overrides
            .into_iter()
            .map(|row| {
                Ok(Override {
                    level: FlagLevel::from_key(&row.level).ok_or_else(|| Error::fault("unknown level"))?,
                    subject: row.subject,
                    name: row.name,
                    value: row.value,
                    created_at: row.created_at,
                    by: row.by,
                })
            })
            .collect::<Result<_>>()?,
        plans: plans.into_iter().map(|plan| (plan.key, plan.name)).collect(),
    })
}
