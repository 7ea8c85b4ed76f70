//! The desk at which staff repair bills.

use contract::billing::{Closed, DeskFact, RepairFact, RepairKind, RepairObstacle};

#[derive(Debug)]
pub struct Repair {
    pub title: &'static str,
    pub description: &'static str,
    pub any_kind: &'static str,
    pub apply: &'static str,
    pub clear: &'static str,
    pub column_organization: &'static str,
    pub column_drift: &'static str,
    pub column_age: &'static str,
    pub age: fn(u32) -> String,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub no_match_title: &'static str,
    pub no_match_text: &'static str,
    pub bills_of: fn(&str) -> String,
    pub organization: &'static str,
    /// Ours, theirs, and for how long.
    pub drift_text: fn(&str, &str, &str) -> String,
    /// Which fix settles a difference, by its key.
    pub advice: fn(&str) -> &'static str,
    pub shared_with: &'static str,
    pub away: &'static str,
    pub not_set_up: &'static str,
    pub sides: &'static str,
    pub sides_text: &'static str,
    pub fact_column: &'static str,
    pub ours: &'static str,
    pub theirs: &'static str,
    pub column_differs: &'static str,
    pub differs: &'static str,
    pub alike: &'static str,
    pub unknown: &'static str,
    pub nothing: &'static str,
    pub unlimited: &'static str,
    pub desk_fact: fn(DeskFact) -> &'static str,
    pub repair_fact: fn(RepairFact) -> &'static str,
    pub status: fn(&str) -> String,
    /// The plan, whether it is free of charge, and until when.
    pub given: fn(&str, bool, Option<&str>) -> String,
    /// The plan, the seats, and from when on.
    pub pending: fn(Option<&str>, Option<u32>, &str) -> String,
    pub fixes: &'static str,
    pub fixes_text: &'static str,
    pub kind: fn(RepairKind) -> &'static str,
    pub kind_text: fn(RepairKind) -> &'static str,
    pub do_it: fn(RepairKind) -> &'static str,
    pub history: &'static str,
    pub history_text: &'static str,
    /// Who, and why.
    pub by: fn(&str, &str) -> String,
    pub terminal: &'static str,
    pub plan: &'static str,
    pub choose_plan: &'static str,
    pub until: &'static str,
    pub until_hint: &'static str,
    pub customer: &'static str,
    pub customer_hint: &'static str,
    pub known_customer: fn(&str) -> String,
    pub try_it: &'static str,
    pub dry_run: &'static str,
    pub dry_run_text: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub charge: &'static str,
    pub charge_text: &'static str,
    pub today: &'static str,
    pub renewal: &'static str,
    pub effective: &'static str,
    pub settles: &'static str,
    pub remains: &'static str,
    pub confirm: &'static str,
    pub confirm_text: &'static str,
    pub reason_hint: &'static str,
    pub moved_title: &'static str,
    pub moved_text: &'static str,
    /// The fact, what it was, and what it is.
    pub moved: fn(&str, &str, &str) -> String,
    pub obstacle_title: &'static str,
    pub obstacle: fn(&RepairObstacle) -> String,
    pub back: &'static str,
}

pub const ENGLISH: Repair = Repair {
    title: "Billing repair",
    description: "Where ours and the payment provider’s differ, the oldest first. Compared every night, and after each repair.",
    any_kind: "Any difference",
    apply: "Show",
    clear: "Clear the filter",
    column_organization: "Organization",
    column_drift: "What differs",
    column_age: "For",
    age: |hours| match hours {
        0 => "less than an hour".to_owned(),
        1 => "1 hour".to_owned(),
        2..=47 => format!("{hours} hours"),
        _ => format!("{} days", hours / 24),
    },
    empty_title: "Nothing differs",
    empty_text: "What is known here is what the payment provider says. It is compared again every night.",
    no_match_title: "No such difference is open",
    no_match_text: "Others may be: clear the filter to see all of them.",
    bills_of: |name| format!("Bills of {name}"),
    organization: "Everything about it",
    drift_text: |ours, theirs, age| format!("Ours: {ours}. The provider’s: {theirs}. For {age}."),
    advice: english_advice,
    shared_with: "Organizations with the same customer",
    away: "The payment provider does not answer",
    not_set_up: "No payment provider is set up, so that there is nothing to compare with.",
    sides: "Ours beside the provider’s",
    sides_text: "As it is at this moment. The price of ours is what the catalogue asks for what is bought.",
    fact_column: "Fact",
    ours: "Ours",
    theirs: "The provider’s",
    column_differs: "Compared",
    differs: "Differs",
    alike: "Alike",
    unknown: "Not known",
    nothing: "None",
    unlimited: "Without a limit",
    desk_fact: |fact| match fact {
        DeskFact::Subscription => "Subscription",
        DeskFact::Plan => "Plan",
        DeskFact::Price => "Price of a period",
        DeskFact::Interval => "Interval",
        DeskFact::Seats => "Seats",
        DeskFact::State => "State",
        DeskFact::PeriodEnd => "End of the period",
        DeskFact::Cancel => "Canceled to",
        DeskFact::Pending => "Waits for the renewal",
        DeskFact::Customer => "Customer",
        DeskFact::ExternalId => "Organization of the customer",
    },
    repair_fact: english_fact,
    status: |status| status.replace('_', " "),
    given: |plan, complimentary, until| {
        let free = if complimentary { ", free of charge" } else { "" };
        let until = until.map_or_else(String::new, |until| format!(", until {until}"));
        format!("{plan}{free}{until}")
    },
    pending: |plan, seats, at| {
        let plan = plan.map(str::to_owned);
        let seats = seats.map(|seats| match seats {
            1 => "1 seat".to_owned(),
            seats => format!("{seats} seats"),
        });
        let parts: Vec<String> = plan.into_iter().chain(seats).collect();
        format!("{}, from {at} on", parts.join(", "))
    },
    fixes: "Repair",
    fixes_text: "Each begins with a dry run: it shows what would change, and changes nothing.",
    kind: english_kind,
    kind_text: english_kind_text,
    do_it: |kind| match kind {
        RepairKind::Plan | RepairKind::Complimentary => "Give it",
        RepairKind::TakeBack => "Take it back",
        RepairKind::Seats => "Set the seats",
        RepairKind::Relink => "Link it",
        RepairKind::Sync => "Take the provider’s word",
    },
    history: "Repaired before",
    history_text: "The organization reads the first line of each. Who did it and why is for staff.",
    by: |by, reason| {
        if reason.is_empty() {
            by.to_owned()
        } else {
            format!("{by}: {reason}")
        }
    },
    terminal: "At the terminal",
    plan: "Plan",
    choose_plan: "Choose a plan",
    until: "Until",
    until_hint: "Left empty, it holds until it is taken back.",
    customer: "Customer at the provider",
    customer_hint: "Its id. The provider knows no customer by this organization’s id: left empty, the one that is known here is let \
                    go, and the next purchase makes a new one.",
    known_customer: |customer| format!("Its id. By this organization’s id the provider knows {customer}."),
    try_it: "Try it",
    dry_run: "What would change",
    dry_run_text: "Nothing has changed yet.",
    before: "Now",
    after: "Afterwards",
    charge: "What it costs the organization",
    charge_text: "Before tax. More seats are charged at once for the rest of the period, fewer hold from the renewal on.",
    today: "Charged at once",
    renewal: "Each period from the renewal on",
    effective: "Holds from",
    settles: "Settled by it",
    remains: "Still different afterwards",
    confirm: "Confirm",
    confirm_text: "It is recorded in your log and in the organization’s, whose billing page says in one line what support adjusted.",
    reason_hint: "At least ten characters. Only staff read it.",
    moved_title: "Something has changed since you looked",
    moved_text: "Nothing was done. Look at it again, and confirm what you see now.",
    moved: |fact, was, is| format!("{fact}: was {was}, is {is} now"),
    obstacle_title: "This cannot be done",
    obstacle: english_obstacle,
    back: "Back to the desk",
};

fn english_fact(fact: RepairFact) -> &'static str {
    match fact {
        RepairFact::Plan => "Plan",
        RepairFact::State => "Billing",
        RepairFact::Until => "Until",
        RepairFact::Projects => "Projects",
        RepairFact::Members => "Members",
        RepairFact::Guests => "Guests",
        RepairFact::Given => "Given by us",
        RepairFact::Customer => "Customer",
        RepairFact::Subscription => "Subscription",
        RepairFact::Seats => "Seats paid for",
        RepairFact::SeatsUsed => "Seats in use",
        RepairFact::Amount => "Price of a period",
        RepairFact::Renews => "Renews",
        RepairFact::Ends => "Ends",
        RepairFact::Pending => "Waits for the renewal",
    }
}

fn english_kind(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::Plan => "Override the plan",
        RepairKind::Complimentary => "Give a plan free of charge",
        RepairKind::TakeBack => "Take back what was given",
        RepairKind::Seats => "Reset the seats",
        RepairKind::Relink => "Link the customer anew",
        RepairKind::Sync => "Sync with the provider",
    }
}

fn english_kind_text(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::Plan => {
            "Another plan’s limits and features, whatever is paid for. Who pays goes on paying the same."
        }
        RepairKind::Complimentary => "Everything works without paying. What was bought goes on being charged.",
        RepairKind::TakeBack => {
            "From then on what is paid for counts again. What exceeds it is paused after the days of grace."
        }
        RepairKind::Seats => "The seats that are paid for become those that are in use, at the provider and here.",
        RepairKind::Relink => {
            "Which customer of the provider the organization is. It has to carry the organization’s own id."
        }
        RepairKind::Sync => "The provider is read again, and its word is taken where ours says something else.",
    }
}

fn english_advice(kind: &str) -> &'static str {
    match kind {
        "missing_customer" | "shared_customer" => "Link the customer anew.",
        "missing_subscription" | "seat_drift" => "Sync with the provider.",
        "price_mismatch" => "Correct the price at the provider or in the catalogue, then sync.",
        "several_subscriptions" => "End all but one at the provider, then sync.",
        "ownership_mismatch" => "Correct whose it is at the provider, then sync.",
        "provider_outage" => "Sync once the provider answers.",
        _ => "",
    }
}

fn english_obstacle(obstacle: &RepairObstacle) -> String {
    match obstacle {
        RepairObstacle::NotSetUp => "No payment provider is set up here, or it cannot do this.",
        RepairObstacle::ProviderAway(words) => {
            return format!("The payment provider does not answer ({words}). Nothing was changed: try again later.");
        }
        RepairObstacle::GivenAlready => "Something is given already. Take that back first.",
        RepairObstacle::NothingGiven => "Nothing is given, or it has run out by itself.",
        RepairObstacle::UnknownPlan => "There is no such plan.",
        RepairObstacle::Over => "It would be over before it began. Choose a later instant.",
        RepairObstacle::NothingBought => "No subscription lives, here or at the provider.",
        RepairObstacle::Closed(closed) => match closed {
            Closed::PastDue => "A payment is owed: it is settled first.",
            Closed::Paused => "The subscription is paused.",
            Closed::Canceling => "The subscription was canceled, and is not changed any more.",
            Closed::Foreign => "Its product is none of ours.",
            Closed::NotSetUp | Closed::NotYours => "Its seats cannot be changed.",
        },
        RepairObstacle::ChangeWaits => "Another number of seats waits for the renewal. The organization takes that back first.",
        RepairObstacle::SeatsRight => "As many seats are paid for as are in use, or will be from the renewal on.",
        RepairObstacle::SameCustomer => "This is the customer that is known already.",
        RepairObstacle::CustomerUnknown => "The provider knows no customer with this id.",
        RepairObstacle::CustomerDeleted => "This customer was deleted at the provider.",
        RepairObstacle::CustomerUnclaimed => {
            "This customer carries no organization’s id. Write this one’s id there as the external id first: it can be written once."
        }
        RepairObstacle::CustomerOfAnother => "This customer carries another organization’s id.",
        RepairObstacle::CustomerShared(name) => {
            return format!("{name} has this customer as well. Link that organization to its own first.");
        }
        RepairObstacle::CustomerThere(customer) => {
            return format!("By this organization’s id the provider knows {customer}. Link it to that one.");
        }
        RepairObstacle::StillPays => "This customer pays for a subscription that lives. Sync, or end that subscription first.",
        RepairObstacle::NothingDiffers => "The provider says what is known here. There is nothing to take over.",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_told_in_hours_and_then_in_days() {
        for (hours, text) in [
            (0, "less than an hour"),
            (1, "1 hour"),
            (47, "47 hours"),
            (48, "2 days"),
        ] {
            assert_eq!((ENGLISH.age)(hours), text);
        }
    }

    #[test]
    fn every_difference_has_advice() {
        for kind in domain::billing::drifts::DriftKind::ALL {
            assert!(!english_advice(kind.key()).is_empty(), "{}", kind.key());
        }
    }
}
