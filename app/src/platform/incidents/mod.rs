//! What everybody is told when something is wrong or announced.

pub mod archive_incident;
pub mod correct_incident;
pub mod create_incident;
pub mod get_incident;
pub mod list_incidents;
pub mod post_update;

#[cfg(feature = "ssr")]
mod correct_form;
#[cfg(feature = "ssr")]
pub mod incident_page;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod new_page;
#[cfg(feature = "ssr")]
pub(crate) mod rows;
