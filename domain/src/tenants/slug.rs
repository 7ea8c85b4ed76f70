//! Whether a slug can be had.

use contract::{
    FieldCode,
    slug::{Slug, SlugState},
};

use crate::{
    Deps, Result,
    actor::UserActor,
    throttle::{self, Policy},
};

/// For the check while typing. `current` is the organization's own slug, which it may keep.
pub async fn check(user: &UserActor, deps: &Deps, text: &str, current: Option<&Slug>) -> Result<SlugState> {
    throttle::attempt(deps, Policy::SlugCheckByPerson, &user.id().to_string()).await?;
    let slug = match Slug::parse(text) {
        Ok(slug) => slug,
        Err(FieldCode::Reserved) => return Ok(SlugState::Reserved),
        Err(_) => return Ok(SlugState::Invalid),
    };
    if current == Some(&slug) {
        return Ok(SlugState::Available);
    }
    let taken = sqlx::query_scalar!(
        r#"select exists (select from tenant_slugs where slug = $1::text::citext) as "taken!""#,
        slug.as_str(),
    )
    .fetch_one(deps.database.global())
    .await?;
    Ok(if taken { SlugState::Taken } else { SlugState::Available })
}
