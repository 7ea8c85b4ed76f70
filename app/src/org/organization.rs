//! The organization one is in, for the frame around its pages.

use contract::{error::Result, tenant};
use leptos::prelude::server;

#[server(input = server_fn::codec::GetUrl)]
pub async fn organization(org: String) -> Result<tenant::Organization> {
    let (actor, memberships) = crate::session::org_with_memberships(&org).await?;
    seen(&actor, memberships).await
}

/// The same for the pages of the bills, which are also open to who has not proven their address in time.
#[cfg(feature = "ssr")]
pub async fn organization_for_billing(org: &str) -> Result<tenant::Organization> {
    let (actor, memberships) = crate::session::org_for_billing_with_memberships(org).await?;
    seen(&actor, memberships).await
}

#[cfg(feature = "ssr")]
async fn seen(actor: &domain::actor::OrgActor, memberships: Vec<tenant::Membership>) -> Result<tenant::Organization> {
    let tenant = actor.tenant();
    let formatter = crate::format::Formatter::from(actor.user().person());
    let effective = tenant.plan.effective;
    let deps = crate::session::deps()?;
    let flags = deps.flags.on(&deps.database, &domain::flags::Subject::of(actor)).await;
    Ok(tenant::Organization {
        slug: tenant.slug.clone(),
        name: tenant.name.clone(),
        status: tenant.status,
        purge_after: tenant.purge_after.map(|until| formatter.moment(until)),
        plan: tenant.plan.name.clone(),
        features: tenant.plan.features.clone(),
        flags,
        billing: contract::billing::BillingStanding {
            state: effective.state,
            pill: effective.pill,
            banner: effective.banner,
            days_left: effective.days_left,
            until: effective.until.map(|until| formatter.moment(until)),
        },
        paused: actor.is_paused(),
        role: actor.role().name.clone(),
        member_type: actor.member_type(),
        permissions: actor.permissions(),
        ownership_offered: actor.ownership_offered(),
        memberships,
        maintenance: actor
            .maintenance()
            .map(|window| crate::frame::board::notice(window, formatter)),
        visit: actor.visit().map(domain::actor::Visit::mode),
    })
}
