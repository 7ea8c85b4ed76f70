//! Maintenance: times in which the house, a surface or one organization says so, changes nothing or is closed.
//!
//! A window is a row and nothing more: whether it is on is a question to the clock. It is asked in two places below every page:
//! where an actor is made, and where a transaction begins.

pub mod begin;
pub mod by_command;
pub mod end;
pub mod plan;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod window;

use chrono::{DateTime, Utc};
use contract::{
    ids::{MaintenanceWindowId, TenantId},
    maintenance::{MaintenanceLevel, Surface},
};
use uuid::Uuid;

use crate::{Deps, Error, Result};

pub use window::{Held, Place, Scope, Window, strongest};

/// A window as its row tells it.
pub(crate) struct Row {
    pub id: Uuid,
    pub level: String,
    pub surface: Option<String>,
    pub only_tenant_id: Option<Uuid>,
    pub message: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: Option<DateTime<Utc>>,
}

impl TryFrom<Row> for Window {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let scope = match (row.surface.as_deref(), row.only_tenant_id) {
            (None, None) => Scope::Everything,
            (None, Some(tenant)) => Scope::Organization(TenantId(tenant)),
            (Some(key), _) => Scope::Surface(Surface::from_key(key).ok_or_else(|| Error::fault("unknown surface"))?),
        };
        Ok(Self {
            id: MaintenanceWindowId(row.id),
            level: MaintenanceLevel::from_key(&row.level).ok_or_else(|| Error::fault("unknown level"))?,
            scope,
            message: row.message,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        })
    }
}

/// Those that are on or will be.
pub(crate) async fn open(deps: &Deps, now: DateTime<Utc>) -> Result<Vec<Window>> {
    sqlx::query_as!(
        Row,
        "select id, level, surface, only_tenant_id, message, starts_at, ends_at from maintenance_windows \
         where ended_at is null and (ends_at is null or ends_at > $1) order by starts_at, id",
        now,
    )
    .fetch_all(deps.database.global())
    .await?
    .into_iter()
    .map(Window::try_from)
    .collect()
}
