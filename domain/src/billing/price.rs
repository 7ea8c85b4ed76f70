//! What a change costs today. Pure: amounts are in minor units, before tax.
//!
//! The provider gives back the part of the old price that falls on the rest of the period, and charges that part of the new
//! one, each rounded to the nearest minor unit (`billing/provider`: Polar's proration is per second).

use chrono::{DateTime, Utc};

/// What is paid for, and from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

impl Period {
    /// The part of an amount for the whole period that falls on what is left of it, rounded half up. All of it before the period,
    /// nothing after it.
    pub fn remaining(self, amount: i64, now: DateTime<Utc>) -> i64 {
        let total = i128::from((self.end - self.start).num_microseconds().unwrap_or(i64::MAX)).max(1);
        let left = i128::from((self.end - now).num_microseconds().unwrap_or_default()).clamp(0, total);
        let part = (i128::from(amount) * left * 2 + total).div_euclid(total * 2);
        i64::try_from(part).unwrap_or(amount)
    }

    /// For another price within the same period.
    pub fn difference(self, old: i64, new: i64, now: DateTime<Utc>) -> i64 {
        self.remaining(new, now) - self.remaining(old, now)
    }

    /// For a new period that begins now, at its full price.
    pub fn anew(self, old: i64, new: i64, now: DateTime<Utc>) -> i64 {
        new - self.remaining(old, now)
    }
}

/// What seats come to for one interval.
pub fn of_seats(seat_amount: i64, seats: u32) -> i64 {
    seat_amount.saturating_mul(i64::from(seats))
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};
    use proptest::prelude::*;

    use super::*;

    fn period() -> Period {
        let start = Utc.with_ymd_and_hms(2026, 6, 1, 0, 0, 0).unwrap();
        Period {
            start,
            end: start + TimeDelta::days(30),
        }
    }

    #[test]
    fn half_of_a_period_is_half_of_the_difference() {
        let middle = period().start + TimeDelta::days(15);
        // Five seats from 9.00 to 19.00 each.
        assert_eq!(period().difference(4_500, 9_500, middle), 2_500);
        assert_eq!(
            period().anew(4_500, 90_000, middle),
            87_750,
            "a year, less half of a month"
        );
        assert_eq!(period().remaining(1, middle), 1, "half a unit is rounded up");
    }

    #[test]
    fn outside_of_the_period_it_is_all_or_nothing() {
        for (now, expected) in [
            (period().start - TimeDelta::days(1), 4_500),
            (period().start, 4_500),
            (period().end, 0),
            (period().end + TimeDelta::days(1), 0),
        ] {
            assert_eq!(period().remaining(4_500, now), expected, "{now}");
        }
        let empty = Period {
            start: period().start,
            end: period().start,
        };
        assert_eq!(empty.remaining(4_500, period().start), 0);
    }

    proptest! {
        #[test]
        fn a_part_is_never_less_than_nothing_or_more_than_all(amount in 0..=i64::from(u32::MAX) * 1000, second in 0..=2_592_000_i64) {
            let now = period().start + TimeDelta::seconds(second);
            let part = period().remaining(amount, now);
            prop_assert!((0..=amount).contains(&part));
            // Within half a unit of the exact part.
            let exact = i128::from(amount) * i128::from(2_592_000 - second);
            prop_assert!((i128::from(part) * 2_592_000 - exact).abs() * 2 <= 2_592_000);
        }

        #[test]
        fn waiting_never_makes_it_dearer(amount in 0..1_000_000_i64, one in 0..=2_592_000_i64, other in 0..=2_592_000_i64) {
            let at = |second| period().remaining(amount, period().start + TimeDelta::seconds(second));
            prop_assert!(at(one.min(other)) >= at(one.max(other)));
        }

        #[test]
        fn more_costs_something_or_nothing_and_two_steps_cost_as_much_as_one(
            old in 0..1_000_000_i64,
            more in 0..1_000_000_i64,
            most in 0..1_000_000_i64,
            second in 0..=2_592_000_i64,
        ) {
            let now = period().start + TimeDelta::seconds(second);
            let at_once = period().difference(old, old + more + most, now);
            prop_assert!(at_once >= 0);
            let first = period().difference(old, old + more, now);
            let then = period().difference(old + more, old + more + most, now);
            prop_assert_eq!(at_once, first + then);
        }

        #[test]
        fn there_and_back_is_free(old in 0..1_000_000_i64, new in 0..1_000_000_i64, second in 0..=2_592_000_i64) {
            let now = period().start + TimeDelta::seconds(second);
            prop_assert_eq!(period().difference(old, new, now) + period().difference(new, old, now), 0);
        }
    }
}
