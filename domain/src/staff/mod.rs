//! The people of the platform: who they are, how one becomes one of them, and how one ceases to be. What they do stands with the
//! noun it is done to.

pub mod accept;
pub mod bootstrap;
pub mod change_role;
mod domains;
pub mod end;
pub(crate) mod hold;
pub(crate) mod invitation;
pub mod invitations;
pub mod invite;
pub mod list;
pub mod look_up;
pub mod resend;
pub mod take_back;
pub mod terminal;

pub use domains::StaffDomains;
