//! The jobs: what waits, what became of others, and what the clock asks for.

pub mod board;
pub mod cancel_job;
pub mod history;
pub mod look_at_job;
pub mod retry_job;
pub mod schedule;
pub mod start_task;

#[cfg(feature = "ssr")]
pub mod board_page;
#[cfg(feature = "ssr")]
pub mod history_page;
#[cfg(feature = "ssr")]
pub mod job_page;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
pub mod schedule_page;
#[cfg(feature = "ssr")]
mod views;
