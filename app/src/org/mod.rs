//! Organizations: how one begins, its settings, and what is worked on in it.

pub mod access;
pub mod audit;
pub mod billing;
pub mod bin;
pub mod check_slug;
pub mod create_organization;
pub mod danger;
pub mod organization;
pub mod people;
pub mod projects;
pub mod require_second_factor;
pub mod roles;
pub mod support;
pub mod update_organization;
pub mod workspaces;

#[cfg(feature = "ssr")]
pub mod general_settings_page;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
pub(crate) mod post_form;
#[cfg(feature = "ssr")]
pub mod refusal;
#[cfg(feature = "ssr")]
mod two_step_card;
#[cfg(feature = "ssr")]
pub mod upgrade;
#[cfg(feature = "ssr")]
pub mod welcome_page;
