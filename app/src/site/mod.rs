//! Pages for everybody. They know no session, carry no island, and may be cached.

pub mod home;
pub mod pricing;
pub mod status;
