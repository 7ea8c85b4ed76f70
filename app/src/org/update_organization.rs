//! Changing what an organization is called and where it is found.

use contract::error::Result;
use leptos::prelude::server;

#[server]
pub async fn update_organization(org: String, name: String, slug: String) -> Result<()> {
    use contract::{error::Check, slug::Slug, text::OrganizationName};

    let actor = crate::session::org(&org).await?;
    let deps = crate::session::deps()?;
    let mut check = Check::default();
    let name = check.field("name", OrganizationName::parse(&name));
    let slug = check.field("slug", Slug::parse(&slug));
    let (name, slug) = check.done(name.zip(slug))?;
    let change = domain::tenants::update::TenantChange { name, slug };
    let slug = domain::tenants::update::update(&actor, &deps, change)
        .await
        .map_err(|error| crate::response::note(error.into()))?;
    crate::form::notice("organization_saved");
    crate::response::redirect_to(&format!("/o/{slug}/settings/general"));
    Ok(())
}
