//! Ordering a window, now or for later.

use chrono::{DateTime, Utc};
use contract::{
    FieldCode,
    ids::MaintenanceWindowId,
    maintenance::{MaintenanceLevel, Surface},
    slug::Slug,
    staff::StaffRight,
    text::MaintenanceMessage,
};
use serde_json::json;

use super::Scope;
use crate::{Deps, Result, actor::StaffActor, audit::Action, database::Transaction};

/// What is ordered.
#[derive(Debug, Clone)]
pub struct Order {
    pub level: MaintenanceLevel,
    pub target: Target,
    pub message: MaintenanceMessage,
    /// Now without one.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until somebody ends it without one.
    pub ends_at: Option<DateTime<Utc>>,
}

/// What it is ordered for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    Everything,
    Surface(Surface),
    Organization(Slug),
}

/// By somebody whose second factor was proven a moment ago: it can lock everybody else out.
pub async fn begin(staff: &StaffActor, deps: &Deps, order: &Order) -> Result<MaintenanceWindowId> {
    staff.require(StaffRight::MaintenanceManage)?;
    staff.require_fresh_factor(deps)?;
    let mut transaction = staff.begin(deps).await?;
    let (id, scope) = insert(&mut transaction, deps, order, Some(staff)).await?;
    let entry = match scope {
        // Its people read it in their own log.
        Scope::Organization(tenant) => staff.audit_in(tenant, Action::MaintenanceOrdered),
        Scope::Everything | Scope::Surface(_) => staff.audit(Action::MaintenanceOrdered),
    };
    entry
        .subject(id.0)
        .after(recorded(order))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    deps.board.forget();
    Ok(id)
}

pub(super) fn recorded(order: &Order) -> serde_json::Value {
    let (surface, organization) = match &order.target {
        Target::Everything => (None, None),
        Target::Surface(surface) => (Some(surface.key()), None),
        Target::Organization(slug) => (None, Some(slug.as_str())),
    };
    json!({
        "level": order.level.key(),
        "surface": surface,
        "organization": organization,
        "message": order.message.as_str(),
        "starts_at": order.starts_at,
        "ends_at": order.ends_at,
    })
}

/// Without an entry in the log: whoever orders it writes that.
pub(super) async fn insert(
    transaction: &mut Transaction,
    deps: &Deps,
    order: &Order,
    by: Option<&StaffActor>,
) -> Result<(MaintenanceWindowId, Scope)> {
    let now = deps.now();
    let starts_at = order.starts_at.unwrap_or(now);
    if order.ends_at.is_some_and(|end| end <= starts_at || end <= now) {
        return Err(contract::Error::field("ends", FieldCode::Malformed).into());
    }
    let scope = match &order.target {
        Target::Everything => Scope::Everything,
        Target::Surface(surface) => Scope::Surface(*surface),
        Target::Organization(slug) => {
            let tenant = sqlx::query_scalar!(
                "select id from tenants where slug = $1::text::citext and deleted_at is null",
                slug.as_str(),
            )
            .fetch_optional(&mut **transaction)
            .await?
            .ok_or_else(|| contract::Error::field("organization", FieldCode::Malformed))?;
            Scope::Organization(tenant.into())
        }
    };
    let id: MaintenanceWindowId = deps.id();
    let (surface, tenant) = match scope {
        Scope::Everything => (None, None),
        Scope::Surface(surface) => (Some(surface.key()), None),
        Scope::Organization(tenant) => (None, Some(tenant.0)),
    };
    sqlx::query!(
        "insert into maintenance_windows (id, level, surface, only_tenant_id, message, starts_at, ends_at, created_by, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        id.0,
        order.level.key(),
        surface,
        tenant,
        order.message.as_str(),
        starts_at,
        order.ends_at,
        by.map(|staff| staff.id().0),
        now,
    )
    .execute(&mut **transaction)
    .await?;
    Ok((id, scope))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::{Error, staff::StaffRole};

    use super::*;
    use crate::{
        actor::FRESH_FACTOR,
        maintenance::testing::order,
        testing::{TestDatabase, clock_and_deps, deps, staff},
    };

    #[tokio::test]
    async fn only_with_the_right_and_a_fresh_factor() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let everything = order(Target::Everything, MaintenanceLevel::Closed);
        let ben = staff(&database, &deps, "ben", StaffRole::Support).await;
        let refused = begin(&ben, &deps, &everything).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::Forbidden);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        clock.advance(FRESH_FACTOR + TimeDelta::seconds(1));
        let refused = begin(&sue, &deps, &everything).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::SecondFactorRequired);
        assert_eq!(database.count("maintenance_windows").await, 0);
    }

    #[tokio::test]
    async fn it_is_recorded_and_ends_after_it_begins() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        let mut closed = order(Target::Surface(Surface::Site), MaintenanceLevel::Closed);
        closed.ends_at = Some(deps.now());
        let refused = begin(&sue, &deps, &closed).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("ends", FieldCode::Malformed));
        closed.ends_at = Some(deps.now() + TimeDelta::hours(1));
        begin(&sue, &deps, &closed).await.unwrap();
        let entries = "audit_log where action = 'maintenance.ordered' and after ->> 'surface' = 'site'";
        assert_eq!(database.count(entries).await, 1);
        let nobody = order(
            Target::Organization(Slug::parse("nobody").unwrap()),
            MaintenanceLevel::Closed,
        );
        let refused = begin(&sue, &deps, &nobody).await.unwrap_err();
        assert_eq!(Error::from(refused), Error::field("organization", FieldCode::Malformed));
    }
}
