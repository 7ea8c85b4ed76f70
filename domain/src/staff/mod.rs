//! The people of the platform: who they are. What they do stands with the noun it is done to.

pub mod list;
