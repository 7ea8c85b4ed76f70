//! The provider's API over HTTP, and the routes of the pages.

mod checkouts;
mod customers;
mod guard;
mod list;
mod orders;
mod products;
mod reply;
mod sandbox;
mod subscriptions;
mod usage;
mod webhooks;

use std::sync::Arc;

use axum::{
    Router, middleware,
    routing::{delete, get, patch, post},
};

pub use self::reply::form;
use crate::{pages, world::World};

pub type App = axum::extract::State<Arc<World>>;

pub fn router(world: Arc<World>) -> Router {
    let protected = Router::new()
        .merge(catalogue())
        .merge(people())
        .merge(money())
        .merge(hooks())
        .route_layer(middleware::from_fn(guard::require_token));
    let public = Router::new()
        .route(
            "/v1/checkouts/client/{client_secret}",
            get(checkouts::public).patch(checkouts::public_update),
        )
        .route("/v1/checkouts/client/{client_secret}/confirm", post(checkouts::confirm));
    Router::new()
        .merge(protected)
        .merge(public)
        .merge(pages::router())
        .merge(sandbox::router())
        .fallback(guard::unknown)
        .method_not_allowed_fallback(guard::wrong_method)
        .layer(middleware::from_fn_with_state(Arc::clone(&world), guard::guard))
        .with_state(world)
}

fn catalogue() -> Router<Arc<World>> {
    Router::new()
        .route("/v1/products/", get(products::list).post(products::create))
        .route("/v1/products/{id}", get(products::show).patch(products::update))
        .route("/v1/checkouts/", get(checkouts::list).post(checkouts::create))
        .route("/v1/checkouts/{id}", get(checkouts::show).patch(checkouts::update))
        .route("/v1/meters/", get(usage::meters).post(usage::create_meter))
        .route("/v1/meters/{id}", get(usage::meter))
        .route("/v1/meters/{id}/quantities", get(usage::quantities))
        .route("/v1/customer-meters/", get(usage::customer_meters))
        .route("/v1/events/ingest", post(usage::ingest))
}

fn people() -> Router<Arc<World>> {
    Router::new()
        .route("/v1/customers/", get(customers::list).post(customers::create))
        .route(
            "/v1/customers/{id}",
            get(customers::show).patch(customers::update).delete(customers::delete),
        )
        .route("/v1/customers/{id}/state", get(customers::state))
        .route(
            "/v1/customers/external/{external_id}",
            get(customers::show_external)
                .patch(customers::update_external)
                .delete(customers::delete_external),
        )
        .route(
            "/v1/customers/external/{external_id}/state",
            get(customers::state_external),
        )
        .route(
            "/v1/customers/{id}/members",
            get(customers::members).post(customers::create_member),
        )
        .route(
            "/v1/customers/{id}/members/{member}",
            get(customers::member)
                .patch(customers::update_member)
                .delete(customers::delete_member),
        )
        .route(
            "/v1/customers/external/{external_id}/members",
            get(customers::members_external).post(customers::create_member_external),
        )
        .route(
            "/v1/customers/external/{external_id}/members/{member}",
            get(customers::member_external)
                .patch(customers::update_member_external)
                .delete(customers::delete_member_external),
        )
        .route("/v1/customer-sessions/", post(customers::create_session))
}

fn money() -> Router<Arc<World>> {
    Router::new()
        .route("/v1/subscriptions/", get(subscriptions::list))
        .route(
            "/v1/subscriptions/{id}",
            get(subscriptions::show)
                .patch(subscriptions::update)
                .delete(subscriptions::revoke),
        )
        .route("/v1/orders/", get(orders::list))
        .route("/v1/orders/{id}", get(orders::show).patch(orders::update))
        .route(
            "/v1/orders/{id}/invoice",
            get(orders::invoice).post(orders::generate_invoice),
        )
        .route("/v1/payments/", get(orders::payments))
        .route("/v1/payments/{id}", get(orders::payment))
        .route("/v1/refunds/", get(orders::refunds).post(orders::refund))
}

fn hooks() -> Router<Arc<World>> {
    Router::new()
        .route("/v1/webhooks/endpoints", get(webhooks::list).post(webhooks::create))
        .route(
            "/v1/webhooks/endpoints/{id}",
            get(webhooks::show)
                .patch(webhooks::update)
                .merge(delete(webhooks::delete)),
        )
        .route("/v1/webhooks/endpoints/{id}/secret", patch(webhooks::rotate_secret))
        .route("/v1/webhooks/deliveries", get(webhooks::deliveries))
        .route("/v1/webhooks/events/{id}/redeliver", post(webhooks::redeliver))
}
