//! What a change of plan, interval or seats consists of: what holds at once, what waits for the renewal, and what it costs.
//! Pure: [`super::preview`] shows it, [`super::change_plan`] does it.
//!
//! More is there at once and less from the renewal on, so that nobody loses what is paid for. A smaller plan and fewer seats
//! wait for it together.

use chrono::{DateTime, Months, Utc};
use contract::{
    billing::{BillingInterval, ChangeTiming},
    error::Limit,
};

use super::{
    held::Held,
    price::{Period, of_seats},
};
use crate::Result;

/// What is paid for, or wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Of the plan, among plans.
    pub position: i32,
    pub interval: BillingInterval,
    /// Of one seat for one interval, without a discount.
    pub seat_amount: i64,
    pub seats: u32,
}

/// Which steps it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Steps {
    /// Another plan, or another interval.
    pub plan: Option<ChangeTiming>,
    pub seats: Option<ChangeTiming>,
}

/// What it comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote {
    pub timing: ChangeTiming,
    /// Charged now.
    pub today: i64,
    /// Charged for every period from the next renewal on.
    pub renewal: i64,
    pub effective: DateTime<Utc>,
    pub renews: Option<DateTime<Utc>>,
}

/// Whoever has seats in use pays for them, and nobody pays for more than the plan has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatBounds {
    pub min: u32,
    pub max: u32,
}

/// As many seats as the provider sells at once.
const MOST_SEATS: u32 = 1_000;

impl SeatBounds {
    /// `used` are the seats that are taken, `allowed` is the plan's limit.
    pub fn of(used: u32, allowed: Option<u32>) -> Self {
        let max = allowed.unwrap_or(MOST_SEATS).clamp(1, MOST_SEATS);
        Self {
            min: used.clamp(1, max),
            max,
        }
    }

    pub fn check(self, seats: u32, used: u32) -> Result<()> {
        let refuse = |used, allowed| {
            Err(contract::Error::LimitReached {
                limit: Limit::Members,
                used,
                allowed,
            }
            .into())
        };
        if seats < self.min {
            refuse(used, seats)
        } else if seats > self.max {
            refuse(seats, self.max)
        } else {
            Ok(())
        }
    }
}

impl Steps {
    pub fn between(from: Terms, to: Terms) -> Self {
        let less = to.position < from.position || is_shorter(from.interval, to.interval);
        let other = to.position != from.position || to.interval != from.interval;
        Self {
            plan: other.then_some(if less {
                ChangeTiming::AtRenewal
            } else {
                ChangeTiming::Now
            }),
            seats: match to.seats.cmp(&from.seats) {
                std::cmp::Ordering::Greater => Some(ChangeTiming::Now),
                std::cmp::Ordering::Less => Some(ChangeTiming::AtRenewal),
                std::cmp::Ordering::Equal => None,
            },
        }
    }

    pub const fn is_nothing(self) -> bool {
        self.plan.is_none() && self.seats.is_none()
    }

    /// When all of it holds.
    fn timing(self) -> ChangeTiming {
        if [self.plan, self.seats].contains(&Some(ChangeTiming::AtRenewal)) {
            ChangeTiming::AtRenewal
        } else {
            ChangeTiming::Now
        }
    }

    /// What it costs now. On trial nothing is charged before its end. Where a discount makes it cheaper, this is the most that it
    /// comes to: the full price for what is there from now on, less what was paid for the rest of the period.
    pub fn quote(self, from: Terms, to: Terms, held: &Held, now: DateTime<Utc>) -> Quote {
        let period = held.period_end.map(|end| Period {
            start: held.period_start,
            end,
        });
        let anew = self.plan == Some(ChangeTiming::Now) && to.interval != from.interval;
        let renews = if anew {
            Some(one(to.interval, now))
        } else {
            held.period_end
        };
        let timing = self.timing();
        Quote {
            timing,
            today: if held.status == super::effective::SubscriptionStatus::Trialing {
                0
            } else {
                period
                    .map_or(0, |period| self.today((from, held.amount), to, period, now))
                    .max(0)
            },
            renewal: of_seats(to.seat_amount, to.seats),
            effective: match timing {
                ChangeTiming::Now => now,
                ChangeTiming::AtRenewal => held.period_end.unwrap_or(now),
            },
            renews,
        }
    }

    fn today(self, (from, held): (Terms, i64), to: Terms, period: Period, now: DateTime<Utc>) -> i64 {
        let at_once = self.plan == Some(ChangeTiming::Now);
        // What the price and the seats are once the steps that do not wait are done.
        let more_seats = self.seats == Some(ChangeTiming::Now);
        let seats = if more_seats { to.seats } else { from.seats };
        let becomes = match (at_once, more_seats) {
            (true, _) => of_seats(to.seat_amount, seats),
            (false, true) => of_seats(from.seat_amount, seats),
            (false, false) => held,
        };
        if at_once && to.interval != from.interval {
            period.anew(held, becomes, now)
        } else {
            period.difference(held, becomes, now)
        }
    }
}

fn is_shorter(from: BillingInterval, to: BillingInterval) -> bool {
    from == BillingInterval::Year && to == BillingInterval::Month
}

/// The end of an interval that begins now. The day is kept, or the last of a month that is too short.
fn one(interval: BillingInterval, now: DateTime<Utc>) -> DateTime<Utc> {
    let months = match interval {
        BillingInterval::Month => 1,
        BillingInterval::Year => 12,
    };
    now.checked_add_months(Months::new(months)).unwrap_or(now)
}

#[cfg(test)]
mod tests;
