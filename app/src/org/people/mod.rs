//! People: the list, one person, what can be done to them, handing the organization over, and inviting.

pub mod accept_ownership;
pub mod change_role;
pub mod change_type;
pub mod copy_invitation_link;
pub mod decline_ownership;
pub mod get_person;
pub mod invite_choices;
pub mod invite_people;
pub mod invite_report;
pub mod leave_organization;
pub mod list_people;
pub mod offer_ownership;
pub mod ownership_offer;
pub mod preview_role;
pub mod preview_type;
pub mod remove_person;
pub mod resend_invitation;
pub mod restore_person;
pub mod revoke_invitation;
pub mod suspend_person;
pub mod withdraw_ownership;

#[cfg(feature = "ssr")]
pub mod change_role_page;
#[cfg(feature = "ssr")]
pub mod change_type_page;
#[cfg(feature = "ssr")]
mod confirm;
#[cfg(feature = "ssr")]
mod copied_link;
#[cfg(feature = "ssr")]
mod input;
#[cfg(feature = "ssr")]
mod invitation_input;
#[cfg(feature = "ssr")]
pub mod invitation_link_page;
#[cfg(feature = "ssr")]
mod invitation_menu;
#[cfg(feature = "ssr")]
pub mod invite_page;
#[cfg(feature = "ssr")]
mod invite_result;
#[cfg(feature = "ssr")]
mod landing;
#[cfg(feature = "ssr")]
pub mod leave_page;
#[cfg(feature = "ssr")]
mod no_people;
#[cfg(feature = "ssr")]
pub mod ownership_page;
#[cfg(feature = "ssr")]
pub mod people_page;
#[cfg(feature = "ssr")]
mod person_card;
#[cfg(feature = "ssr")]
pub mod person_page;
#[cfg(feature = "ssr")]
mod person_row;
#[cfg(feature = "ssr")]
pub mod remove_page;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod seats;
#[cfg(feature = "ssr")]
pub mod suspend_page;
#[cfg(feature = "ssr")]
mod view;
