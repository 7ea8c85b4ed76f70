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
                "Nothing is changed by looking. You see every page that is looked at, and can end the visit at any moment.".to_owned(),
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
