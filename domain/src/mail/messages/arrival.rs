//! What the mails say from inviting to having arrived.

use contract::iam::MemberType;

use super::Content;
use crate::mail::arrival::{Arrival, Facts, Obstacle};

pub(super) fn english(news: Arrival, facts: &Facts) -> Content {
    match news {
        Arrival::Invitation { .. } => invitation(facts),
        Arrival::Joined { .. } => joined(facts),
        Arrival::Asked { obstacle, .. } => asked(facts, obstacle),
    }
}

fn invitation(facts: &Facts) -> Content {
    let Facts {
        organization,
        who,
        role,
        ..
    } = facts;
    let offer = match facts.member_type {
        MemberType::Member => format!("{who} invites you to work in {organization} at Plinth, with the role {role}."),
        MemberType::Guest => format!("{who} invites you to {organization} at Plinth as a guest, with the role {role}."),
    };
    content(
        format!("{who} invites you to {organization}"),
        vec![
            offer,
            "If you have no account yet, you make one on the way. It takes a minute.".to_owned(),
        ],
        "See the invitation",
        format!(
            "The invitation is for this address alone, until {}. If you do not know {who}, you can ignore this mail: nothing \
             happens unless you accept.",
            facts.until
        ),
    )
}

fn joined(facts: &Facts) -> Content {
    let Facts {
        organization,
        who,
        role,
        ..
    } = facts;
    let came = match facts.member_type {
        MemberType::Member => {
            format!("{who} has accepted your invitation and is in {organization} now, with the role {role}.")
        }
        MemberType::Guest => format!("{who} has accepted your invitation and is a guest of {organization} now."),
    };
    content(
        format!("{who} joined {organization}"),
        vec![came],
        "See the people",
        "You can change the role there at any time.".to_owned(),
    )
}

fn asked(facts: &Facts, obstacle: Obstacle) -> Content {
    let organization = &facts.organization;
    let who = facts.invited.as_str();
    let (why, what) = match obstacle {
        Obstacle::Expired => (
            format!("{who} would like to join {organization}, but the invitation has expired."),
            "Send the invitation again if you want them in. If not, you can take it back.",
        ),
        Obstacle::Full => (
            format!("{who} would like to join {organization}, but no seat is free."),
            "Take back an open invitation or remove somebody to make room. The invitation works again as soon as there is a seat.",
        ),
        Obstacle::Rights => (
            format!(
                "{who} would like to join {organization}, but who sent the invitation has left or may not give that role any more."
            ),
            "Send the invitation again if you want them in. It is yours then.",
        ),
        Obstacle::ReadOnly => (
            format!(
                "{who} would like to join {organization}, but nothing can be changed there as long as it is not paid for."
            ),
            "Choose a plan, or pay what is open, on the page of its bills. The invitation works again at once.",
        ),
    };
    content(
        format!("{who} asks to be let into {organization}"),
        vec![why, what.to_owned()],
        "See the invitations",
        "If you do not know the address, you can ignore this mail.".to_owned(),
    )
}

fn content(subject: String, paragraphs: Vec<String>, action: &str, closing: String) -> Content {
    Content {
        heading: subject.clone(),
        subject,
        preview: paragraphs.first().cloned().unwrap_or_default(),
        paragraphs,
        action: action.to_owned(),
        closing,
    }
}
