//! What is on, what will be, and what was.

use contract::{error::Result, maintenance::MaintenancePlan};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn list_windows() -> Result<MaintenancePlan> {
    use contract::maintenance::{MaintenanceScope, MaintenanceWindow, WindowState};
    use domain::maintenance::{Scope, plan::plan};

    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let mut shown = MaintenancePlan {
        fresh: actor.has_fresh_factor(&deps),
        ..MaintenancePlan::default()
    };
    for one in plan(&actor, &deps).await? {
        let window = MaintenanceWindow {
            id: one.window.id,
            level: one.window.level,
            scope: match one.window.scope {
                Scope::Everything => MaintenanceScope::Everything,
                Scope::Surface(surface) => MaintenanceScope::Surface(surface),
                Scope::Organization(_) => {
                    let (slug, name) = one.organization.unwrap_or_default();
                    MaintenanceScope::Organization { slug, name }
                }
            },
            state: one.state,
            message: one.window.message,
            starts: formatter.moment(one.window.starts_at),
            ends: one.window.ends_at.map(|end| formatter.moment(end)),
            by: one.by,
            ended: one.ended_at.map(|at| formatter.moment(at)),
        };
        match one.state {
            WindowState::On => shown.on.push(window),
            WindowState::Scheduled => shown.scheduled.push(window),
            WindowState::Over => shown.over.push(window),
        }
    }
    shown.on.reverse();
    shown.scheduled.reverse();
    Ok(shown)
}
