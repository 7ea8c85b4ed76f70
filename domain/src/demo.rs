//! The people of a demo, who are nobody: roles with addresses that no mail reaches.

/// The password of all of them. No secret: demo data is refused in production.
pub const PASSWORD: &str = "plinth demo, enter freely";
