//! Who is staff, who is invited to be, and who decides it.

pub mod change_staff_role;
pub mod end_staff;
pub mod get_staff;
pub mod invite_staff;
pub mod list_staff;
pub mod list_staff_invitations;
pub mod resend_staff_invitation;
pub mod take_back_staff_invitation;

#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
mod invitations;
#[cfg(feature = "ssr")]
pub mod list_page;
#[cfg(feature = "ssr")]
pub mod member_page;
