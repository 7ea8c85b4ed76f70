//! The page that says how the organization stands with its bills.

use contract::{
    billing::{
        Adjustment, AdjustmentKind, BillingInterval, BillingOverview, BillingState, InvoiceStatus, PendingChange,
        Portal,
    },
    error::Limit,
};

#[derive(Debug)]
pub struct Billing {
    pub title: &'static str,
    pub description: &'static str,
    pub not_set_up: &'static str,
    /// How things stand, in one sentence.
    pub sentence: fn(&BillingOverview) -> String,
    pub plan: fn(&str) -> String,
    pub adjusted: fn(&str, Option<&str>) -> String,
    /// What support repaired, in one line.
    pub adjustment: fn(&Adjustment) -> String,
    pub owed: &'static str,
    pub owed_again_on: fn(&str) -> String,
    pub owed_unpaid: &'static str,
    pub next_charge: &'static str,
    pub next_charge_on: fn(&str) -> String,
    pub before_tax: &'static str,
    pub nothing_due: &'static str,
    pub paid: fn(BillingInterval) -> &'static str,
    pub choose: &'static str,
    pub change: &'static str,
    pub see_plans: &'static str,
    pub settle: &'static str,
    pub open_portal: &'static str,
    pub portal_text: &'static str,
    pub portal_reason: fn(Portal) -> Option<&'static str>,
    pub pending: fn(&PendingChange) -> String,
    pub drop_change: &'static str,
    pub undo_cancel: &'static str,
    pub cancel: &'static str,
    pub cancel_text: &'static str,
    pub ask_manager: &'static str,
    pub seats: &'static str,
    pub seats_text: &'static str,
    pub seats_used: fn(u32, u32) -> String,
    pub seats_free: fn(u32) -> String,
    pub seats_over: fn(u32) -> String,
    pub seats_new: &'static str,
    pub seats_preview: &'static str,
    pub limits: &'static str,
    pub limits_text: fn(&str) -> String,
    pub used_of: fn(u32, u32) -> String,
    pub used: fn(u32) -> String,
    pub headroom: fn(Limit, u32, u32) -> String,
    pub over_until: fn(&str) -> String,
    pub over_now: &'static str,
    pub over_title: &'static str,
    pub keep: &'static str,
    pub features: &'static str,
    pub invoices: &'static str,
    pub invoices_text: &'static str,
    pub no_invoices_title: &'static str,
    pub no_invoices_text: &'static str,
    pub column_invoice: &'static str,
    pub column_date: &'static str,
    pub column_total: &'static str,
    pub column_status: &'static str,
    pub column_document: &'static str,
    pub no_number: &'static str,
    pub invoice_status: fn(InvoiceStatus) -> &'static str,
    pub open_invoice: &'static str,
    pub open_invoice_of: fn(&str) -> String,
}

pub const ENGLISH: Billing = Billing {
    title: "Billing",
    description: "What the organization pays for, how much of it is in use, and its invoices.",
    not_set_up: "Payments are not set up on this installation, so that nothing can be bought here. Its operator can set \
                 them up.",
    sentence: english_sentence,
    plan: |plan| format!("{plan} plan"),
    adjusted: |plan, until| match until {
        Some(until) => format!("Adjusted by support: {plan} until {until}."),
        None => format!("Adjusted by support: {plan}."),
    },
    adjustment: english_adjustment,
    owed: "Open amount",
    owed_again_on: |at| format!("tried again on {at}"),
    owed_unpaid: "not paid yet",
    next_charge: "Next charge",
    next_charge_on: |at| format!("on {at}"),
    before_tax: "before tax",
    nothing_due: "None",
    paid: |interval| match interval {
        BillingInterval::Month => "paid monthly",
        BillingInterval::Year => "paid yearly",
    },
    choose: "Choose a plan",
    change: "Change plan",
    see_plans: "See plans",
    settle: "Settle the payment",
    open_portal: "Cards and tax details",
    portal_text: "Your card, address and tax number are kept by the payment provider.",
    portal_reason: |portal| match portal {
        Portal::Available => None,
        Portal::NotOffered => Some("This installation has no pages for cards and tax details."),
        Portal::NothingBought => Some("Cards and tax details can be changed from the first purchase on."),
    },
    pending: english_pending,
    drop_change: "Keep things as they are",
    undo_cancel: "Keep the subscription",
    cancel: "Cancel the subscription",
    cancel_text: "It runs until the end of what is paid for.",
    ask_manager: "Whoever sees to the bills can change this: ask an owner.",
    seats: "Seats",
    seats_text: "One for each member. Open invitations of members hold one until they are taken back.",
    seats_used: |used, seats| format!("{used} of {seats} in use"),
    seats_free: |free| match free {
        0 => "Every seat is in use.".to_owned(),
        1 => "1 seat is free.".to_owned(),
        free => format!("{free} seats are free."),
    },
    seats_over: |over| match over {
        1 => "1 member more than there are seats.".to_owned(),
        over => format!("{over} members more than there are seats."),
    },
    seats_new: "New number of seats",
    seats_preview: "See what it costs",
    limits: "Limits",
    limits_text: |plan| format!("What the {plan} plan allows, and how much of it is in use."),
    used_of: |used, allowed| format!("{used} of {allowed}"),
    used: |used| format!("{used}, without a limit"),
    headroom: english_headroom,
    over_until: |until| {
        format!(
            "Until {until} everything goes on as it is. After that what there is no room for is paused: it can be read."
        )
    },
    over_now: "What exceeds the plan is paused: it can be read and not changed. Nothing is deleted.",
    over_title: "There is more than the plan includes",
    keep: "Choose what stays in use",
    features: "Included",
    invoices: "Invoices",
    invoices_text: "Amounts are with tax.",
    no_invoices_title: "No invoices yet",
    no_invoices_text: "The first one is here once something was bought.",
    column_invoice: "Invoice",
    column_date: "Date",
    column_total: "Total",
    column_status: "Status",
    column_document: "Document",
    no_number: "Not numbered yet",
    invoice_status: |status| match status {
        InvoiceStatus::Paid => "Paid",
        InvoiceStatus::Open => "Open",
        InvoiceStatus::Refunded => "Refunded",
        InvoiceStatus::PartiallyRefunded => "Partly refunded",
        InvoiceStatus::Void => "Void",
    },
    open_invoice: "Open",
    open_invoice_of: |number| format!("Open invoice {number}"),
};

fn english_adjustment(done: &Adjustment) -> String {
    let plan = done.plan.as_ref().map_or("plan", |plan| plan.name.as_str());
    let until = done
        .until
        .as_ref()
        .map_or_else(String::new, |until| format!(", until {}", until.text));
    let what = match done.kind {
        AdjustmentKind::Plan => format!("the limits of the {plan} plan{until}"),
        AdjustmentKind::Complimentary => format!("the {plan} plan, free of charge{until}"),
        AdjustmentKind::TakenBack => "what was given before has ended".to_owned(),
        AdjustmentKind::Seats => match done.seats {
            Some(1) => "1 seat, as many as are in use".to_owned(),
            Some(seats) => format!("{seats} seats, as many as are in use"),
            None => "the number of seats".to_owned(),
        },
        AdjustmentKind::Relinked => "the link to the payment provider".to_owned(),
        AdjustmentKind::Synced => "everything as the payment provider has it".to_owned(),
    };
    format!("Adjusted by support on {}: {what}.", done.at.text)
}

fn english_sentence(overview: &BillingOverview) -> String {
    let until = |text: fn(&str) -> String, otherwise: &str| {
        overview
            .standing
            .until
            .as_ref()
            .map_or_else(|| otherwise.to_owned(), |until| text(&until.text))
    };
    match overview.standing.state {
        BillingState::Trialing => until(
            |until| format!("The trial runs until {until}. Choose a plan by then, and everything goes on without a break."),
            "The trial runs. Choose a plan, and everything goes on without a break.",
        ),
        BillingState::Active => until(
            |until| format!("Everything is paid for. It renews on {until}."),
            "Everything is paid for.",
        ),
        BillingState::Canceling => until(
            |until| format!("Everything works until {until}. Then the organization can be read, and nothing is deleted."),
            "Everything works until the end of the period. Then the organization can be read, and nothing is deleted.",
        ),
        BillingState::PastDue => until(
            |until| format!("A payment failed. Everything keeps working until {until}."),
            "A payment failed.",
        ),
        BillingState::Restricted => {
            "A payment is still missing. Everything can be read and taken away, and nothing changed, until it is settled."
                .to_owned()
        }
        BillingState::Paused => until(
            |until| format!("The subscription is paused, and goes on at {until}. Until then everything can be read."),
            "The subscription is paused. Until it goes on, everything can be read.",
        ),
        BillingState::Complimentary => until(
            |until| format!("This plan is given to you, free of charge, until {until}."),
            "This plan is given to you, free of charge.",
        ),
        BillingState::Canceled => {
            "The subscription has ended. Everything can be read and taken away. Choose a plan to go on.".to_owned()
        }
        BillingState::None => {
            "The trial is over. Everything can be read and taken away. Choose a plan to go on.".to_owned()
        }
    }
}

fn english_pending(pending: &PendingChange) -> String {
    let plan = pending.plan.as_ref().map(|plan| format!("the {} plan", plan.name));
    let interval = pending.interval.map(|interval| (ENGLISH.paid)(interval).to_owned());
    let seats = pending.seats.map(|seats| match seats {
        1 => "1 seat".to_owned(),
        seats => format!("{seats} seats"),
    });
    let parts: Vec<String> = [plan, interval, seats].into_iter().flatten().collect();
    let what = if parts.is_empty() {
        "another product".to_owned()
    } else {
        parts.join(", ")
    };
    format!("From {} on: {what}.", pending.applies.text)
}

fn english_headroom(limit: Limit, used: u32, allowed: u32) -> String {
    let (one, many) = match limit {
        Limit::Projects => ("project", "projects"),
        Limit::Members => ("member", "members"),
        Limit::Guests | Limit::Roles | Limit::Workspaces => ("guest", "guests"),
    };
    match allowed.checked_sub(used) {
        Some(0) => format!("No room for another {one}."),
        Some(1) => format!("Room for 1 more {one}."),
        Some(free) => format!("Room for {free} more {many}."),
        None => format!("{} more than the plan includes.", used - allowed),
    }
}

#[cfg(test)]
mod tests {
    use contract::{billing::PlanName, time::Moment};

    use super::*;

    #[test]
    fn what_waits_is_said_by_its_parts() {
        let pending = |plan: Option<&str>, seats| PendingChange {
            plan: plan.map(|name| PlanName {
                key: name.to_lowercase(),
                name: name.to_owned(),
            }),
            interval: None,
            seats,
            applies: Moment {
                iso: String::new(),
                text: "3 May 2026".to_owned(),
            },
        };
        assert_eq!(
            english_pending(&pending(Some("Starter"), Some(4))),
            "From 3 May 2026 on: the Starter plan, 4 seats."
        );
        assert_eq!(english_pending(&pending(None, Some(1))), "From 3 May 2026 on: 1 seat.");
    }
}
