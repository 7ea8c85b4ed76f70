//! What the sandbox keeps: the provider's objects, with the fields that can differ. [`views`] completes them to replies.

pub mod checkout;
pub mod customer;
pub mod order;
pub mod product;
pub mod subscription;
pub mod usage;
pub mod views;
pub mod webhook;
