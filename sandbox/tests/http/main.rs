//! The provider's API as its clients see it.

mod checkouts;
mod harness;
