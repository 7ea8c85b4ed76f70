//! What mails say, for each language.

mod arrival;
mod bill;
mod ending;
mod second_factor;
mod staff;
mod standing;
mod support;
mod visit;

use contract::{preferences::Locale, staff::StaffRole};

use super::{
    Mail,
    arrival::{Arrival, Facts},
    bill::Account,
    ending::{Ending, Organization},
    standing::Place,
    support::{Facts as SupportFacts, SupportNews},
    visit::{Facts as VisitFacts, VisitNews},
};
use crate::billing::notice::Notice;

/// The words of one mail. It has one action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Content {
    pub subject: String,
    pub preview: String,
    pub heading: String,
    pub paragraphs: Vec<String>,
    pub action: String,
    pub closing: String,
}

pub(super) const PRODUCT: &str = "Plinth";

pub(super) fn footer(locale: Locale) -> &'static str {
    match locale {
        Locale::English => "You get this mail because of your account at Plinth.",
    }
}

/// For an address that may have no account.
pub(super) fn footer_for_strangers(locale: Locale) -> &'static str {
    match locale {
        Locale::English => "You get this mail because somebody invited this address to their organization at Plinth.",
    }
}

/// For who is invited to the staff.
pub(super) fn footer_for_staff(locale: Locale) -> &'static str {
    match locale {
        Locale::English => "You get this mail because somebody invited this address to the staff of Plinth.",
    }
}

pub(super) fn staff_invitation(locale: Locale, inviter: &str, role: StaffRole, until: &str) -> Content {
    match locale {
        Locale::English => staff::english(inviter, role, until),
    }
}

pub(super) fn arrival(locale: Locale, news: Arrival, facts: &Facts) -> Content {
    match locale {
        Locale::English => arrival::english(news, facts),
    }
}

pub(super) fn ending(locale: Locale, ending: &Ending, organization: &Organization) -> Content {
    match locale {
        Locale::English => ending::english(ending, organization),
    }
}

pub(super) fn visit(locale: Locale, news: VisitNews, facts: &VisitFacts) -> Content {
    match locale {
        Locale::English => visit::english(news, facts),
    }
}

pub(super) fn support(locale: Locale, news: SupportNews, facts: &SupportFacts) -> Content {
    match locale {
        Locale::English => support::english(news, facts),
    }
}

pub(super) fn bill(locale: Locale, notice: Notice, account: &Account) -> Content {
    match locale {
        Locale::English => bill::english(notice, account),
    }
}

/// `name` is that of somebody whose address is proven: nobody else is sent words that a stranger may have chosen.
pub(super) fn content(locale: Locale, name: Option<&str>, mail: &Mail, place: &Place) -> Content {
    match locale {
        Locale::English => english(name, mail, place),
    }
}

fn english(name: Option<&str>, mail: &Mail, place: &Place) -> Content {
    let not_you = "If this was not you, you can ignore this mail.";
    let (subject, paragraphs, action, closing): (_, Vec<String>, _, _) = match mail {
        Mail::Welcome { .. } => (
            "Welcome to Plinth",
            vec![
                "Your account is ready. Next, give your organization a name and start the first project.".to_owned(),
                "A separate mail brings the link that verifies your address.".to_owned(),
            ],
            "Set up your organization",
            "You can do this at any time.",
        ),
        Mail::VerifyEmail { .. } => (
            "Verify your e-mail address",
            vec!["One click proves that this address is yours.".to_owned()],
            "Verify address",
            "The link works once, for 24 hours. If you did not sign up, you can ignore this mail.",
        ),
        Mail::ResetPassword { .. } => (
            "Choose a new password",
            vec!["Somebody, hopefully you, asked for a new password for your account.".to_owned()],
            "Choose a new password",
            "The link works once, for 30 minutes. If it was not you, ignore this mail: your password stays as it is.",
        ),
        Mail::MagicLink { .. } => (
            "Your sign-in link",
            vec!["This link signs you in, without a password.".to_owned()],
            "Sign in",
            "The link works once, for 30 minutes. If you did not ask for it, you can ignore this mail.",
        ),
        Mail::AccountExists { .. } => (
            "You already have an account",
            vec![
                "Somebody, perhaps you, tried to sign up with your address. You have an account already, and nothing about it has changed.".to_owned(),
            ],
            "Sign in",
            not_you,
        ),
        Mail::NewSignIn { address, user_agent, .. } => (
            "New sign-in to your account",
            vec![
                "Your account was used on a device that it was not used on before.".to_owned(),
                match name {
                    Some(_) => format!("Device: {user_agent}. Address: {address}."),
                    None => format!("Address: {address}."),
                },
            ],
            "See your devices",
            "If this was not you, sign that device out and change your password.",
        ),
        Mail::PasswordChanged { .. } => (
            "Your password was changed",
            vec!["The password of your account was changed, and other devices were signed out.".to_owned()],
            "See your account",
            "If this was not you, choose a new password at once.",
        ),
        Mail::SecondFactor { news, .. } => return second_factor::english(*news),
        Mail::PasswordResetForced { .. } => (
            "Choose a new password",
            vec![
                "Your account may not have been yours alone. To protect it, we removed its password and signed every device out."
                    .to_owned(),
                "Choose a password that you use nowhere else. Nothing else about your account has changed.".to_owned(),
            ],
            "Choose a new password",
            "The link works once, for 30 minutes. Later, ask for another one with “Forgot your password?” at the sign-in.",
        ),
        Mail::SecondFactorCleared { .. } => return second_factor::cleared(),
        Mail::Standing { news, .. } => return standing::english(*news, place),
        Mail::Arrival { news, .. } => return arrival::english(*news, &Facts::default()),
        Mail::Ending(ending) => return ending::english(ending, &Organization::default()),
        Mail::StaffInvitation { .. } => return staff::english("", StaffRole::Auditor, ""),
        Mail::Bill(bill) => return bill::english(bill.notice, &Account::default()),
        Mail::Visit(visit) => return visit::english(visit.news, &VisitFacts::default()),
        Mail::Support(support) => return support::english(support.news, &SupportFacts::default()),
    };
    let heading = match (mail, name) {
        (Mail::Welcome { .. }, Some(name)) => format!("Welcome, {name}"),
        (Mail::Welcome { .. }, None) => "Welcome".to_owned(),
        _ => subject.to_owned(),
    };
    Content {
        subject: subject.to_owned(),
        preview: paragraphs.first().cloned().unwrap_or_default(),
        heading,
        paragraphs,
        action: action.to_owned(),
        closing: closing.to_owned(),
    }
}
