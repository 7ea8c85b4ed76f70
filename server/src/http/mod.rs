//! The edge towards browsers: what every request passes, and what answers it.
//!
//! The layers stand in [`router`], outermost last. None of them decides who may do what: that is asked below, where an
//! actor is made, because a page that is rendered calls server functions without passing here again.

mod accept;
mod assets;
mod audit_export;
mod caching;
mod cookies;
mod dev;
mod failure;
mod faults;
mod flash;
mod health;
mod maintenance;
mod measure;
mod pages;
mod plan_limits;
mod polar_webhook;
mod public_config;
mod public_plans;
mod report;
mod request_id;
mod routes;
mod security_headers;
mod session;
mod state;
mod trace;

use std::time::Duration;

use axum::{Router, http::StatusCode, middleware};
use tower_http::{
    CompressionLevel, compression::CompressionLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

pub use self::{
    faults::{FaultWriter, Faults},
    measure::METRICS,
    pages::routes as page_routes,
    routes::{ROUTES, Route, Whom},
    state::State,
};

/// How long an answer may take.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// How much a request may carry, in bytes.
const BODY_LIMIT: usize = 1024 * 1024;

/// The whole of what is served.
pub fn router(state: State) -> Router {
    ui::assets::use_icon_sprite(state.assets.url("icons.svg"));
    let failures = failure::Failures::new(&state);
    let for_people = pages::router(&state)
        .merge(audit_export::router())
        .merge(report::picture())
        .merge(plan_limits::router())
        .merge(dev::router(&state));
    let for_programs = public_config::router()
        .merge(public_plans::router())
        .layer(middleware::from_fn_with_state(state.clone(), maintenance::maintenance));
    Router::new()
        .merge(with_session(for_people, &state))
        .merge(assets::router(&state))
        .merge(health::router())
        .merge(for_programs)
        .merge(polar_webhook::router())
        .layer(RequestBodyLimitLayer::new(BODY_LIMIT))
        // A picture may come with it.
        .merge(with_session(report::form(), &state).layer(RequestBodyLimitLayer::new(report::BODY_LIMIT)))
        .layer(middleware::from_fn(faults::answered))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            state.patience,
        ))
        .layer(middleware::from_fn_with_state(failures, failure::explain))
        .layer(middleware::from_fn_with_state(state.faults.clone(), faults::watch))
        // Around the panic catcher, so that its answer carries them as well.
        .layer(middleware::from_fn_with_state(state.clone(), caching::caching))
        .layer(middleware::from_fn_with_state(
            state.clone(),
            security_headers::security_headers,
        ))
        .layer(trace::layer())
        .layer(middleware::from_fn(measure::measure))
        .layer(request_id::layers(&state))
        .with_state(state)
}

/// What people ask for with their browsers: with the session, and not from another site's page.
fn with_session(routes: Router<State>, state: &State) -> Router<State> {
    routes
        .layer(middleware::from_fn_with_state(state.clone(), flash::flash))
        .layer(middleware::from_fn_with_state(state.clone(), maintenance::maintenance))
        .layer(middleware::from_fn_with_state(state.clone(), session::session))
        .layer(same_origin_only(&state.settings.base_url))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

/// Refuses what another site's page sends. The product's own address is trusted by name as well, for proxies that do not
/// hand on the `Host` that was asked for.
fn same_origin_only(base_url: &str) -> CsrfLayer {
    let origin = url::Url::parse(base_url).map(|url| url.origin().ascii_serialization());
    match origin.map(|origin| CsrfLayer::new().add_trusted_origin(origin)) {
        Ok(Ok(layer)) => layer,
        _ => CsrfLayer::new(),
    }
}
