//! How an organization stands with its bills, around every page: the sign in the frame, banners, and the way on where a plan
//! stands in the way.

use contract::{
    Error,
    billing::{BillingBanner, BillingStanding, BillingState, Feature, Pill},
    error::Limit,
};

#[derive(Debug)]
pub struct Standing {
    /// The sign in the frame; with the name of the plan.
    pub pill: fn(&BillingStanding, &str) -> String,
    pub banner: fn(BillingBanner, &BillingStanding) -> Said,
    /// What leads out of it, for who sees to the bills.
    pub banner_action: fn(BillingBanner) -> &'static str,
    pub see_billing: &'static str,
    pub ask_owner: &'static str,
    pub paused_title: &'static str,
    pub paused_text: &'static str,
    pub see_people: &'static str,
    pub see_plans: &'static str,
    pub more: fn(usize) -> String,
    /// What a plan, or a bill that is not paid, stands in the way of.
    pub refused: fn(&Error) -> Option<Said>,
    /// A feature that the plan does not include, where it would be.
    pub gate: fn(Feature) -> Said,
    /// For lists of facts.
    pub state: fn(BillingState) -> &'static str,
}

/// A few words, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub title: String,
    pub text: String,
}

impl Said {
    fn new(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            text: text.into(),
        }
    }
}

pub const ENGLISH: Standing = Standing {
    pill: english_pill,
    banner: english_banner,
    banner_action: |banner| match banner {
        BillingBanner::TrialEnding | BillingBanner::TrialOver | BillingBanner::Canceled => "Choose a plan",
        BillingBanner::PastDue | BillingBanner::Restricted => "Settle the payment",
        BillingBanner::Paused => "Open billing",
    },
    see_billing: "See billing",
    ask_owner: "Ask an owner of the organization.",
    paused_title: "You can read everything here, and change nothing",
    paused_text: "The plan has no seat for you at the moment. Ask an owner to make room for you.",
    see_people: "See who is here",
    see_plans: "See plans",
    more: |more| match more {
        1 => "1 more notice".to_owned(),
        more => format!("{more} more notices"),
    },
    refused: english_refused,
    gate: |feature| match feature {
        Feature::AuditExport => Said::new(
            "Your plan does not include the log as a file",
            "It can be searched and read here on every plan.",
        ),
    },
    state: |state| match state {
        BillingState::Trialing => "Trial",
        BillingState::Active => "Active",
        BillingState::Canceling => "Ends soon",
        BillingState::PastDue => "Past due",
        BillingState::Restricted => "Read-only",
        BillingState::Paused => "Paused",
        BillingState::Complimentary => "Complimentary",
        BillingState::Canceled => "Ended",
        BillingState::None => "Trial ended",
    },
};

fn english_pill(standing: &BillingStanding, plan: &str) -> String {
    let days = standing.days_left.unwrap_or_default();
    match standing.pill {
        Pill::Pristine | Pill::Warning => format!("Trial · {days} days"),
        Pill::Urgent => "Trial · last day".to_owned(),
        Pill::Expired => "Trial ended".to_owned(),
        Pill::Paid => plan.to_owned(),
        Pill::Complimentary => "Complimentary".to_owned(),
        Pill::PastDue => "Past due".to_owned(),
        Pill::Paused => "Paused".to_owned(),
        Pill::Canceled if standing.state == BillingState::Canceling => "Ends soon".to_owned(),
        Pill::Canceled => "Ended".to_owned(),
    }
}

fn english_banner(banner: BillingBanner, standing: &BillingStanding) -> Said {
    let until = standing
        .until
        .as_ref()
        .map(|until| until.text.as_str())
        .unwrap_or_default();
    let days = standing.days_left.unwrap_or_default();
    match banner {
        BillingBanner::TrialEnding => {
            let title = match days {
                0 | 1 => "The trial ends within a day".to_owned(),
                days => format!("The trial ends in {days} days"),
            };
            Said::new(
                title,
                format!("From {until} on everything can be read, and nothing changed, until a plan is chosen."),
            )
        }
        BillingBanner::TrialOver => Said::new(
            "The trial is over",
            "Nothing is lost: everything can be read and taken away. To change it again, the organization needs a plan.",
        ),
        BillingBanner::PastDue => {
            let title = match days {
                0 | 1 => "A payment failed, and this is the last day to settle it".to_owned(),
                days => format!("A payment failed: {days} days left to settle it"),
            };
            Said::new(
                title,
                format!("Everything keeps working until {until}. The charge is tried again by then."),
            )
        }
        BillingBanner::Restricted => Said::new(
            "A payment is still missing",
            "Everything can be read and taken away, and nothing changed, until it is settled.",
        ),
        BillingBanner::Paused => Said::new(
            "The subscription is paused",
            "Everything can be read and taken away, and nothing changed, until it goes on.",
        ),
        BillingBanner::Canceled => Said::new(
            "The subscription has ended",
            "Nothing is lost: everything can be read and taken away. To change it again, the organization needs a plan.",
        ),
    }
}

fn english_refused(error: &Error) -> Option<Said> {
    match error {
        Error::LimitReached { limit, used, allowed } if limit.is_of_plan() => {
            let (title, count) = match limit {
                Limit::Projects => (
                    "There is no room for another project",
                    format!(
                        "Your plan includes {}, and {} in use. Archived projects count.",
                        english_count(*allowed, "project", "projects"),
                        english_count(*used, "is", "are")
                    ),
                ),
                Limit::Members => (
                    "There is no seat for another member",
                    format!(
                        "Your plan has room for {}, and {} taken. Open invitations count.",
                        english_count(*allowed, "member", "members"),
                        english_count(*used, "seat is", "seats are")
                    ),
                ),
                Limit::Guests | Limit::Roles | Limit::Workspaces => (
                    "There is no room for another guest",
                    format!(
                        "Your plan has room for {}, and {} here. Open invitations count.",
                        english_count(*allowed, "guest", "guests"),
                        english_count(*used, "is", "are")
                    ),
                ),
            };
            Some(Said::new(title, count))
        }
        Error::PlanFeature { feature } => Some((ENGLISH.gate)(*feature)),
        Error::PaymentRequired { .. } => Some(Said::new(
            "Nothing was changed",
            "The organization is not paid for at the moment: everything can be read, and nothing changed.",
        )),
        Error::PausedByPlan { limit } => Some(Said::new(
            "Nothing was changed",
            match limit {
                Limit::Projects => {
                    "This project is more than the plan includes. It can be read until the plan has room for it."
                }
                Limit::Members | Limit::Guests | Limit::Roles | Limit::Workspaces => {
                    "The plan has no seat for you at the moment. You can read everything."
                }
            },
        )),
        _ => None,
    }
}

fn english_count(count: u32, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_says_how_many_there_are_and_how_many_there_can_be() {
        for limit in [Limit::Projects, Limit::Members, Limit::Guests] {
            let said = english_refused(&Error::LimitReached {
                limit,
                used: 7,
                allowed: 5,
            });
            let text = said.unwrap().text;
            assert!(text.contains('7') && text.contains('5'), "{text}");
        }
        let one = english_refused(&Error::LimitReached {
            limit: Limit::Members,
            used: 1,
            allowed: 1,
        });
        let text = "Your plan has room for 1 member, and 1 seat is taken. Open invitations count.";
        assert_eq!(one.unwrap().text, text);
        // No plan has more of these.
        for limit in [Limit::Roles, Limit::Workspaces] {
            let error = Error::LimitReached {
                limit,
                used: 7,
                allowed: 7,
            };
            assert_eq!(english_refused(&error), None);
        }
    }
}
