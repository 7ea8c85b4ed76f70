//! Ordering maintenance, now or for later.

use contract::error::Result;
use leptos::prelude::server;

/// `scope` is `everything`, the key of a surface, or `organization`, whose address then stands in `organization`. `starts` and
/// `ends` are instants of the person's own zone, as a browser's field sends them; empty for now and for none.
#[server]
pub async fn order_maintenance(
    level: String,
    scope: String,
    #[server(default)] organization: Option<String>,
    #[server(default)] message: String,
    #[server(default)] starts: Option<String>,
    #[server(default)] ends: Option<String>,
) -> Result<()> {
    let actor = crate::session::staff().await?;
    let deps = crate::session::deps()?;
    let formatter = crate::format::Formatter::from(actor.user().person());
    let order = super::input::order(
        &level,
        (&scope, organization.as_deref()),
        &message,
        (formatter.instant(starts.as_deref()), formatter.instant(ends.as_deref())),
    )?;
    domain::maintenance::begin::begin(&actor, &deps, &order).await?;
    crate::form::notice("maintenance_ordered");
    crate::response::redirect_to("/platform/maintenance");
    Ok(())
}
