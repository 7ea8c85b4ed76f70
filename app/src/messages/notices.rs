//! What everybody is told: banners of maintenance and incidents, the status page, and the page of a closed house.

use contract::{
    incident::{Health, IncidentKind, IncidentState},
    maintenance::MaintenanceLevel,
};

#[derive(Debug)]
pub struct Notices {
    pub status: &'static str,
    pub status_text: &'static str,
    pub health: fn(Health) -> &'static str,
    pub now: &'static str,
    pub upcoming: &'static str,
    pub past: &'static str,
    pub past_empty: &'static str,
    pub history: fn(&str) -> String,
    pub since: fn(&str) -> String,
    pub from_to: fn(&str, Option<&str>) -> String,
    pub unknown_title: &'static str,
    pub unknown_text: &'static str,
    pub kind: fn(IncidentKind) -> &'static str,
    pub state: fn(IncidentKind, IncidentState) -> &'static str,
    /// Above a banner: what it is, and how far it has come.
    pub head: fn(IncidentKind, IncidentState) -> String,
    pub details: &'static str,
    pub dismiss: &'static str,
    pub maintenance_now: &'static str,
    pub maintenance_planned: &'static str,
    /// What it means, of one that is on and of one that will be.
    pub maintenance_means: fn(MaintenanceLevel) -> &'static str,
    pub maintenance_level: fn(MaintenanceLevel) -> &'static str,
    pub maintenance_title: &'static str,
    pub maintenance_text: fn(MaintenanceLevel, Option<&str>) -> String,
    pub closed_title: &'static str,
    pub closed_text: fn(Option<&str>) -> String,
}

pub const ENGLISH: Notices = Notices {
    status: "Status",
    status_text: "How we are doing, now and over the last 90 days. Times are in UTC.",
    health: |health| match health {
        Health::Fine => "Everything works",
        Health::Degraded => "Some things work slowly or not always",
        Health::Outage => "Something does not work",
    },
    now: "At the moment",
    upcoming: "Announced",
    past: "The last 90 days",
    past_empty: "There was nothing to report.",
    history: |title| format!("What was said about “{title}”"),
    since: |moment| format!("Since {moment}"),
    from_to: |from, to| match to {
        Some(to) => format!("{from} to {to}"),
        None => format!("From {from}"),
    },
    unknown_title: "We cannot say how we are doing",
    unknown_text: "Our own records do not answer at the moment, so something is wrong on our side. We are most likely on it \
                   already. Load this page again in a minute.",
    kind: english_kind,
    state: english_state,
    head: |kind, state| format!("{}: {}", english_kind(kind), english_state(kind, state).to_lowercase()),
    details: "Details",
    dismiss: "Dismiss",
    maintenance_now: "Maintenance now",
    maintenance_planned: "Planned maintenance",
    maintenance_means: |level| match level {
        MaintenanceLevel::Banner => "All of it works as always.",
        MaintenanceLevel::ReadOnly => "Everything can be read and nothing changed.",
        MaintenanceLevel::Closed => "Closed for everybody but staff.",
    },
    maintenance_level: |level| match level {
        MaintenanceLevel::Banner => "Open",
        MaintenanceLevel::ReadOnly => "Read-only",
        MaintenanceLevel::Closed => "Closed",
    },
    maintenance_title: "Maintenance",
    maintenance_text: |level, until| {
        let what = match level {
            MaintenanceLevel::Banner => "Everything works meanwhile.",
            MaintenanceLevel::ReadOnly => "You can read everything and change nothing.",
            MaintenanceLevel::Closed => "This is closed for everybody but staff.",
        };
        match until {
            Some(until) => format!("{what} It ends by {until}."),
            None => what.to_owned(),
        }
    },
    closed_title: "Closed for maintenance",
    closed_text: |until| match until {
        Some(until) => format!("We will be back by {until}. Nothing of yours is lost."),
        None => "We will be back as soon as we can. Nothing of yours is lost.".to_owned(),
    },
};

fn english_kind(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Outage => "Outage",
        IncidentKind::Degraded => "Degraded",
        IncidentKind::Maintenance => "Planned maintenance",
        IncidentKind::Information => "Information",
    }
}

fn english_state(kind: IncidentKind, state: IncidentState) -> &'static str {
    match (kind.is_trouble(), state) {
        (_, IncidentState::Investigating) => "Investigating",
        (_, IncidentState::Identified) => "Identified",
        (true, IncidentState::Monitoring) => "Monitoring",
        (true, IncidentState::Resolved) => "Resolved",
        (false, IncidentState::Monitoring) => "Announced",
        (false, IncidentState::Resolved) => "Over",
    }
}
