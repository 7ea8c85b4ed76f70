//! What the mails about visits of the staff say.

use super::{Content, PRODUCT};
use crate::mail::visit::{Facts, VisitNews};

const CLOSING: &str =
    "You get this mail because you own the organization. The page behind the button also says why it was visited.";
const CLOSING_OWN: &str =
    "You get this mail because it is your place that was looked from. The page behind the button also says why.";

pub(super) fn english(news: VisitNews, facts: &Facts) -> Content {
    let Facts {
        organization,
        operator,
        subject,
        began,
        until,
        minutes,
        own,
        elevated_until,
        ..
    } = facts;
    // To the member it is their own view, whatever their name.
    let seen = if *own {
        "as you see it".to_owned()
    } else {
        format!("as {subject} sees it")
    };
    let (subject, paragraphs, action) = match news {
        VisitNews::Begun => (
            format!("Support is looking at {organization}"),
            vec![
                format!("{operator} of {PRODUCT} sees {organization} {seen}, since {began} and until {until} at the latest."),
                "They look and change nothing. If they are to change something for some minutes, you get a mail of its own about it. \
                 You see every page that is looked at, and can end the visit at any moment.".to_owned(),
            ],
            "See the visit",
        ),
        VisitNews::Elevated => (
            format!("Support can change something in {organization}"),
            vec![
                format!(
                    "{operator} of {PRODUCT}, who sees {organization} {seen}, can change names, projects and tasks \
                     there until {}.",
                    elevated_until.as_deref().unwrap_or(until)
                ),
                "Never bills, roles, people, who sees what, keys, exports or credentials, and nothing is deleted. Everything that is \
                 changed stands in the audit log with both names. You can end the visit at any moment.".to_owned(),
            ],
            "See the visit",
        ),
        VisitNews::Ended => (
            format!("Support has left {organization}"),
            vec![
                format!("{operator} of {PRODUCT} saw {organization} {seen}, from {began} to {until}."),
                match minutes {
                    0 | 1 => "It took a minute at most.".to_owned(),
                    minutes => format!("It took {minutes} minutes."),
                },
                match elevated_until {
                    Some(until) => format!(
                        "For a part of it, until {until}, they could change names, projects and tasks. What they changed is told on \
                         the page behind the button."
                    ),
                    None => "Nothing could be changed in it.".to_owned(),
                },
            ],
            "See what was looked at",
        ),
    };
    Content {
        heading: subject.clone(),
        subject,
        preview: paragraphs.first().cloned().unwrap_or_default(),
        paragraphs,
        action: action.to_owned(),
        closing: (if *own { CLOSING_OWN } else { CLOSING }).to_owned(),
    }
}
