//! What the documentation says of actions, permissions and the states of bills is what the code says.

#![expect(clippy::unwrap_used, reason = "a table that cannot be written has failed its test")]

mod billing_states;

use std::fmt::Write;

use chrono::TimeDelta;
use contract::{
    billing::BillingState,
    iam::{DefaultRole, NOT_FOR_GUESTS, Permission},
    staff::{StaffRight, StaffRole},
};
use domain::{
    actor::{FRESH_FACTOR, STAFF_SESSION_ABSOLUTE, STAFF_SESSION_IDLE, VISIT_ABSOLUTE, VISIT_ELEVATED},
    audit::Action,
    billing::transition::transition,
    retention::periods,
    testing::documented_part,
    throttle::Policy,
};

/// Holds the generated part of a page against this table, or writes it there when it is told to.
#[track_caller]
fn hold(page: &str, table: &str) {
    documented_part(page, table, "-p domain --test documentation");
}

#[test]
fn the_catalogue_of_actions_is_the_code() {
    let mut table = String::from("| action | meaning | in the log of |\n| --- | --- | --- |\n");
    for action in Action::ALL {
        let (key, meaning, chain) = (action.key(), action.meaning(), action.chain().meaning());
        writeln!(table, "| `{key}` | {meaning} | {chain} |").unwrap();
    }
    hold("audit.md", &table);
}

#[test]
fn the_periods_are_the_code() {
    let mut table = String::from("| what | table | since | kept for |\n| --- | --- | --- | --- |\n");
    for period in periods() {
        let hours = period.kept.num_hours();
        let kept = match (hours / 24, hours % 24, period.kept.num_minutes()) {
            (_, _, 0) => "not at all".to_owned(),
            (1, 0, _) => "a day".to_owned(),
            (days, 0, _) if days > 0 => format!("{days} days"),
            (_, _, minutes) if minutes < 120 => format!("{minutes} minutes"),
            _ => format!("{hours} hours"),
        };
        writeln!(
            table,
            "| {} | `{}` | {} | {kept} |",
            period.what, period.table, period.since
        )
        .unwrap();
    }
    hold("retention.md", &table);
}

#[test]
fn the_table_of_permissions_is_the_code() {
    let names: Vec<&str> = DefaultRole::ALL.iter().map(|role| role.name()).collect();
    let mut table = format!(
        "| permission | {} |\n| --- |{}\n",
        names.join(" | "),
        " :-: |".repeat(names.len())
    );
    for permission in Permission::ALL {
        let mark = if NOT_FOR_GUESTS.contains(permission) {
            " †"
        } else {
            ""
        };
        let cells: Vec<&str> = DefaultRole::ALL
            .iter()
            .map(|role| {
                if role.permissions().contains(permission) {
                    "yes"
                } else {
                    ""
                }
            })
            .collect();
        writeln!(table, "| `{}`{mark} | {} |", permission.key(), cells.join(" | ")).unwrap();
    }
    hold("permissions.md", &table);
}

#[test]
fn the_table_of_the_staff_s_rights_is_the_code() {
    let names: Vec<&str> = StaffRole::ALL.iter().map(|role| role.key()).collect();
    let mut table = format!(
        "| right | what it lets do | {} |\n| --- | --- |{}\n",
        names.join(" | "),
        " :-: |".repeat(names.len())
    );
    for right in StaffRight::ALL {
        let cells: Vec<&str> = StaffRole::ALL
            .iter()
            .map(|role| if role.has(*right) { "yes" } else { "" })
            .collect();
        writeln!(
            table,
            "| `{}` | {} | {} |",
            right.key(),
            right.meaning(),
            cells.join(" | ")
        )
        .unwrap();
    }
    hold("guides/staff-handbook.md", &table);
}

/// In the largest unit of which it is a whole number.
fn length(of: TimeDelta) -> String {
    let (count, unit) = match of.num_seconds() {
        seconds if seconds % 86_400 == 0 => (seconds / 86_400, "day"),
        seconds if seconds % 3_600 == 0 => (seconds / 3_600, "hour"),
        seconds if seconds % 60 == 0 => (seconds / 60, "minute"),
        seconds => (seconds, "second"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

#[test]
fn the_figures_of_the_security_model_are_the_code() {
    let mut table = String::from("| counted | free | within | first wait |\n| --- | --: | --- | --- |\n");
    for policy in Policy::ALL {
        let figures = policy.figures();
        writeln!(
            table,
            "| {} (`{}`) | {} | {} | {} |",
            policy.meaning(),
            policy.key(),
            figures.free,
            length(figures.window),
            length(figures.first_wait)
        )
        .unwrap();
    }
    table.push_str("\n| good for | how long |\n| --- | --- |\n");
    for (what, lasts) in [
        ("a session of staff", STAFF_SESSION_ABSOLUTE),
        ("the same without a request", STAFF_SESSION_IDLE),
        ("a second factor that is fresh enough for a dangerous act", FRESH_FACTOR),
        ("a visit of staff in an organization", VISIT_ABSOLUTE),
        ("its mode in which something may be changed", VISIT_ELEVATED),
    ] {
        writeln!(table, "| {what} | {} |", length(lasts)).unwrap();
    }
    hold("security.md", &table);
}

/// What the operator gives comes from every state and leads back to any: it is left out of the arrows.
#[test]
fn the_diagram_of_the_states_of_bills_is_the_code() {
    let mut diagram = String::from("```mermaid\nstateDiagram-v2\n    [*] --> trialing: an organization is made\n");
    let paid_for = |state: &BillingState| *state != BillingState::Complimentary;
    for from in BillingState::ALL.iter().copied().filter(paid_for) {
        for to in BillingState::ALL.iter().copied().filter(paid_for) {
            if let Some(transition) = transition(from, to) {
                writeln!(diagram, "    {} --> {}: {}", from.key(), to.key(), transition.meaning()).unwrap();
            }
        }
    }
    diagram.push_str(
        "    complimentary\n    note right of complimentary: given by the operator, from and to every state\n```\n",
    );
    hold("guides/billing.md", &diagram);
}

#[test]
fn the_states_of_bills_are_the_code() {
    hold("billing-states.md", &billing_states::page());
}
