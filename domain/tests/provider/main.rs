//! The payment provider: what it is asked over the wire, what of its answers is understood, and whose messages are believed.
//!
//! `stub` answers as it is told and remembers what it was asked; the stand-in answers as Polar would. Another provider is held
//! to the same: see `docs/guides/swap-the-payment-provider.md`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or that goes where it should not, has failed"
)]

mod answers;
mod fixtures;
mod messages;
mod patience;
mod portal;
mod purchase;
mod questions;
mod secrecy;
mod signatures;
mod stand_in;
mod stub;
mod words;
