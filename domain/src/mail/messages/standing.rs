//! What has changed about somebody's place in an organization.

use contract::iam::MemberType;

use super::Content;
use crate::mail::standing::{News, Place};

pub(super) fn english(news: News, place: &Place) -> Content {
    let Place {
        organization,
        role,
        member_type,
        ..
    } = place;
    let a_place = match member_type {
        MemberType::Member => format!("Your role there is {role} now."),
        MemberType::Guest => {
            format!("You are a guest there now, with the role {role}, and see the projects that you are given.")
        }
    };
    let ask = "If this surprises you, ask somebody of the organization.";
    let (subject, paragraphs, action, closing) = match news {
        News::RoleChanged => (
            format!("Your role at {organization} has changed"),
            vec![
                format!("Somebody changed what you can do at {organization}."),
                a_place,
            ],
            "Open the organization",
            ask,
        ),
        News::Suspended => (
            format!("Your access to {organization} is suspended"),
            vec![
                format!("You cannot enter {organization} at the moment. Your place and what is yours in it are kept."),
                "Your account and your other organizations stay as they are.".to_owned(),
            ],
            "See your organizations",
            ask,
        ),
        News::Restored => (
            format!("You can enter {organization} again"),
            vec![format!("Your access to {organization} was restored."), a_place],
            "Open the organization",
            "You find everything as you left it.",
        ),
        News::Removed => (
            format!("You are no longer in {organization}"),
            vec![
                format!("You were removed from {organization}. What you made there stays with the organization."),
                "Your account and your other organizations stay as they are.".to_owned(),
            ],
            "See your organizations",
            ask,
        ),
        News::OwnershipOffered => (
            format!("You are offered the ownership of {organization}"),
            vec![
                format!("An owner of {organization} wants to hand it over to you."),
                "As its owner you may do everything in it, and are the one who answers for it. Nothing changes until you accept.".to_owned(),
            ],
            "Look at the offer",
            "The offer can be accepted for 7 days. You may also decline it.",
        ),
        News::OwnershipReceived => (
            format!("You own {organization} now"),
            vec![format!(
                "You accepted the ownership of {organization}. Who handed it over to you is an admin there now."
            )],
            "See its people",
            "If you did not accept it, change your password at once.",
        ),
        News::OwnershipGiven => (
            format!("You handed {organization} over"),
            vec![format!(
                "Your offer was accepted: {organization} has another owner now. Your role there is {role}."
            )],
            "See its people",
            "If you did not offer it, change your password at once and write to the new owner.",
        ),
    };
    Content {
        heading: subject.clone(),
        subject,
        preview: paragraphs.first().cloned().unwrap_or_default(),
        paragraphs,
        action: action.to_owned(),
        closing: closing.to_owned(),
    }
}
