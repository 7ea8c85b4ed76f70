//! The log of everything, beside what every log says.

use contract::platform_audit::AuditOrigin;

#[derive(Debug)]
pub struct PlatformAudit {
    pub title: &'static str,
    pub description: &'static str,
    pub organization: &'static str,
    pub organization_placeholder: &'static str,
    pub person: &'static str,
    pub person_placeholder: &'static str,
    pub how: &'static str,
    pub any_origin: &'static str,
    pub origin: fn(AuditOrigin) -> &'static str,
    pub on_behalf_of: &'static str,
    pub nowhere: &'static str,
    pub purged: &'static str,
    pub only_recent: &'static str,
    pub no_organization: &'static str,
    pub no_organization_text: &'static str,
    pub no_person: &'static str,
    pub no_person_text: &'static str,
}

pub const ENGLISH: PlatformAudit = PlatformAudit {
    title: "Audit log",
    description: "Who did what, when and from where: in every organization, with every account, and on the staff.",
    organization: "Organization",
    organization_placeholder: "Its address or id",
    person: "Person",
    person_placeholder: "E-mail address or id",
    how: "How",
    any_origin: "Any way",
    origin: english_origin,
    on_behalf_of: "on behalf of",
    nowhere: "None",
    purged: "Purged organization",
    only_recent: "Words alone are looked for in the last 30 days. With an organization or a person, in everything.",
    no_organization: "No such organization",
    no_organization_text: "Nothing has this address or id, today or before.",
    no_person: "No such person",
    no_person_text: "No account has this address. Who deleted theirs is found by id.",
};

fn english_origin(origin: AuditOrigin) -> &'static str {
    match origin {
        AuditOrigin::Anonymous => "Not signed in",
        AuditOrigin::Session => "Signed in",
        AuditOrigin::ApiKey => "API key",
        AuditOrigin::Impersonation => "Impersonation",
        AuditOrigin::Support => "Support session",
        AuditOrigin::Staff => "Staff",
        AuditOrigin::System => "Plinth itself",
    }
}
