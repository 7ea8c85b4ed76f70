//! A database of its own for every test, cloned from a template that is migrated once, and a few people, organizations,
//! projects and tasks to begin with. They are made by the ordinary operations, so that no test rests on rows that the
//! product would not write. And the pages of the documentation that tests hold against the code.

#![expect(
    clippy::missing_panics_doc,
    reason = "everything here panics when it cannot set a test up, and so fails it"
)]

mod authenticator;
mod bills;
mod database;
mod dependencies;
mod documentation;
mod people;
mod staff;
mod work;

pub use authenticator::Authenticator;
pub use bills::{bills, on_plan};
pub use database::{SECRET, TestDatabase, Urls};
pub use dependencies::{ORIGIN, TestClock, TestRandom, clock_and_deps, deps};
pub use documentation::{documented, documented_part};
pub use people::{
    PASSWORD, comes, custom_role, join, join_as, join_as_guest, new_person, organization, person, proven, refused,
    request, role_fields, role_of, visitor,
};
pub use staff::{ask_support, inside, staff, staff_session, support_asked, support_inside, visit};
pub use work::{into_workspace, new_task, project, project_fields, project_in, task, workspace};
