//! Pages and server functions, one folder per surface: site, auth, account, org.
//!
//! A page is a server component: it is rendered complete, with its data and the right status code, and works without
//! JavaScript. Pages compile for the server only; what also compiles for the browser are the server functions, so that an
//! island can call one, and the islands themselves. Rules and SQL are in `domain`, looks in `ui`.

// The type of a page holds the types of everything on it, where components are not erased: in optimised builds.
#![recursion_limit = "256"]
#![cfg_attr(
    feature = "ssr",
    expect(clippy::needless_pass_by_value, reason = "a component owns its props")
)]

pub mod account;
pub mod auth;
pub mod invitation;
pub mod org;
pub mod platform;
#[cfg(feature = "ssr")]
pub mod report;
pub mod staff_invitation;

#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
mod audit;
#[cfg(feature = "ssr")]
pub mod closed;
#[cfg(feature = "ssr")]
mod dev;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
mod format;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "ssr")]
pub mod messages;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod response;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
pub mod session;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
mod site;

#[cfg(feature = "ssr")]
mod stamp;

#[cfg(feature = "ssr")]
pub use {routes::App, settings::Settings};
