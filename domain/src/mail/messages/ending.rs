//! What the mails say when an organization or an account is paused, deleted or brought back.

use super::Content;
use crate::mail::ending::{Ending, Organization};

fn content(subject: String, paragraphs: Vec<String>, action: &str, closing: &str) -> Content {
    Content {
        preview: paragraphs.first().cloned().unwrap_or_default(),
        heading: subject.clone(),
        subject,
        paragraphs,
        action: action.to_owned(),
        closing: closing.to_owned(),
    }
}

pub(super) fn english(ending: &Ending, organization: &Organization) -> Content {
    let name = &organization.name;
    let until = organization.until.as_deref().unwrap_or_default();
    match ending {
        Ending::TenantDeactivated { .. } => content(
            format!("{name} is paused"),
            vec![
                format!(
                    "The organization {name} was paused. Everything in it stays as it is, and nobody can change it."
                ),
                "Only owners get in until one of them takes it up again.".to_owned(),
            ],
            "Take it up again",
            "You get this mail because you own the organization.",
        ),
        Ending::TenantDeletionScheduled { .. } => content(
            format!("{name} was deleted"),
            vec![
                format!("The organization {name} was deleted. Its people have lost access to it."),
                format!(
                    "Until {until} every owner can restore it, with everything in it. After that nobody can: projects, tasks, \
                     people and roles are gone, and its address is free for others."
                ),
            ],
            "Restore it",
            "You get this mail because you own the organization. If this is what you want, there is nothing to do.",
        ),
        Ending::TenantSuspended { .. } => content(
            format!("{name} is suspended"),
            vec![
                format!(
                    "We have suspended the organization {name}. Its people can read everything in it, and change nothing."
                ),
                format!("The reason: {}", organization.reason.as_deref().unwrap_or_default()),
                "Nothing is deleted. If you think that this is a mistake, write to our support.".to_owned(),
            ],
            "Open it",
            "You get this mail because you own the organization.",
        ),
        Ending::TenantReinstated { .. } => content(
            format!("{name} is no longer suspended"),
            vec![format!(
                "The organization {name} is what it was before. Its people can work in it again, unless its owners had paused it."
            )],
            "Open it",
            "You get this mail because you own the organization.",
        ),
        Ending::AccountDeleted {
            name, organizations, ..
        } => account_deleted(name, organizations),
        Ending::TenantRestored { .. } => content(
            format!("{name} is back"),
            vec![format!(
                "The organization {name} was restored before its end. Everything in it is as it was, and its people have \
                 access again."
            )],
            "Open it",
            "You get this mail because you own the organization.",
        ),
    }
}

fn account_deleted(name: &str, organizations: &[String]) -> Content {
    let mut paragraphs = vec![
        format!("{name}, your account is deleted, as was asked for by somebody who was signed in to it."),
        "Your name, address, password and devices are removed. What you did in organizations of others stays theirs, \
         without your name."
            .to_owned(),
    ];
    if !organizations.is_empty() {
        paragraphs.push(format!(
            "These organizations had nobody but you and are deleted with it: {}.",
            organizations.join(", ")
        ));
    }
    content(
        "Your account is deleted".to_owned(),
        paragraphs,
        "Start again",
        "This is the last mail to this address. It is free for a new account.",
    )
}
