//! Whether an address can be had, asked while it is typed.

use contract::{error::Result, slug::SlugState};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};

/// In the form that the live check of `ui` reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlugAnswer {
    pub state: SlugState,
    pub message: String,
}

/// `current` is the address that the organization has now, and may keep.
#[server(input = server_fn::codec::GetUrl)]
pub async fn check_slug(value: String, #[server(default)] current: Option<String>) -> Result<SlugAnswer> {
    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    let current = current.and_then(|current| contract::slug::Slug::parse(&current).ok());
    let state = domain::tenants::slug::check(&user, &deps, &value, current.as_ref())
        .await
        .map_err(|error| crate::response::note(error.into()))?;
    let texts = &crate::messages::current().org;
    let kept = current.is_some_and(|current| contract::slug::Slug::parse(&value).is_ok_and(|slug| slug == current));
    let message = match state {
        SlugState::Available if kept => texts.slug_kept,
        SlugState::Available => texts.slug_available,
        SlugState::Taken => texts.slug_taken,
        SlugState::Reserved => texts.slug_reserved,
        SlugState::Invalid => texts.slug_invalid,
    };
    Ok(SlugAnswer {
        state,
        message: message.to_owned(),
    })
}
