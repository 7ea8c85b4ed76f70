//! Organizations and people as the platform's staff see them, and how the house is doing.

mod overview;
mod tenants;
mod users;

pub use overview::Overview;
pub use tenants::Tenants;
pub use users::Users;

#[derive(Debug)]
pub struct Customers {
    pub search: &'static str,
    pub any: &'static str,
    pub apply: &'static str,
    pub clear: &'static str,
    pub cancel: &'static str,
    pub no_match_title: &'static str,
    pub pages: &'static str,
    pub newest: &'static str,
    pub older: &'static str,
    pub reason: &'static str,
    /// What is counted, by its key.
    pub policy: fn(&str) -> String,
    pub attempts: fn(u32) -> String,
    pub waits_until: fn(&str) -> String,
    pub let_in: &'static str,
    pub overview: Overview,
    pub tenants: Tenants,
    pub users: Users,
}

pub const ENGLISH: Customers = Customers {
    search: "Search",
    any: "Any",
    apply: "Apply",
    clear: "Clear the filters",
    cancel: "Cancel",
    no_match_title: "Nothing found",
    pages: "Pages of the list",
    newest: "Newest",
    older: "Older",
    reason: "Reason",
    policy: english_policy,
    attempts: |attempts| match attempts {
        1 => "1 attempt counted".to_owned(),
        attempts => format!("{attempts} attempts counted"),
    },
    waits_until: |until| format!("Has to wait until {until}"),
    let_in: "Let in",
    overview: overview::ENGLISH,
    tenants: tenants::ENGLISH,
    users: users::ENGLISH,
};

fn english_policy(key: &str) -> String {
    match key {
        "sign_in_by_account" => "Signing in",
        "sign_in_by_address" => "Signing in from one address",
        "sign_up_by_address" => "Signing up from one address",
        "second_factor_by_person" => "Codes of the second factor",
        "passkey_by_address" => "Passkeys asked for from one address",
        "mailed_link_by_account" => "Links sent by mail",
        "mailed_link_by_address" => "Links asked for from one address",
        "redeem_by_address" => "Mailed links tried from one address",
        "invitation_code_by_address" => "Invitations tried from one address",
        "invitation_by_recipient" => "Invitations to this address",
        "organization_by_person" => "Making organizations",
        "slug_check_by_person" => "Looking for a free address",
        "invitation_by_organization" => "Inviting people",
        "billing_by_organization" => "Paying and changing the plan",
        "billing_look_by_organization" => "Opening bills and invoices",
        "slug_by_organization" => "Changing the address",
        other => return other.replace('_', " "),
    }
    .to_owned()
}
