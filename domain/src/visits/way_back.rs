//! Where the organization of a visit is found, for who is somewhere else meanwhile.

use contract::slug::Slug;

use crate::{
    Deps, Error, Result,
    actor::Visit,
    database::{Mode, Reach, end_of_reading},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WayBack {
    /// As it is called today.
    pub organization: String,
    pub slug: Slug,
}

/// `None` when it is gone.
pub async fn way_back(visit: &Visit, deps: &Deps) -> Result<Option<WayBack>> {
    let mut transaction = deps
        .database
        .begin_for_tenant(visit.operator(), visit.tenant(), Reach::Given, Mode::Reading)
        .await?;
    let row = sqlx::query!(
        r#"select name, slug::text as "slug!" from tenants where id = $1"#,
        visit.tenant().0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    row.map(|row| {
        Ok(WayBack {
            organization: row.name,
            slug: Slug::try_from(row.slug).map_err(Error::fault)?,
        })
    })
    .transpose()
}
