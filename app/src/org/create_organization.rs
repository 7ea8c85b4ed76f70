//! Starting an organization. Also open to somebody whose address is still to be proven.

use contract::error::Result;
use leptos::prelude::server;

/// An address left empty is made from the name. It leads on to `next` for who was on the way somewhere.
#[server]
pub async fn create_organization(
    name: String,
    #[server(default)] slug: String,
    #[server(default)] next: String,
) -> Result<()> {
    use contract::{error::Check, slug::Slug, text::OrganizationName};

    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    let mut check = Check::default();
    let slug = match Slug::suggest(&name) {
        Some(suggested) if slug.trim().is_empty() => Some(suggested),
        _ => check.field("slug", Slug::parse(&slug)),
    };
    let name = check.field("name", OrganizationName::parse(&name));
    let (name, slug) = check.done(name.zip(slug))?;
    let new = domain::tenants::create::NewTenant { name, slug };
    let created = domain::tenants::create::create(&user, &deps, new)
        .await
        .map_err(|error| crate::response::note(error.into()))?;
    crate::form::notice("organization_created");
    let home = format!("/o/{}/projects", created.slug);
    crate::response::redirect_to(crate::response::safe_next(&next).unwrap_or(&home));
    Ok(())
}
