//! An organization pays: from the choice of a plan to its end, against the stand-in of the payment provider.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up, or that goes where it should not, has failed"
)]

mod buying;
mod changing;
mod ending;
mod keeping;
mod owing;
mod racing;
mod reaching;
mod seats;
mod shop;
