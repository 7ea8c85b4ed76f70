//! The inbox of what people reported as a problem.

pub mod get_report;
pub mod list_reports;
pub mod move_report;
pub mod take_report;
pub mod write_report_note;

#[cfg(feature = "ssr")]
mod facts_card;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
mod next_card;
#[cfg(feature = "ssr")]
pub mod report_page;
#[cfg(feature = "ssr")]
pub mod screenshot;
#[cfg(feature = "ssr")]
pub mod view;
