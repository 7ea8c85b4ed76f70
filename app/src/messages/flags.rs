//! Feature flags, for the staff.

use contract::flag::{FlagLevel, FlagReason};

#[derive(Debug)]
pub struct Flags {
    pub title: &'static str,
    pub description: &'static str,
    pub flag: &'static str,
    pub stands: &'static str,
    pub overrides: &'static str,
    pub changed: &'static str,
    pub never: &'static str,
    pub on: &'static str,
    pub off: &'static str,
    pub killed: &'static str,
    pub not_killed: &'static str,
    pub rolled_out: fn(u8) -> String,
    pub no_rollout: &'static str,
    pub leftovers: &'static str,
    pub leftovers_text: &'static str,
    pub reused: &'static str,
    pub born: &'static str,
    pub forget: &'static str,
    pub actions: &'static str,
    pub state: &'static str,
    pub default: &'static str,
    pub kill_switch: &'static str,
    pub kill_switch_text: &'static str,
    pub kill_switch_stale: &'static str,
    pub rollout: &'static str,
    pub rollout_hint: fn(&str) -> String,
    pub save: &'static str,
    pub otherwise: &'static str,
    pub no_overrides: &'static str,
    pub whom: &'static str,
    pub whom_hint: fn(&str) -> String,
    pub value: &'static str,
    pub level: fn(FlagLevel) -> &'static str,
    pub gone: &'static str,
    pub take_back: &'static str,
    pub for_one: &'static str,
    pub say: &'static str,
    pub for_organization: &'static str,
    pub preview: &'static str,
    pub preview_organization: &'static str,
    pub preview_person: &'static str,
    pub preview_button: &'static str,
    /// The value, and what decided.
    pub resolved: fn(bool, FlagReason) -> String,
}

pub const ENGLISH: Flags = Flags {
    title: "Flags",
    description: "What can be switched while the product runs. Every node knows of a change within seconds.",
    flag: "Flag",
    stands: "Stands",
    overrides: "Otherwise for",
    changed: "Changed",
    never: "Never",
    on: "On",
    off: "Off",
    killed: "Off for everybody",
    not_killed: "Not pulled",
    rolled_out: |percent| format!("Rolled out to {percent} %"),
    no_rollout: "Not by share",
    leftovers: "No longer declared",
    leftovers_text: "What is kept of flags that the program does not know any more. It counts for nothing.",
    reused: "The key is in use again, for another flag. Nothing of this counts for it.",
    born: "Declared",
    forget: "Remove",
    actions: "Actions",
    state: "For everybody",
    default: "As long as nobody says anything",
    kill_switch: "Kill switch",
    kill_switch_text: "Off for everybody, whatever else is said",
    kill_switch_stale: "The kill switch needs a second factor of the last 15 minutes.",
    rollout: "Rolled out to, in percent",
    rollout_hint: |otherwise| {
        format!(
            "Of all organizations; who is in stays in when it grows. Empty: not by share, and “{otherwise}” holds for everybody."
        )
    },
    save: "Save",
    otherwise: "Otherwise for",
    no_overrides: "For nobody in particular.",
    whom: "For whom",
    whom_hint: |plans| {
        format!(
            "The e-mail address of a person, the address of an organization behind /o/, or one of the plans {plans}."
        )
    },
    value: "Value",
    level: english_level,
    gone: "Gone",
    take_back: "Take back",
    for_one: "For one",
    say: "Say so",
    for_organization: "What is switched on for it. Single people may have been told otherwise.",
    preview: "What it is for somebody",
    preview_organization: "Address of an organization",
    preview_person: "E-mail address of a person",
    preview_button: "Look",
    resolved: english_resolved,
};

fn english_level(level: FlagLevel) -> &'static str {
    match level {
        FlagLevel::User => "Person",
        FlagLevel::Tenant => "Organization",
        FlagLevel::Plan => "Plan",
        FlagLevel::Rollout => "Share",
    }
}

fn english_resolved(on: bool, reason: FlagReason) -> String {
    let value = if on { "On" } else { "Off" };
    let why = match reason {
        FlagReason::KillSwitch => "it is off for everybody".to_owned(),
        FlagReason::User => "it was said for this person".to_owned(),
        FlagReason::Tenant => "it was said for this organization".to_owned(),
        FlagReason::Plan => "it was said for the organization’s plan".to_owned(),
        FlagReason::Rollout { percent } if on => format!("they are among the {percent} % it is rolled out to"),
        FlagReason::Rollout { percent } => format!("they are not among the {percent} % it is rolled out to"),
        FlagReason::Default => "nobody has said anything".to_owned(),
    };
    format!("{value}: {why}.")
}
