//! Who belongs to an organization: invitations, members, guests, ownership, and the seats that all of them take.

pub mod accept;
pub mod accept_ownership;
mod addresses;
pub mod ask_again;
pub mod change_role;
pub mod change_type;
pub mod choices;
pub(crate) mod code;
pub mod copy_link;
pub mod decline;
pub(crate) mod depart;
pub mod end_offer;
pub(crate) mod forget;
pub mod get;
mod invitation;
pub mod invite;
pub(crate) mod invited;
pub mod leave;
pub mod list;
pub mod look_up;
pub mod offer_ownership;
pub mod offers;
pub mod remove;
pub mod report;
pub mod resend;
pub mod restore;
pub mod revoke;
pub mod roles;
mod row;
pub mod seats;
pub mod suspend;
#[cfg(feature = "testing")]
pub mod testing;
pub(crate) mod undeliverable;
pub mod waiting;

pub use code::{invitation_path, was_mailed};
pub use invitation::Ticket;
pub use row::Row;
