//! What the mails about bills say.

use super::Content;
use crate::{billing::notice::Notice, mail::bill::Account};

const CLOSING: &str = "You get this mail because you can manage the bills of the organization.";
const NOTHING_LOST: &str =
    "Nothing is deleted: everything can be read and taken away, and works again as soon as it is paid.";

pub(super) fn english(notice: Notice, account: &Account) -> Content {
    let Account {
        organization,
        plan,
        until,
        ..
    } = account;
    let deadline = until.as_deref();
    let until = deadline.unwrap_or("the end of its period");
    let (subject, paragraphs, action) = match notice {
        Notice::TrialEnding3 | Notice::TrialEnding1 => trial_ending(notice, organization, until),
        Notice::TrialEnded => (
            format!("The trial of {organization} is over"),
            vec![
                format!("{organization} can be read from now on, and not changed until a plan is chosen."),
                NOTHING_LOST.to_owned(),
            ],
            "Choose a plan",
        ),
        Notice::PaymentFailed | Notice::PaymentFailed2 | Notice::PaymentFailed7 => {
            payment_failed(notice, organization, plan, deadline)
        }
        Notice::Restricted => (
            format!("{organization} can only be read now"),
            vec![
                format!("The payment for {plan} still could not be taken, and the days of grace are over."),
                NOTHING_LOST.to_owned(),
            ],
            "Pay now",
        ),
        Notice::Recovered => (
            format!("{organization} is paid for again"),
            vec![format!(
                "What was owed for {plan} is paid. Everything works as before; there is nothing left to do."
            )],
            "See your bills",
        ),
        Notice::Canceled => (
            format!("{plan} ends on {until}"),
            vec![
                format!("The subscription of {organization} was canceled. Everything works until {until}."),
                "Until then it can be taken back with one click. Nothing is deleted afterwards.".to_owned(),
            ],
            "See your bills",
        ),
        Notice::Ended => (
            format!("The subscription of {organization} has ended"),
            vec![
                format!("{organization} can be read from now on, and not changed until a plan is chosen again."),
                NOTHING_LOST.to_owned(),
            ],
            "Choose a plan",
        ),
    };
    Content {
        preview: paragraphs.first().cloned().unwrap_or_default(),
        heading: subject.clone(),
        subject,
        paragraphs,
        action: action.to_owned(),
        closing: CLOSING.to_owned(),
    }
}

type Words = (String, Vec<String>, &'static str);

fn trial_ending(notice: Notice, organization: &str, until: &str) -> Words {
    let subject = if notice == Notice::TrialEnding1 {
        format!("The trial of {organization} ends within a day")
    } else {
        format!("The trial of {organization} ends on {until}")
    };
    let paragraphs = vec![
        format!("To go on working in {organization} after {until}, choose a plan."),
        "Without one it can still be read, and nothing in it is deleted.".to_owned(),
    ];
    (subject, paragraphs, "Choose a plan")
}

/// `deadline` is the end of the days of grace; without one they are over.
fn payment_failed(notice: Notice, organization: &str, plan: &str, deadline: Option<&str>) -> Words {
    let subject = match notice {
        Notice::PaymentFailed2 => format!("Reminder: the payment for {organization} has not gone through"),
        Notice::PaymentFailed7 => format!("Last reminder: the payment for {organization} has not gone through"),
        _ => format!("The payment for {organization} has not gone through"),
    };
    let paragraphs = vec![
        format!("The renewal of {plan} could not be charged. Usually the card has run out or the bank said no."),
        match deadline {
            Some(deadline) => format!(
                "Everything keeps working until {deadline}. After that {organization} can be read, and not changed, until it \
                 is paid."
            ),
            None => format!("{organization} can be read, and not changed, until it is paid. Nothing is deleted."),
        },
        "It is tried again by itself for some days. A new card is charged at once.".to_owned(),
    ];
    (subject, paragraphs, "Change the card")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_not_paid_is_told_until_when_everything_works() {
        let said = |notice, until: Option<&str>| {
            let mut account = Account::default();
            account.organization = "Acme".to_owned();
            account.until = until.map(str::to_owned);
            english(notice, &account).paragraphs.concat()
        };
        for notice in [Notice::PaymentFailed, Notice::PaymentFailed2, Notice::PaymentFailed7] {
            let in_grace = said(notice, Some("13 May 2026"));
            assert!(in_grace.contains("keeps working until 13 May 2026"), "{in_grace}");
            let after = said(notice, None);
            assert!(after.contains("Acme can be read, and not changed"), "{after}");
            assert!(!after.contains("until the end"), "{after}");
        }
    }
}
