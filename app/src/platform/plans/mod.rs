//! The catalogue, and changing it.

pub mod list_plans;
pub mod review_plan;
pub mod save_plan;

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
mod edit_form;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod plan_page;
#[cfg(feature = "ssr")]
pub mod review_page;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod view;
