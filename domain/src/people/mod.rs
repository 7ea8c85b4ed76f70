//! Who belongs to an organization: invitations, members, guests, ownership, and the seats that all of them take.

pub mod seats;
