//! The payment provider: what it is asked over the wire, what of its answers is understood, and whose messages are believed.
//!
//! `stub` answers as it is told and remembers what it was asked. Another provider is held to the same: see
//! `docs/guides/swap-the-payment-provider.md`.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or that goes where it should not, has failed"
)]

mod answers;
mod fixtures;
mod patience;
mod purchase;
mod questions;
mod secrecy;
mod signatures;
mod stub;
