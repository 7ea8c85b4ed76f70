//! What the mails about support sessions say.

use super::{Content, PRODUCT};
use crate::mail::support::{Facts, SupportNews};

const CLOSING: &str = "You get this mail because you may let support into the organization. The page behind the button also says \
                       why it wants in.";

pub(super) fn english(news: SupportNews, facts: &Facts) -> Content {
    let Facts {
        organization,
        operator,
        may_write,
        hours,
        answer_by,
        entered,
        until,
        ..
    } = facts;
    let mode = if *may_write {
        "look and change something"
    } else {
        "look and change nothing"
    };
    let hours = match hours {
        1 => "an hour".to_owned(),
        hours => format!("{hours} hours"),
    };
    let (subject, paragraphs, action) = match news {
        SupportNews::Asked => (
            format!("Support asks to be let into {organization}"),
            vec![
                format!("{operator} of {PRODUCT} would like to come into {organization} for {hours}, to {mode}."),
                format!(
                    "Nobody comes in unless one of you says so. Without an answer until {answer_by}, the question goes away."
                ),
            ],
            "Answer",
        ),
        SupportNews::Entered => (
            format!("Support is in {organization}"),
            vec![
                format!("{operator} of {PRODUCT} came in on {entered} and can {mode}, until {until} at the latest."),
                "You see every page that is looked at, and can end it at any moment.".to_owned(),
            ],
            "See the session",
        ),
        SupportNews::Left => (
            format!("Support is no longer in {organization}"),
            vec![format!("{operator} of {PRODUCT} was let in from {entered} to {until}.")],
            "See what was looked at",
        ),
    };
    Content {
        heading: subject.clone(),
        subject,
        preview: paragraphs.first().cloned().unwrap_or_default(),
        paragraphs,
        action: action.to_owned(),
        closing: CLOSING.to_owned(),
    }
}
