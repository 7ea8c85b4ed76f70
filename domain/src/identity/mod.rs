//! People and how they prove who they are: accounts, sessions, passwords, and the links that are mailed.
//!
//! What an operation answers never tells whether an address has an account; mail tells the owner.

mod account;
pub mod change_password;
pub mod closing;
mod consents;
pub mod deactivate_account;
pub mod delete_account;
pub mod has_password;
mod link;
pub mod magic_link;
pub(crate) mod new_account;
pub mod password;
pub mod profile;
pub mod reactivate_account;
pub mod registration;
pub mod reset_password;
pub(crate) mod reuse;
pub mod second_factor;
mod session;
pub mod sessions;
mod shut_out;
pub mod sign_in;
pub mod sign_out;
pub mod sign_up;
pub mod verify_email;

pub(crate) use delete_account::{present, present_and_no_staff, tombstone};
pub(crate) use link::{Purpose, issue as issue_link, prove_address};
pub use session::{Admission, NewSession};
pub(crate) use shut_out::{shut_out, void_password};
