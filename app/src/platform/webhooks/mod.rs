//! What the payment provider told, and having it taken in once more.

pub mod list_events;
pub mod look_at_event;
pub mod preview_replay;
pub mod replay_event;
pub mod replay_failed;

#[cfg(feature = "ssr")]
pub mod event_page;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod replay_page;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
pub mod view;
