//! Choosing a plan, changing it, coming back from the pay page, canceling, and choosing what stays in use.

use contract::{
    billing::{BillingInterval, CancelReason, ChangeTiming, Closed, LimitUse, Purchase},
    error::Limit,
};

#[derive(Debug)]
pub struct Purchasing {
    pub plans: Plans,
    pub change: Change,
    pub back: Back,
    pub cancel: Cancel,
    pub keep: Keep,
    pub choose: Choose,
}

#[derive(Debug)]
pub struct Plans {
    pub title: &'static str,
    pub description: &'static str,
    pub closed: fn(Closed) -> (&'static str, &'static str),
    pub back: &'static str,
    pub seats: &'static str,
    pub seats_used: fn(u32) -> String,
    pub update: &'static str,
    pub total: fn(&str, u32, BillingInterval) -> String,
    pub current: &'static str,
    pub choose: fn(&str) -> String,
    pub change_to: fn(&str) -> String,
    pub too_many: fn(u32) -> String,
    pub not_sold: fn(BillingInterval) -> &'static str,
    pub exceeded: fn(&LimitUse) -> String,
    pub before_tax: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
}

#[derive(Debug)]
pub struct Change {
    pub title: &'static str,
    pub description: &'static str,
    pub refused_title: &'static str,
    pub no_seats: &'static str,
    pub too_few_seats: fn(u32) -> String,
    pub too_many_seats: fn(u32) -> String,
    pub from: &'static str,
    pub to: &'static str,
    pub purchase: fn(&Purchase) -> String,
    pub today: &'static str,
    pub today_nothing: &'static str,
    pub renewal: &'static str,
    pub each: fn(&str, BillingInterval) -> String,
    pub next_renewal: &'static str,
    pub holds: &'static str,
    pub holds_from: fn(ChangeTiming, &str) -> String,
    pub now_text: &'static str,
    pub later_text: &'static str,
    pub at_most: fn(&str) -> String,
    pub discounted: &'static str,
    pub replaces: &'static str,
    pub pauses_title: &'static str,
    pub pauses_text: &'static str,
    pub pauses: fn(Limit, u32, u32) -> String,
    pub more: fn(u32) -> String,
    pub without_room: fn(u32) -> String,
    pub keep: &'static str,
    pub keep_text: &'static str,
    pub confirm_now: fn(&str) -> String,
    pub confirm_discounted: &'static str,
    pub confirm_free: &'static str,
    pub confirm_later: &'static str,
    pub other: &'static str,
    pub same_title: &'static str,
    pub same_text: &'static str,
}

#[derive(Debug)]
pub struct Back {
    pub confirming_title: &'static str,
    pub confirming_text: &'static str,
    pub confirming_long: &'static str,
    pub active_title: fn(&str) -> String,
    pub active_text: fn(u32) -> String,
    pub to_billing: &'static str,
    pub to_work: &'static str,
    pub open_title: &'static str,
    pub open_text: &'static str,
    pub to_pay: &'static str,
    pub other_plan: &'static str,
    pub expired_title: &'static str,
    pub expired_text: &'static str,
    pub away_title: &'static str,
    pub away_text: &'static str,
    pub look_again: &'static str,
    pub unknown_title: &'static str,
    pub unknown_text: &'static str,
}

#[derive(Debug)]
pub struct Cancel {
    pub title: &'static str,
    pub description: &'static str,
    pub until: fn(&str) -> String,
    pub until_unknown: &'static str,
    pub until_unpaid: fn(&str) -> String,
    pub at_once: &'static str,
    pub for_good: &'static str,
    pub stays: &'static str,
    pub undo: &'static str,
    pub reason: &'static str,
    pub reasons: fn(CancelReason) -> &'static str,
    pub comment: &'static str,
    pub comment_hint: &'static str,
    pub button: &'static str,
    pub stay: &'static str,
    pub nothing_title: &'static str,
    pub nothing_text: &'static str,
}

#[derive(Debug)]
pub struct Keep {
    pub title: &'static str,
    pub description: &'static str,
    pub kind: fn(Limit) -> &'static str,
    pub counts: fn(u32, u32) -> String,
    pub unseen: &'static str,
    pub paused: &'static str,
    pub always: &'static str,
    pub save: &'static str,
    pub nothing_title: &'static str,
    pub nothing_text: &'static str,
    pub larger: &'static str,
}

/// Where a plan was chosen on the public page.
#[derive(Debug)]
pub struct Choose {
    pub title: &'static str,
    pub description: &'static str,
    pub new: &'static str,
    pub none_title: &'static str,
    pub none_text: &'static str,
}

pub const ENGLISH: Purchasing = Purchasing {
    plans: PLANS,
    change: CHANGE,
    back: BACK,
    cancel: CANCEL,
    keep: KEEP,
    choose: CHOOSE,
};

const PLANS: Plans = Plans {
    title: "Plans",
    description: "A larger plan holds at once, a smaller one from the next renewal.",
    closed: |closed| match closed {
        Closed::NotSetUp => (
            "Payments are not set up",
            "Nothing can be bought on this installation. Its operator can set payments up.",
        ),
        Closed::Canceling => (
            "The subscription is about to end",
            "Keep it first: then it can be changed.",
        ),
        Closed::PastDue => ("A payment is missing", "Settle it first: then the plan can be changed."),
        Closed::Paused => (
            "The subscription is paused",
            "Once it goes on, the plan can be changed.",
        ),
        Closed::Foreign => (
            "Your subscription is an agreement of its own",
            "It is none of the plans that are sold here. Whoever made it with you can change it.",
        ),
        Closed::NotYours => (
            "You can look at the plans",
            "Whoever sees to the bills can choose one: ask an owner.",
        ),
    },
    back: "Back to billing",
    seats: "Seats",
    seats_used: |used| format!("{used} in use"),
    update: "Show prices",
    total: |total, seats, interval| {
        let seats = english_seats(seats);
        match interval {
            BillingInterval::Month => format!("{total} a month for {seats}"),
            BillingInterval::Year => format!("{total} a year for {seats}"),
        }
    },
    current: "Your plan",
    choose: |plan| format!("Choose {plan}"),
    change_to: |plan| format!("Change to {plan}"),
    too_many: |most| format!("It has at most {}.", english_seats(most)),
    not_sold: |interval| match interval {
        BillingInterval::Month => "It is sold by the year only.",
        BillingInterval::Year => "It is sold by the month only.",
    },
    exceeded: |use_| {
        let what = match use_.limit {
            Limit::Projects => "projects",
            // Open invitations count.
            Limit::Members => "seats",
            Limit::Guests | Limit::Roles | Limit::Workspaces => "guests",
        };
        format!(
            "{} {what} are in use, and it has room for {}",
            use_.used,
            use_.allowed.unwrap_or_default()
        )
    },
    before_tax: "Prices are without tax. What is due where you are is added before you pay.",
    empty_title: "No plan is on sale at the moment",
    empty_text: "What you have goes on. Come back later, or ask the operator of this installation.",
};

const CHANGE: Change = Change {
    title: "Change the plan",
    description: "This is what the change comes to. Nothing happens before you confirm it.",
    refused_title: "This cannot be chosen",
    no_seats: "The number of seats is a whole number, from 1 on.",
    too_few_seats: |used| {
        format!(
            "{} in use. Remove somebody, or take an open invitation back, to pay for fewer.",
            match used {
                1 => "1 seat is".to_owned(),
                used => format!("{used} seats are"),
            }
        )
    },
    too_many_seats: |most| format!("The plan has at most {}. A larger plan has more.", english_seats(most)),
    from: "Now",
    to: "Then",
    purchase: |purchase| {
        let paid = match purchase.interval {
            BillingInterval::Month => "paid monthly",
            BillingInterval::Year => "paid yearly",
        };
        format!("{}, {}, {paid}", purchase.plan.name, english_seats(purchase.seats))
    },
    today: "Due today",
    today_nothing: "Nothing",
    renewal: "From the next renewal on",
    each: |amount, interval| match interval {
        BillingInterval::Month => format!("{amount} a month"),
        BillingInterval::Year => format!("{amount} a year"),
    },
    next_renewal: "Next renewal",
    holds: "Holds from",
    holds_from: |timing, at| match timing {
        ChangeTiming::Now => "Now".to_owned(),
        ChangeTiming::AtRenewal => at.to_owned(),
    },
    now_text: "It holds at once. You pay the difference for the days that remain of this period, before tax.",
    later_text: "Until the renewal you keep what is paid for. Nothing is paid back.",
    at_most: |amount| format!("At most {amount}"),
    discounted: "You have a discount. The payment provider takes it off by its own rules when it charges, so that the amounts \
                 here are the most that it comes to.",
    replaces: "Another change waits for the renewal. This one takes its place.",
    pauses_title: "What will be paused",
    pauses_text: "There is more in use than the new plan has room for. A few days after the change these are paused, unless \
                  you choose others. They can be read, and nothing is deleted.",
    pauses: |limit, used, allowed| {
        let what = match limit {
            Limit::Projects => "projects",
            Limit::Members => "members",
            Limit::Guests | Limit::Roles | Limit::Workspaces => "guests",
        };
        format!("{used} {what} are in use, with room for {allowed}")
    },
    more: |more| format!("and {more} more"),
    without_room: |invitations| match invitations {
        1 => "1 open invitation will have no seat: it cannot be accepted until there is room.".to_owned(),
        many => format!("{many} open invitations will have no seat: they cannot be accepted until there is room."),
    },
    keep: "What stays in use",
    keep_text: "Tick what stays. What is not ticked is paused once the change has held for a few days.",
    confirm_now: |amount| format!("Pay {amount} and change"),
    confirm_discounted: "Pay and change",
    confirm_free: "Change now",
    confirm_later: "Change at the renewal",
    other: "Choose another plan",
    same_title: "There is nothing to change",
    same_text: "This is what you have already.",
};

const BACK: Back = Back {
    confirming_title: "Confirming your payment",
    confirming_text: "This takes a few seconds. The page looks again by itself.",
    confirming_long: "It takes longer than usual. You can leave this page: your plan is there as soon as the payment is \
                      confirmed, and nothing is charged twice.",
    active_title: |plan| format!("You are on the {plan} plan"),
    active_text: |seats| {
        format!(
            "It is paid for, with {}. The invoice is on the billing page.",
            english_seats(seats)
        )
    },
    to_billing: "Go to billing",
    to_work: "Back to work",
    open_title: "Nothing was paid",
    open_text: "The pay page is still open, and nothing was charged. Go back to it, or choose another plan.",
    to_pay: "Back to the pay page",
    other_plan: "Choose another plan",
    expired_title: "That pay page is closed",
    expired_text: "Nothing was charged on it. Choose a plan to begin anew.",
    away_title: "The payment provider does not answer",
    away_text: "If you have paid, your plan is there as soon as it answers again; nothing is lost, and nothing is charged \
                twice. The page looks again by itself.",
    look_again: "Look again",
    unknown_title: "There is no such purchase",
    unknown_text: "The link is not of this organization, or it is incomplete. What was bought is on the billing page.",
};

const CANCEL: Cancel = Cancel {
    title: "Cancel the subscription",
    description: "This is what happens, and when.",
    until: |until| format!("Everything works until {until}. Nothing is charged any more."),
    until_unknown: "Everything works until the end of what is paid for. Nothing is charged any more.",
    until_unpaid: |until| {
        format!(
            "It is not renewed, and ends on {until}. The payment that is missing stays due: without it nothing can be \
             changed once the days of grace are over."
        )
    },
    at_once: "It is paused, and nothing is charged: it ends at once.",
    for_good: "This cannot be taken back. Another plan can be bought at any time.",
    stays: "After that everything can be read and taken away, and nothing changed. Nothing is deleted.",
    undo: "Until then you can change your mind on the billing page, with one press.",
    reason: "Why do you cancel?",
    reasons: |reason| match reason {
        CancelReason::TooExpensive => "It is too expensive",
        CancelReason::MissingFeature => "Something is missing",
        CancelReason::JustTesting => "We were only trying it",
        CancelReason::Other => "Something else",
    },
    comment: "What should we know?",
    comment_hint: "Needed for “Something else”. Up to 1,000 characters.",
    button: "Cancel the subscription",
    stay: "Keep it",
    nothing_title: "There is nothing to cancel",
    nothing_text: "The organization has no subscription that renews.",
};

const KEEP: Keep = Keep {
    title: "What stays in use",
    description: "Choose up to as many as the plan has room for. The others can be read and not changed, until there is room \
                  again. Nothing is deleted.",
    kind: |limit| match limit {
        Limit::Projects => "Projects",
        Limit::Members => "Members",
        Limit::Guests | Limit::Roles | Limit::Workspaces => "Guests",
    },
    counts: |used, allowed| format!("{used} in use, room for {allowed}"),
    unseen: "A project that you do not see",
    paused: "Paused",
    always: "Always stays",
    save: "Keep these",
    nothing_title: "Everything fits",
    nothing_text: "The plan has room for all that is in use.",
    larger: "See larger plans",
};

const CHOOSE: Choose = Choose {
    title: "Which organization is it for?",
    description: "A plan belongs to one organization.",
    new: "Create an organization",
    none_title: "You see to the bills of no organization",
    none_text: "Ask an owner of yours to choose a plan, or create an organization of your own: it starts with a free trial.",
};

fn english_seats(seats: u32) -> String {
    match seats {
        1 => "1 seat".to_owned(),
        seats => format!("{seats} seats"),
    }
}
