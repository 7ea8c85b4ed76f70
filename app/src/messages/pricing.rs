//! What is sold: the public page of prices, and the words for plans that other pages share.

use contract::{
    billing::{BillingInterval, Feature},
    error::Limit,
};

#[derive(Debug)]
pub struct Pricing {
    pub title: &'static str,
    pub headline: &'static str,
    pub lead: &'static str,
    pub start: &'static str,
    pub switch: &'static str,
    pub interval: fn(BillingInterval) -> &'static str,
    /// What a year saves, in per cent.
    pub saving: fn(u32) -> String,
    pub plans: &'static str,
    pub per_seat: fn(BillingInterval) -> &'static str,
    pub a_month: fn(&str) -> String,
    pub saves: fn(&str) -> String,
    pub other_interval: fn(&str, BillingInterval) -> String,
    pub choose: fn(&str) -> String,
    pub allows: fn(Limit, Option<u32>) -> String,
    pub limit: fn(Limit) -> &'static str,
    pub unlimited: &'static str,
    pub feature: fn(Feature) -> &'static str,
    pub compare: &'static str,
    pub compare_text: &'static str,
    pub what: &'static str,
    pub included: &'static str,
    pub not_included: &'static str,
    pub in_every_plan: [&'static str; 4],
    pub questions: &'static str,
    pub answers: [(&'static str, &'static str); 4],
    pub empty_title: &'static str,
    pub empty_text: &'static str,
}

pub const ENGLISH: Pricing = Pricing {
    title: "Pricing",
    headline: "Pay for the people who work with you",
    lead: "Every organization starts with 14 days free, and no card is asked for. After that it is one price for each \
           member’s seat; guests cost nothing.",
    start: "Start free",
    switch: "How often you pay",
    interval: |interval| match interval {
        BillingInterval::Month => "Monthly",
        BillingInterval::Year => "Yearly",
    },
    saving: |percent| format!("saves {percent} %"),
    plans: "Plans",
    per_seat: |interval| match interval {
        BillingInterval::Month => "per seat and month",
        BillingInterval::Year => "per seat and year",
    },
    a_month: |amount| format!("{amount} a month"),
    saves: |amount| format!("saves {amount} a year for each seat"),
    other_interval: |amount, interval| match interval {
        BillingInterval::Month => format!("or {amount} paid monthly"),
        BillingInterval::Year => format!("or {amount} paid yearly"),
    },
    choose: |plan| format!("Choose {plan}"),
    allows: english_allows,
    limit: |limit| match limit {
        Limit::Projects => "Projects",
        Limit::Members => "Members",
        Limit::Guests => "Guests",
        Limit::Roles => "Roles of your own",
        Limit::Workspaces => "Workspaces",
    },
    unlimited: "Unlimited",
    feature: |feature| match feature {
        Feature::AuditExport => "Audit log as a file",
    },
    compare: "Plans side by side",
    compare_text: "Limits count what is in use. Nothing is deleted when a plan becomes too small: what exceeds it can still \
                   be read.",
    what: "What you get",
    included: "Included",
    not_included: "Not included",
    in_every_plan: [
        "Tasks without a limit",
        "Roles and permissions of your own",
        "Workspaces",
        "Audit log to search",
    ],
    questions: "Before you ask",
    answers: [
        (
            "What is a seat?",
            "One member of your organization. Open invitations of members hold a seat until they are taken back; guests \
             need none.",
        ),
        (
            "What happens when the trial ends?",
            "Everything stays where it is and can be read and taken away. To change it again, choose a plan.",
        ),
        (
            "Can I change my mind?",
            "Yes. A larger plan holds at once and you pay the difference for the days that remain; a smaller one, or the \
             end, comes with the end of what you have paid for.",
        ),
        (
            "Is tax included?",
            "Prices are shown without it. What is due where you are is added at the checkout, before you pay.",
        ),
    ],
    empty_title: "No plan is on sale at the moment",
    empty_text: "You can still start with a free trial. Prices are shown here as soon as there are any.",
};

fn english_allows(limit: Limit, allowed: Option<u32>) -> String {
    let (one, many) = match limit {
        Limit::Projects => ("project", "projects"),
        Limit::Members => ("member", "members"),
        Limit::Guests => ("guest", "guests"),
        Limit::Roles => ("role of your own", "roles of your own"),
        Limit::Workspaces => ("workspace", "workspaces"),
    };
    match allowed {
        None => format!("Unlimited {many}"),
        Some(0) => format!("No {many}"),
        Some(1) => format!("1 {one}"),
        Some(allowed) => format!("Up to {allowed} {many}"),
    }
}
