//! Proving who one is: sign-up, sign-in, and the links that are mailed.
//!
//! No answer here tells whether an address has an account: the owner hears of it by mail. Links that are mailed open a page
//! with a button, because mail filters follow links; the button posts the token in a hidden field.

#[cfg(feature = "ssr")]
pub(crate) mod arrival;
#[cfg(feature = "ssr")]
pub mod demo_ways;
#[cfg(feature = "ssr")]
mod mailed;

pub mod begin_passkey_proof;
pub mod begin_passkey_sign_in;
pub mod enter_demo;
pub mod forgot_password;
pub mod password_strength;
pub mod prove_by_passkey;
pub mod prove_second_factor;
pub mod redeem_magic_link;
pub mod request_magic_link;
pub mod resend_verification;
pub mod reset_password;
pub mod resume_account;
pub mod sign_in;
pub mod sign_in_by_passkey;
pub mod sign_out;
pub mod sign_up;
pub mod verify_email;

#[cfg(feature = "ssr")]
pub mod forgot_password_page;
#[cfg(feature = "ssr")]
pub mod goodbye_page;
#[cfg(feature = "ssr")]
mod link_request;
#[cfg(feature = "ssr")]
pub mod magic_link_page;
#[cfg(feature = "ssr")]
mod mailed_link;
#[cfg(feature = "ssr")]
pub mod reset_password_page;
#[cfg(feature = "ssr")]
pub mod resume_account_page;
#[cfg(feature = "ssr")]
pub mod second_factor_page;
#[cfg(feature = "ssr")]
pub mod sign_in_page;
#[cfg(feature = "ssr")]
pub mod sign_out_page;
#[cfg(feature = "ssr")]
pub mod sign_up_page;
#[cfg(feature = "ssr")]
pub mod verify_email_page;

#[cfg(feature = "ssr")]
pub(crate) use {
    mailed::{Mailed, remember as remember_mailed},
    verify_email_page::path as verify_email_path,
};
