//! What is wrong, and what to do about it.

use contract::{Error, FieldCode, billing::Feature, error::Limit};

#[derive(Debug)]
pub struct Errors {
    pub summary_title: &'static str,
    pub not_found_title: &'static str,
    pub not_found_text: &'static str,
    pub forbidden_title: &'static str,
    pub forbidden_text: &'static str,
    pub forbidden_staff_text: &'static str,
    pub not_in_visit_text: &'static str,
    pub failed_title: &'static str,
    pub failed_text: &'static str,
    pub unavailable_title: &'static str,
    pub unavailable_text: &'static str,
    pub too_large_title: &'static str,
    pub too_large_text: &'static str,
    pub maintenance_title: &'static str,
    pub maintenance_text: &'static str,
    pub home: &'static str,
    /// Under what went wrong on our side: the name of the request in the log.
    pub reference: fn(&str) -> String,
    pub try_again: &'static str,
    pub sign_in_again: &'static str,
    pub field: fn(FieldCode) -> String,
    pub whole: fn(&Error) -> String,
}

impl Errors {
    pub fn field(&self, code: FieldCode) -> String {
        (self.field)(code)
    }

    pub fn whole(&self, error: &Error) -> String {
        (self.whole)(error)
    }
}

pub const ENGLISH: Errors = Errors {
    summary_title: "Please check this:",
    not_found_title: "There is nothing here",
    not_found_text: "The address may be mistyped, or what was here has moved or been deleted.",
    forbidden_title: "Your role does not include this",
    forbidden_text: "Ask an owner or admin of the organization to give you access.",
    forbidden_staff_text: "Ask a superadmin for a role that includes it.",
    not_in_visit_text: "This is not done by staff who are in an organization. Nothing was changed.",
    failed_title: "Something went wrong on our side",
    failed_text: "Nothing you entered is lost on purpose: go back and try again in a moment.",
    unavailable_title: "We will be right back",
    unavailable_text: "A part of the service does not answer at the moment. Try again in a minute.",
    too_large_title: "This is too much at once",
    too_large_text: "What you sent is larger than we take. Go back, leave something out and try again.",
    maintenance_title: "Closed for maintenance",
    maintenance_text: "This is closed for a while. Nothing of yours is lost; try again later.",
    home: "Go to the start page",
    reference: |id| format!("Request {id}"),
    try_again: "Try again",
    sign_in_again: "Sign in again",
    field: english_field,
    whole: english_whole,
};

fn english_field(code: FieldCode) -> String {
    match code {
        FieldCode::Required => "This is needed.".to_owned(),
        FieldCode::TooShort { min } => format!("Use at least {min} characters."),
        FieldCode::TooLong { max } => format!("Use at most {max} characters."),
        FieldCode::TooMany { max } => format!("Tick at most {max} of these."),
        FieldCode::Malformed => "This does not look right. Check it for typing errors.".to_owned(),
        FieldCode::Taken => "This is already taken. Choose another.".to_owned(),
        FieldCode::Reserved => "This word is reserved. Choose another.".to_owned(),
        FieldCode::Guessable => "This is too easy to guess. Use more words, or less common ones.".to_owned(),
        FieldCode::WrongCredentials => "E-mail address and password do not match.".to_owned(),
        FieldCode::WrongCode => "This code is not right, or was used already. Wait for the next one.".to_owned(),
        FieldCode::WrongPasskey => {
            "The passkey was not accepted. It may have been removed here, or it took longer than five minutes. Try again, or come in another way."
                .to_owned()
        }
        FieldCode::NoMorePasskeys { max } => {
            format!("You have {max} passkeys, and there can be no more. Remove one that you no longer use.")
        }
        FieldCode::LastFactor => "Staff keep a second factor. Set another one up before you remove this one.".to_owned(),
        FieldCode::FactorRequired => {
            "An organization you belong to requires two-step sign-in. Set another second step up before you remove this one."
                .to_owned()
        }
        FieldCode::LinkExpired => "This link has been used or is too old. Ask for a new one.".to_owned(),
        FieldCode::Mismatch => "This is not what was asked for. Type it exactly as shown.".to_owned(),
        FieldCode::NotAMember => "This person is not a member of the organization.".to_owned(),
        FieldCode::AlreadyAMember => "This person is in the organization already.".to_owned(),
        FieldCode::AboveOwnRights => "This has rights that you do not have yourself.".to_owned(),
        FieldCode::Fixed => "This is the same in every organization and cannot be changed.".to_owned(),
        FieldCode::NotAGuest => "Only guests are given single projects. Add members to a workspace instead.".to_owned(),
        FieldCode::NoAccess => "This person cannot see the project. Give them access to it first.".to_owned(),
        FieldCode::NotOfTheHouse => {
            "Staff come from the domains of PLINTH_STAFF_DOMAINS, and this address is in none of them.".to_owned()
        }
        FieldCode::Begun => "It has begun, and keeps its beginning.".to_owned(),
        FieldCode::TooBig { megabytes } => format!("This file is too big: take one of up to {megabytes} MB."),
        FieldCode::TooWide { pixels } => {
            format!("This picture is too large: take one of up to {pixels} pixels on each side.")
        }
        FieldCode::OwnAddress => "This is where you come from yourself.".to_owned(),
        FieldCode::NotAPicture => "This is no picture that we can show. Take a PNG, JPEG or WebP.".to_owned(),
        FieldCode::NotForGuests => "Guests cannot have this: it would show them the whole organization.".to_owned(),
    }
}

fn english_whole(error: &Error) -> String {
    match error {
        Error::Unauthenticated => "You have been signed out. Sign in and try again.".to_owned(),
        Error::Forbidden => "Your role does not include this.".to_owned(),
        Error::EmailUnverified => "Verify your e-mail address first.".to_owned(),
        Error::NotFound => "This no longer exists.".to_owned(),
        Error::Invalid(_) => "Please check what you entered.".to_owned(),
        Error::LimitReached { limit, allowed, .. } => english_limit(*limit, *allowed),
        Error::PlanFeature { feature } => english_feature(*feature).to_owned(),
        Error::PaymentRequired { .. } => {
            "The organization is not paid for at the moment: everything can be read, and nothing changed.".to_owned()
        }
        Error::PausedByPlan { .. } => {
            "This is more than the plan includes, so it can be read and not changed until the plan has room for it."
                .to_owned()
        }
        Error::PaymentProviderUnavailable => {
            "The payment provider does not answer at the moment. Nothing was changed; try again in a minute.".to_owned()
        }
        Error::PaymentDeclined => "The payment was declined, and nothing was changed.".to_owned(),
        Error::LastOwner => {
            "Every organization keeps an owner, and there is no other. Make somebody else an owner first.".to_owned()
        }
        Error::LastSuperadmin => {
            "Somebody has to run the platform, and there is no other superadmin. Make somebody else one first.".to_owned()
        }
        Error::RecentSignInRequired => {
            "You signed in a while ago. Sign in once more and come back within 15 minutes.".to_owned()
        }
        Error::SecondFactorRequired => "Prove your second factor first, then try again.".to_owned(),
        Error::NotForStaff => {
            "Staff accounts belong to no organization, and end only by a superadmin. Use another account for one of your own.".to_owned()
        }
        Error::NotInVisit => "This is not done by staff who are in an organization. Nothing was changed.".to_owned(),
        Error::TenantInactive => "The organization is not active, so nothing in it can be changed.".to_owned(),
        Error::Conflict => "Somebody changed this in the meantime. Load the page again.".to_owned(),
        Error::Throttled { retry_after_seconds } => {
            format!(
                "Too many attempts. Try again in {}.",
                english_duration(*retry_after_seconds)
            )
        }
        Error::Maintenance { .. } => {
            "This is under maintenance, so nothing can be changed at the moment. Nothing was changed; try again later."
                .to_owned()
        }
        Error::RegistrationClosed => "New accounts are by invitation only at the moment.".to_owned(),
        Error::Internal => "Something went wrong on our side. Try again in a moment.".to_owned(),
        Error::Unavailable => "The service does not answer at the moment. Try again in a minute.".to_owned(),
    }
}

fn english_feature(feature: Feature) -> &'static str {
    match feature {
        Feature::AuditExport => "Your plan does not include taking the audit log away as a file.",
    }
}

fn english_limit(limit: Limit, allowed: u32) -> String {
    match limit {
        Limit::Projects => format!(
            "Your plan includes {allowed} projects, and all of them are in use. Delete one you no longer need to make room."
        ),
        Limit::Members => format!(
            "Your plan includes {allowed} members, and open invitations count. Take one back or remove somebody to make room."
        ),
        Limit::Guests => format!(
            "Your plan includes {allowed} guests, and open invitations count. Take one back or remove somebody to make room."
        ),
        Limit::Roles => {
            format!("An organization has up to {allowed} roles of its own. Delete one you no longer need to make room.")
        }
        Limit::Workspaces => {
            format!("An organization has at most {allowed} workspaces. Delete one you no longer need to make room.")
        }
    }
}

pub(super) fn english_duration(seconds: u32) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        91..=5400 => format!("{} minutes", seconds.div_ceil(60)),
        _ => format!("{} hours", seconds.div_ceil(3600)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_throttle_says_when_to_come_back() {
        for (retry_after_seconds, duration) in [(60, "60 seconds"), (125, "3 minutes"), (82_801, "24 hours")] {
            let text = english_whole(&Error::Throttled { retry_after_seconds });
            assert!(text.contains(duration), "{text}");
        }
    }
}
