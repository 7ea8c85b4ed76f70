//! What tests close.

use contract::{ids::MaintenanceWindowId, maintenance::MaintenanceLevel, slug::Slug, text::MaintenanceMessage};

use super::{
    Scope,
    begin::{Order, Target, begin},
};
use crate::{Deps, actor::StaffActor};

/// From now on, until it is ended, with a message of its own.
#[expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]
pub fn order(target: Target, level: MaintenanceLevel) -> Order {
    Order {
        level,
        target,
        message: MaintenanceMessage::parse("We move to a larger house.").unwrap(),
        starts_at: None,
        ends_at: None,
    }
}

#[expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]
pub async fn close(staff: &StaffActor, deps: &Deps, scope: Scope, level: MaintenanceLevel) -> MaintenanceWindowId {
    let target = match scope {
        Scope::Everything => Target::Everything,
        Scope::Surface(surface) => Target::Surface(surface),
        Scope::Organization(tenant) => {
            let mut transaction = staff.begin(deps).await.unwrap();
            let slug: String = sqlx::query_scalar("select slug::text from tenants where id = $1")
                .bind(tenant.0)
                .fetch_one(&mut *transaction)
                .await
                .unwrap();
            Target::Organization(Slug::parse(&slug).unwrap())
        }
    };
    begin(staff, deps, &order(target, level)).await.unwrap()
}
