//! Accounts: the list of all, and the page of one.

use contract::customers::{AccountStatus, Factors};

#[derive(Debug)]
pub struct Users {
    pub title: &'static str,
    pub description: &'static str,
    pub search_placeholder: &'static str,
    pub no_match_text: &'static str,
    pub column_name: &'static str,
    pub column_status: &'static str,
    pub column_since: &'static str,
    pub column_organization: &'static str,
    pub column_role: &'static str,
    pub column_joined: &'static str,
    pub status: fn(AccountStatus) -> &'static str,
    pub staff_badge: fn(&str) -> String,
    pub organizations: &'static str,
    pub no_organizations: &'static str,
    pub account: &'static str,
    pub verified: &'static str,
    pub not_verified: &'static str,
    pub password: &'static str,
    pub has_password: &'static str,
    pub no_password: &'static str,
    pub second_factor: &'static str,
    pub second_factors: fn(Factors) -> String,
    pub id: &'static str,
    pub sessions: &'static str,
    pub no_sessions: &'static str,
    /// Address, begun, last seen.
    pub session_facts: fn(&str, &str, &str) -> String,
    pub end: &'static str,
    pub end_all: &'static str,
    pub lockouts: &'static str,
    pub lockouts_text: &'static str,
    pub no_lockouts: &'static str,
    pub lift: &'static str,
    pub suspended_title: fn(&str, &str) -> String,
    pub suspend: &'static str,
    pub suspend_question: fn(&str) -> String,
    pub suspend_text: &'static str,
    pub reason_hint: &'static str,
    pub reinstate: &'static str,
    pub reinstate_question: fn(&str) -> String,
    pub reinstate_text: &'static str,
    pub reset: &'static str,
    pub reset_question: fn(&str) -> String,
    pub reset_text: fn(&str) -> String,
    pub clear: Clear,
}

/// Before what guards an account is taken away.
#[derive(Debug)]
pub struct Clear {
    pub button: &'static str,
    pub question: fn(&str) -> String,
    pub description: &'static str,
    pub care_title: &'static str,
    pub care_text: &'static str,
    pub goes_title: &'static str,
    /// What guards it, whether there is a password, and how many devices are signed in.
    pub goes: fn(Factors, bool, usize) -> Vec<String>,
    pub afterwards: fn(&str) -> String,
    pub reason_hint: &'static str,
    pub nothing_title: &'static str,
    pub nothing_text: &'static str,
    pub of_staff_title: &'static str,
    pub of_staff_text: &'static str,
    pub back: fn(&str) -> String,
}

pub const ENGLISH: Users = Users {
    title: "Users",
    description: "Every account, the newest first.",
    search_placeholder: "Start of the e-mail address, name or id",
    no_match_text: "Nobody is like this. An e-mail address is found by how it begins, a name by any part of it.",
    column_name: "Person",
    column_status: "Status",
    column_since: "Since",
    column_organization: "Organization",
    column_role: "Role",
    column_joined: "Joined",
    status: |status| match status {
        AccountStatus::Active => "Active",
        AccountStatus::Suspended => "Suspended",
        AccountStatus::Deactivated => "Paused",
    },
    staff_badge: |role| format!("Staff: {role}"),
    organizations: "Organizations",
    no_organizations: "They belong to no organization.",
    account: "Account",
    verified: "Address proven",
    not_verified: "Not proven",
    password: "Password",
    has_password: "Set",
    no_password: "None: they sign in by mailed links",
    second_factor: "Second factor",
    second_factors: |factors| match english_factors(factors) {
        parts if parts.is_empty() => "None".to_owned(),
        parts => english_capital(&parts.join(", ")),
    },
    id: "Id",
    sessions: "Signed in",
    no_sessions: "They are signed in nowhere.",
    session_facts: |address, since, seen| format!("{address}, since {since}, last seen {seen}"),
    end: "Sign out",
    end_all: "Sign out everywhere",
    lockouts: "Attempts",
    lockouts_text: "What is counted of this person. Beyond the free attempts each further one makes the wait longer.",
    no_lockouts: "Nothing is counted: they can sign in at once.",
    lift: "Let in at once",
    suspended_title: |by, at| format!("Suspended by {by} on {at}"),
    suspend: "Suspend",
    suspend_question: |name| format!("Suspend {name}?"),
    suspend_text: "Every device is signed out, and they cannot sign in again, to any organization. What they made stays.",
    reason_hint: "At least ten characters. Only staff read it.",
    reinstate: "Restore",
    reinstate_question: |name| format!("Restore {name}?"),
    reinstate_text: "They can sign in again, with the password that they had.",
    reset: "Force a new password",
    reset_question: |name| format!("Make {name} choose a new password?"),
    reset_text: |email| {
        format!("Their password stops working, every device is signed out, and a mail to {email} leads to a new one.")
    },
    clear: Clear {
        button: "Clear the second factor",
        question: |name| format!("Clear the second factor of {name}?"),
        description: "For who has lost the phone, the passkeys and the recovery codes.",
        care_title: "Make sure that it is them",
        care_text: "Whoever wants into somebody else’s account asks for this as well. Answer to the address of the account, call back \
                    on a number that was known before, or ask an owner of their organization.",
        goes_title: "What goes",
        goes: |factors, has_password, devices| {
            let mut goes: Vec<_> = english_factors(factors)
                .iter()
                .map(|part| english_capital(part))
                .collect();
            if has_password {
                goes.push("The password".to_owned());
            }
            goes.push(match devices {
                0 => "Links that lead in".to_owned(),
                1 => "The session of one device, and links that lead in".to_owned(),
                devices => format!("The sessions of {devices} devices, and links that lead in"),
            });
            goes
        },
        afterwards: |email| {
            format!(
                "A mail to {email} says what was done and leads to a new password: from then on that mailbox is the proof of who they \
                 are. Organizations that require two-step sign-in ask them to set it up again, and read in their audit log that it \
                 was cleared."
            )
        },
        reason_hint: "How you made sure that it is them. At least ten characters. Only staff read it.",
        nothing_title: "There is nothing to clear",
        nothing_text: "They sign in without a second factor. If they do not get in, look at their attempts, or force a new password.",
        of_staff_title: "Not of somebody of the staff",
        of_staff_text: "A superadmin ends their place on the staff first. The account is then like any other: clear its second factor, \
                        and invite them again.",
        back: |name| format!("Back to {name}"),
    },
};

/// Codes guard nothing by themselves.
fn english_factors(factors: Factors) -> Vec<String> {
    let codes = if factors.guard() { factors.codes } else { 0 };
    [
        factors.app.then(|| "the authenticator app".to_owned()),
        english_count(factors.passkeys, "one passkey", "passkeys"),
        english_count(codes, "one recovery code", "recovery codes"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn english_count(count: u32, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(one.to_owned()),
        count => Some(format!("{count} {many}")),
    }
}

fn english_capital(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
