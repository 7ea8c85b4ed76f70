//! Becoming staff, and deciding who is.

use contract::staff::StaffRole;

#[derive(Debug)]
pub struct Staff {
    pub prove_again: &'static str,
    pub prove_action: &'static str,
    pub address: &'static str,
    pub role: &'static str,
    pub role_hint: fn(StaffRole) -> &'static str,
    pub invited_by: &'static str,
    pub until: &'static str,
    pub expired: &'static str,
    pub actions: &'static str,
    pub invitations: &'static str,
    pub resend: &'static str,
    pub take_back: &'static str,
    pub invite: &'static str,
    pub invite_button: &'static str,
    pub domains: fn(&str) -> String,
    pub no_domains: &'static str,
    pub change_role: &'static str,
    pub change_role_text: &'static str,
    pub change_role_button: &'static str,
    pub end: &'static str,
    pub end_text: &'static str,
    pub end_button: fn(&str) -> String,
    pub accept: Accept,
}

/// What the link of an invitation opens.
#[derive(Debug)]
pub struct Accept {
    pub title: &'static str,
    /// Who invites, and as what.
    pub text: fn(&str, StaffRole) -> String,
    pub new_text: &'static str,
    pub new_button: &'static str,
    pub signed_out_text: &'static str,
    pub sign_in: &'static str,
    pub ready_text: fn(&str) -> String,
    pub ready_button: &'static str,
    pub other_title: &'static str,
    pub other_text: fn(&str, &str) -> String,
    pub switch: &'static str,
    pub customer_title: &'static str,
    pub customer_text: fn(&str) -> String,
    pub customer_action: &'static str,
    pub already_title: &'static str,
    pub already_text: &'static str,
    pub already_action: &'static str,
    pub over_title: &'static str,
    pub over_text: &'static str,
    pub wait_title: &'static str,
    pub home: &'static str,
}

pub const ENGLISH: Staff = Staff {
    prove_again: "Changes here need a second factor of the last 15 minutes.",
    prove_action: "Prove it now",
    address: "E-mail address",
    role: "Role",
    role_hint: english_hint,
    invited_by: "Invited by",
    until: "Open until",
    expired: "Expired",
    actions: "Actions",
    invitations: "Open invitations",
    resend: "Send again",
    take_back: "Take back",
    invite: "Invite to the staff",
    invite_button: "Send invitation",
    domains: |domains| format!("Of {domains}. The link in the mail works once, for seven days."),
    no_domains: "Nobody can be invited: set PLINTH_STAFF_DOMAINS to the domains that staff come from, and start the server again.",
    change_role: "Role",
    change_role_text: "It holds from their next click on, and is written down.",
    change_role_button: "Save role",
    end: "End",
    end_text: "Their place on the staff ends, and they are signed out everywhere at once. The account stays, as anybody's.",
    end_button: |name| format!("End {name}"),
    accept: Accept {
        title: "Join the staff of Plinth",
        text: |inviter, role| format!("{inviter} invites you, as {}.", english_as(role)),
        new_text: "Choose a password. Right after that you set up a second factor, without which nothing opens.",
        new_button: "Join the staff",
        signed_out_text: "There is an account with this address. Sign in with it first, then come back to accept.",
        sign_in: "Sign in",
        ready_text: |email| {
            format!(
                "You are signed in as {email}. The account becomes one of the staff: it can then belong to no organization."
            )
        },
        ready_button: "Join the staff",
        other_title: "This invitation is for somebody else",
        other_text: |invited, own| format!("It is for {invited}, and you are signed in as {own}."),
        switch: "Sign out and go on",
        customer_title: "This account belongs to an organization",
        customer_text: |email| {
            format!(
                "Staff belong to no organization, and {email} does. Leave or delete your organizations and open the link again, or \
             ask for an invitation to another address."
            )
        },
        customer_action: "See your organizations",
        already_title: "You are staff already",
        already_text: "There is nothing to accept.",
        already_action: "Go on",
        over_title: "This invitation is over",
        over_text: "Its link was used, replaced or taken back, or is older than seven days. Ask who invited you for another one.",
        wait_title: "Too many attempts",
        home: "Go to the start page",
    },
};

fn english_hint(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Superadmin => "Everything, and decides who is staff.",
        StaffRole::Support => "Finds customers, sees everything about them, helps and visits.",
        StaffRole::Billing => "Sees to plans, payments and what differs.",
        StaffRole::Auditor => "Reads everything and changes nothing.",
    }
}

fn english_as(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Superadmin => "superadmin",
        StaffRole::Support => "support",
        StaffRole::Billing => "billing",
        StaffRole::Auditor => "auditor",
    }
}
