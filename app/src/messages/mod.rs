//! Every word a person reads, typed: a language that lacks one does not compile.
//!
//! A surface has its struct of texts and, for each language, one constant of it. Texts with figures are functions.

pub mod account;
pub mod audit;
pub mod auth;
pub mod billing;
pub mod customers;
pub mod danger;
pub mod errors;
pub mod flags;
pub mod frame;
pub mod incidents;
pub mod invitation;
pub mod invite;
pub mod jobs;
pub mod maintenance;
pub mod notes;
pub mod notices;
pub mod org;
pub mod passkeys;
pub mod people;
pub mod plans;
pub mod platform;
pub mod platform_audit;
pub mod pricing;
pub mod projects;
pub mod purchase;
pub mod repair;
pub mod reports;
pub mod roles;
pub mod second_factor;
pub mod security;
pub mod site;
pub mod staff;
pub mod standing;
pub mod support;
pub mod visits;
pub mod webhooks;
pub mod workspaces;

use contract::preferences::Locale;
use leptos::prelude::use_context;

#[derive(Debug)]
pub struct Messages {
    pub account: account::Account,
    pub audit: audit::Audit,
    pub billing: billing::Billing,
    pub auth: auth::Auth,
    pub customers: customers::Customers,
    pub danger: danger::Danger,
    pub errors: errors::Errors,
    pub flags: flags::Flags,
    pub frame: frame::Frame,
    pub incidents: incidents::Incidents,
    pub invitation: invitation::Invitation,
    pub invite: invite::Invite,
    pub jobs: jobs::Jobs,
    pub maintenance: maintenance::Maintenance,
    pub notes: notes::Notes,
    pub notices: notices::Notices,
    pub org: org::Org,
    pub people: people::People,
    pub plans: plans::Plans,
    pub platform: platform::Platform,
    pub platform_audit: platform_audit::PlatformAudit,
    pub pricing: pricing::Pricing,
    pub projects: projects::Projects,
    pub purchase: purchase::Purchasing,
    pub repair: repair::Repair,
    pub reports: reports::Reports,
    pub roles: roles::Roles,
    pub passkeys: passkeys::Passkeys,
    pub second_factor: second_factor::SecondFactor,
    pub security: security::Security,
    pub site: site::Site,
    pub staff: staff::Staff,
    pub standing: standing::Standing,
    pub support: support::Support,
    pub visits: visits::Visits,
    pub webhooks: webhooks::Webhooks,
    pub workspaces: workspaces::Workspaces,
}

static ENGLISH: Messages = Messages {
    account: account::ENGLISH,
    audit: audit::ENGLISH,
    billing: billing::ENGLISH,
    auth: auth::ENGLISH,
    customers: customers::ENGLISH,
    danger: danger::ENGLISH,
    errors: errors::ENGLISH,
    flags: flags::ENGLISH,
    frame: frame::ENGLISH,
    incidents: incidents::ENGLISH,
    invitation: invitation::ENGLISH,
    invite: invite::ENGLISH,
    jobs: jobs::ENGLISH,
    maintenance: maintenance::ENGLISH,
    notes: notes::ENGLISH,
    notices: notices::ENGLISH,
    org: org::ENGLISH,
    people: people::ENGLISH,
    plans: plans::ENGLISH,
    platform: platform::ENGLISH,
    platform_audit: platform_audit::ENGLISH,
    pricing: pricing::ENGLISH,
    projects: projects::ENGLISH,
    purchase: purchase::ENGLISH,
    repair: repair::ENGLISH,
    reports: reports::ENGLISH,
    roles: roles::ENGLISH,
    passkeys: passkeys::ENGLISH,
    second_factor: second_factor::ENGLISH,
    security: security::ENGLISH,
    site: site::ENGLISH,
    staff: staff::ENGLISH,
    standing: standing::ENGLISH,
    support: support::ENGLISH,
    visits: visits::ENGLISH,
    webhooks: webhooks::ENGLISH,
    workspaces: workspaces::ENGLISH,
};

pub fn of(locale: Locale) -> &'static Messages {
    match locale {
        Locale::English => &ENGLISH,
    }
}

/// In the language of the page that is being rendered.
pub fn current() -> &'static Messages {
    of(use_context::<Locale>().unwrap_or_default())
}
