//! Ways for mail to leave.

pub mod mailbox;
pub mod smtp;
