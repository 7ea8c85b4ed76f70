//! Money: what an organization has bought, and from whom.

pub mod provider;
