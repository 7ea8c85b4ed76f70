//! Who belongs to an organization: invitations, members, guests, ownership, and the seats that all of them take.

pub mod accept_ownership;
pub mod change_role;
pub mod change_type;
mod depart;
pub mod end_offer;
pub mod get;
pub mod leave;
pub mod list;
pub mod offer_ownership;
pub mod offers;
pub mod remove;
pub mod restore;
pub mod roles;
pub mod seats;
pub(crate) mod standing;
pub mod suspend;
