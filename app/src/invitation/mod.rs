//! From an invitation to being in: what its link opens, accepting, declining, and asking for another one.
//!
//! The page changes nothing by being looked at, because mail filters follow links; its buttons post the code in a hidden
//! field. It sends no `Referer`, so that the code stays where it is, and its functions lead back to it by themselves.

pub mod accept_invitation;
pub mod ask_for_invitation;
pub mod decline_invitation;
pub mod look_up_invitation;
pub mod waiting_invitations;

#[cfg(feature = "ssr")]
pub mod accept_page;
#[cfg(feature = "ssr")]
mod arrival;
#[cfg(feature = "ssr")]
mod obstacle;
#[cfg(feature = "ssr")]
mod offer;
#[cfg(feature = "ssr")]
pub(crate) mod ticket;
#[cfg(feature = "ssr")]
pub mod waiting;

#[cfg(feature = "ssr")]
pub(crate) use arrival::come_in;
