//! The same at the terminal: the way back when nobody can sign in.

use contract::ids::TenantId;

use super::{
    Row, Scope, Window,
    begin::{self, Order},
};
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::PlatformDatabase,
};

/// Orders a window in nobody's name.
pub async fn on(platform: &PlatformDatabase, deps: &Deps, order: &Order) -> Result<()> {
    let mut transaction = platform.begin().await?;
    let (id, scope) = begin::insert(&mut transaction, deps, order, None).await?;
    let request = RequestInfo::default();
    let mut entry = Entry::new(Action::MaintenanceOrdered, Origin::System, &request).subject(id.0);
    if let Scope::Organization(tenant) = scope {
        entry.tenant = tenant;
    }
    entry
        .after(begin::recorded(order))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Ends whatever is on at this moment, and returns it. What is scheduled stays.
pub async fn off(platform: &PlatformDatabase, deps: &Deps) -> Result<Vec<Window>> {
    let mut transaction = platform.begin().await?;
    let ended = sqlx::query_as!(
        Row,
        "update maintenance_windows set ended_at = $1 \
         where ended_at is null and starts_at <= $1 and (ends_at is null or ends_at > $1) \
         returning id, level, surface, only_tenant_id, message, starts_at, ends_at",
        deps.now(),
    )
    .fetch_all(&mut *transaction)
    .await?;
    let ended: Vec<Window> = ended.into_iter().map(Window::try_from).collect::<Result<_>>()?;
    let request = RequestInfo::default();
    // In the order of their chains, so that two who do this at once do not wait for each other in a circle.
    let mut entries: Vec<_> = ended.iter().map(|window| (chain(window), window.id)).collect();
    entries.sort_unstable();
    for (tenant, id) in entries {
        let mut entry = Entry::new(Action::MaintenanceEnded, Origin::System, &request).subject(id.0);
        if let Some(tenant) = tenant {
            entry.tenant = tenant;
        }
        entry.write(&mut transaction, deps).await?;
    }
    transaction.commit().await?;
    Ok(ended)
}

fn chain(window: &Window) -> Option<TenantId> {
    match window.scope {
        Scope::Organization(tenant) => Some(tenant),
        Scope::Everything | Scope::Surface(_) => None,
    }
}

/// What is on or will be.
pub async fn status(deps: &Deps) -> Result<Vec<Window>> {
    super::open(deps, deps.now()).await
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::maintenance::MaintenanceLevel;

    use super::*;
    use crate::{
        maintenance::{begin::Target, testing::order},
        testing::{TestDatabase, deps},
    };

    #[tokio::test]
    async fn ends_what_is_on_and_leaves_what_will_be() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let platform = database.platform();
        on(&platform, &deps, &order(Target::Everything, MaintenanceLevel::Closed))
            .await
            .unwrap();
        let mut later = order(Target::Everything, MaintenanceLevel::ReadOnly);
        later.starts_at = Some(deps.now() + TimeDelta::hours(1));
        on(&platform, &deps, &later).await.unwrap();
        let ended = off(&platform, &deps).await.unwrap();
        let levels: Vec<_> = ended.iter().map(|window| window.level).collect();
        assert_eq!(levels, [MaintenanceLevel::Closed]);
        let left: Vec<_> = status(&deps).await.unwrap().iter().map(|window| window.level).collect();
        assert_eq!(left, [MaintenanceLevel::ReadOnly]);
        assert_eq!(off(&platform, &deps).await.unwrap(), []);
        assert_eq!(
            database
                .count("audit_log where origin = 'system' and action like 'maintenance.%'")
                .await,
            3
        );
    }
}
