//! The hosted pages: checkout, portal, invoice, and the console. Plain HTML and forms, without a script.

mod checkout;
pub mod console;
mod invoice;
mod layout;
mod portal;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::world::World;

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/checkout/{client_secret}", get(checkout::show).post(checkout::submit))
        .route(
            "/checkout/{client_secret}/bank",
            get(checkout::show_bank).post(checkout::answer_bank),
        )
        .route("/checkout/{client_secret}/confirmation", get(checkout::confirmation))
        .route("/invoices/{id}", get(invoice::show))
        .route("/{organization}/portal", get(portal::show).post(portal::submit))
}
