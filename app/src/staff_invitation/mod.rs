//! Becoming staff by the link of an invitation.

pub mod accept_staff_invitation;
pub mod join_staff;
pub mod look_up_staff_invitation;

#[cfg(feature = "ssr")]
pub mod accept_page;
