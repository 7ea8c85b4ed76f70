//! Who acts. An operation takes an actor first and asks it for the right it needs; there is no other way in.
//!
//! Actors have private fields and are made here only: from the cookie's session, and from the organization's slug in the
//! URL. There is no "active organization" in a session.

mod org;
mod rights;
mod staff;
mod user;
mod visit;
mod visitor;
mod whereabouts;

pub use org::{OrgActor, Role, Tenant};
pub(crate) use org::{audit_in_tenant, enter_new_tenant};
pub(crate) use rights::{effective, reach};
pub use staff::{FRESH_FACTOR, STAFF_SESSION_ABSOLUTE, STAFF_SESSION_IDLE, StaffActor};
pub use user::{Person, RECENT_SIGN_IN, SESSION_ABSOLUTE, SESSION_IDLE, UserActor, VERIFICATION_GRACE, Verification};
pub use visit::{Ground, Standing as VisitStanding, VISIT_ABSOLUTE, VISIT_ELEVATED, Visit};
pub use visitor::{RequestInfo, Visitor};
