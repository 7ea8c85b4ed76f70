//! Maintenance, where staff order and end it.

use contract::maintenance::{MaintenanceLevel, Surface};

#[derive(Debug)]
pub struct Maintenance {
    pub title: &'static str,
    pub description: &'static str,
    pub on: &'static str,
    pub on_empty: &'static str,
    pub scheduled: &'static str,
    pub over: &'static str,
    pub order_title: &'static str,
    pub order_text: &'static str,
    pub level: &'static str,
    pub level_name: fn(MaintenanceLevel) -> &'static str,
    pub level_hint: fn(MaintenanceLevel) -> &'static str,
    pub scope: &'static str,
    pub everything: &'static str,
    pub surface: fn(Surface) -> &'static str,
    pub one_organization: &'static str,
    pub gone_organization: &'static str,
    pub organization: &'static str,
    pub organization_hint: &'static str,
    pub message: &'static str,
    pub message_hint: &'static str,
    pub starts: &'static str,
    pub starts_hint: fn(&str) -> String,
    pub ends: &'static str,
    pub ends_hint: &'static str,
    pub order: &'static str,
    pub end: &'static str,
    pub call_off: &'static str,
    pub until: fn(&str, Option<&str>) -> String,
    pub was: fn(&str, &str) -> String,
    pub by: fn(Option<&str>) -> String,
    pub stale_title: &'static str,
    pub stale_text: &'static str,
    pub stale_action: &'static str,
    pub way_back: &'static str,
    pub staff_banner: fn(MaintenanceLevel, &str, usize) -> String,
}

pub const ENGLISH: Maintenance = Maintenance {
    title: "Maintenance",
    description: "Close everything, a surface or one organization. You pass through whatever is closed.",
    on: "On at the moment",
    on_empty: "Nothing is closed.",
    scheduled: "Scheduled",
    over: "Before",
    order_title: "Order maintenance",
    order_text: "It begins and ends by the clock, on every node within a second.",
    level: "How far?",
    level_name: english_level,
    level_hint: |level| match level {
        MaintenanceLevel::Banner => "It is said over the pages, and everything works.",
        MaintenanceLevel::ReadOnly => "Everything can be read and nothing changed.",
        MaintenanceLevel::Closed => "Nothing is answered but that it is closed.",
    },
    scope: "What?",
    everything: "Everything",
    surface: |surface| match surface {
        Surface::Site => "Public pages",
        Surface::Account => "Accounts and signing in",
        Surface::Organizations => "All organizations",
    },
    one_organization: "One organization",
    gone_organization: "An organization that is gone",
    organization: "Which organization?",
    organization_hint: "The part of its address behind /o/. Only for one organization.",
    message: "Message",
    message_hint: "One sentence for people: why, and what comes after.",
    starts: "Begins",
    starts_hint: |zone| format!("Now when empty. In your time zone, {zone}."),
    ends: "Ends",
    ends_hint: "When empty, it lasts until somebody ends it, and nobody is told how long to wait.",
    order: "Order maintenance",
    end: "End now",
    call_off: "Call off",
    until: |from, to| match to {
        Some(to) => format!("{from} to {to}"),
        None => format!("From {from}, until somebody ends it"),
    },
    was: |from, to| format!("{from} to {to}"),
    by: |name| format!("by {}", name.unwrap_or("a command at the terminal")),
    stale_title: "Prove your second factor again",
    stale_text: "Closing locks people out, so it takes a factor of the last 15 minutes. Ending does not.",
    stale_action: "Prove it",
    way_back: "When nobody can sign in any more, “plinth maintenance off” on the server ends whatever is on.",
    staff_banner: |level, scope, count| {
        let others = match count {
            0 | 1 => String::new(),
            2 => " There is one more.".to_owned(),
            more => format!(" There are {} more.", more - 1),
        };
        format!(
            "Maintenance is on. {scope}: {}.{others} You pass, as staff.",
            english_level(level).to_lowercase()
        )
    },
};

fn english_level(level: MaintenanceLevel) -> &'static str {
    match level {
        MaintenanceLevel::Banner => "Banner only",
        MaintenanceLevel::ReadOnly => "Read-only",
        MaintenanceLevel::Closed => "Closed",
    }
}
