//! What is on, what will be, and what was.

use chrono::{DateTime, Utc};
use contract::{maintenance::WindowState, staff::StaffRight};

use super::{Row, Window};
use crate::{Deps, Result, actor::StaffActor};

/// How many of those that are over are told of.
const OVER: i64 = 20;

/// A window with what staff want to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub window: Window,
    pub state: WindowState,
    /// Slug and name of the organization it is for, if it is there.
    pub organization: Option<(String, String)>,
    /// Nobody for who works at the terminal.
    pub by: Option<String>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// All that are on or will be, and the newest of those that are over. The last to begin comes first.
pub async fn plan(staff: &StaffActor, deps: &Deps) -> Result<Vec<Planned>> {
    staff.require(StaffRight::MaintenanceRead)?;
    let now = deps.now();
    let mut transaction = staff.begin_reading(deps).await?;
    let rows = sqlx::query!(
        r#"select w.id, w.level, w.surface, w.only_tenant_id, w.message, w.starts_at, w.ends_at, w.ended_at,
            t.slug::text as "slug?", t.name as "tenant_name?", u.name as "by?"
        from maintenance_windows w
        left join tenants t on t.id = w.only_tenant_id
        left join users u on u.id = w.created_by
        where (w.ended_at is null and (w.ends_at is null or w.ends_at > $1)) or w.id in (
            select id from maintenance_windows where ended_at is not null or ends_at <= $1
            order by starts_at desc, id desc limit $2
        )
        order by w.starts_at desc, w.id desc"#,
        now,
        OVER,
    )
    .fetch_all(&mut *transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            let window = Window::try_from(Row {
                id: row.id,
                level: row.level,
                surface: row.surface,
                only_tenant_id: row.only_tenant_id,
                message: row.message,
                starts_at: row.starts_at,
                ends_at: row.ends_at,
            })?;
            Ok(Planned {
                state: match row.ended_at {
                    Some(_) => WindowState::Over,
                    None => window.state(now),
                },
                organization: row.slug.zip(row.tenant_name),
                by: row.by,
                window,
                ended_at: row.ended_at,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{maintenance::MaintenanceLevel, staff::StaffRole};

    use super::*;
    use crate::{
        maintenance::{
            Scope,
            begin::{Target, begin},
            end::end,
            testing::{close, order},
        },
        testing::{TestDatabase, clock_and_deps, staff},
    };

    #[tokio::test]
    async fn a_window_that_is_scheduled_begins_and_ends_by_the_clock() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let mut later = order(Target::Everything, MaintenanceLevel::Closed);
        later.starts_at = Some(deps.now() + TimeDelta::minutes(5));
        later.ends_at = Some(deps.now() + TimeDelta::minutes(10));
        begin(&sue, &deps, &later).await.unwrap();
        for expected in [WindowState::Scheduled, WindowState::On, WindowState::Over] {
            let states: Vec<_> = plan(&sue, &deps).await.unwrap().iter().map(|one| one.state).collect();
            assert_eq!(states, [expected]);
            clock.advance(TimeDelta::minutes(5));
        }
    }

    #[tokio::test]
    async fn what_was_ended_by_hand_is_over() {
        let database = TestDatabase::new().await;
        let (_, deps) = clock_and_deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let window = close(&sue, &deps, Scope::Everything, MaintenanceLevel::Closed).await;
        end(&sue, &deps, window).await.unwrap();
        let planned = plan(&sue, &deps).await.unwrap();
        assert_eq!(planned.len(), 1);
        assert_eq!(
            (planned[0].state, planned[0].by.as_deref()),
            (WindowState::Over, Some("sue"))
        );
    }
}
