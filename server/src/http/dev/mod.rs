//! The developer's pages: mailbox, clock, samples of mails. Where the developer's tools are off, there is nothing here.

mod clock;
mod gallery;
mod mailbox;
mod mails;
mod page;

use axum::{Json, Router, routing::get};

use super::State;

pub fn router(state: &State) -> Router<State> {
    if !state.settings.dev_tools {
        return Router::new();
    }
    let start: uuid::Uuid = state.deps.id();
    let mut router = Router::new()
        .merge(gallery::router())
        .merge(mails::router())
        // Another start of the server has another id: pages that wait for a rebuild load themselves again.
        .route("/dev/build", get(async move || Json(start)));
    if state.mailbox.is_some() {
        router = router.merge(mailbox::router());
    }
    if state.clock.is_some() {
        router = router.merge(clock::router());
    }
    router
}
