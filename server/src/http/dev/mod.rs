//! The developer's pages: mailbox, clock, samples of mails, the way to the payment sandbox. Where the developer's tools are off, there is nothing here.

mod clock;
mod gallery;
mod mailbox;
mod mails;
mod page;
mod sandbox;

use axum::{
    Json, Router, middleware,
    routing::{get, post},
};

use super::State;

pub fn router(state: &State) -> Router<State> {
    if !state.settings.dev_tools {
        return Router::new();
    }
    let start: uuid::Uuid = state.deps.id();
    let mut router = Router::new()
        .route("/dev/mails", get(mails::list))
        .route("/dev/mails/{number}", get(mails::html))
        .route("/dev/components/slug", get(gallery::slug))
        .route("/dev/components/strength", post(gallery::strength))
        .route("/dev/components/passkey", post(gallery::passkey))
        .route("/dev/components/passkey-brought", post(gallery::passkey_brought))
        .route("/dev/components/edit", post(gallery::edit))
        // Another start of the server has another id: pages that wait for a rebuild load themselves again.
        .route("/dev/build", get(async move || Json(start)));
    if state.mailbox.is_some() {
        router = router
            .route("/dev/mailbox", get(mailbox::list))
            .route("/dev/mailbox.json", get(mailbox::json))
            .route("/dev/mailbox/clear", post(mailbox::clear))
            .route("/dev/mailbox/{id}", get(mailbox::show))
            .route("/dev/mailbox/{id}/html", get(mailbox::html));
    }
    if state.clock.is_some() {
        router = router.route("/dev/clock", get(clock::show).post(clock::set));
    }
    if state.sandbox.is_some() {
        router = router
            .route("/dev/sandbox", get(sandbox::page))
            .route("/dev/sandbox.json", get(sandbox::json));
    }
    router.layer(middleware::from_fn_with_state(state.clone(), page::policy))
}
