//! What the mail says to somebody who is invited to the staff.

use contract::staff::StaffRole;

use super::Content;

pub(super) fn english(inviter: &str, role: StaffRole, until: &str) -> Content {
    let role = match role {
        StaffRole::Superadmin => "who runs it",
        StaffRole::Support => "who helps customers",
        StaffRole::Billing => "who sees to plans and payments",
        StaffRole::Auditor => "who audits it",
    };
    let subject = format!("{inviter} invites you to the staff of Plinth");
    let paragraphs = vec![
        format!("{inviter} invites you to the staff of Plinth, as one {role}."),
        "You choose a password on the way, and then a second factor: have your phone with an authenticator app at hand."
            .to_owned(),
    ];
    Content {
        heading: subject.clone(),
        preview: paragraphs.first().cloned().unwrap_or_default(),
        subject,
        paragraphs,
        action: "Accept the invitation".to_owned(),
        closing: format!(
            "The link works once, until {until}. It is for you alone: do not pass it on. If you do not know {inviter}, tell \
             somebody of the staff."
        ),
    }
}
