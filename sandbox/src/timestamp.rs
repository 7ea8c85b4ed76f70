//! Instants as the provider writes them, and its calendar.

use std::fmt::{self, Display};

use chrono::{DateTime, Datelike, Days, Months, TimeDelta, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// An instant to the microsecond. Written in UTC with `Z`, and with six digits of fraction or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(DateTime<Utc>);

impl Timestamp {
    pub fn new(instant: DateTime<Utc>) -> Self {
        Self(DateTime::from_timestamp_micros(instant.timestamp_micros()).unwrap_or(instant))
    }

    pub fn parse(text: &str) -> Option<Self> {
        let instant = DateTime::parse_from_rfc3339(text).ok()?;
        Some(Self::new(instant.with_timezone(&Utc)))
    }

    pub fn instant(self) -> DateTime<Utc> {
        self.0
    }

    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(self.0.checked_add_signed(delta).unwrap_or(self.0))
    }

    pub fn microseconds_until(self, later: Self) -> i64 {
        later.0.timestamp_micros() - self.0.timestamp_micros()
    }

    pub fn day_of_month(self) -> u32 {
        self.0.day()
    }

    /// `1 Mar 2026`, for pages.
    pub fn date(self) -> String {
        self.0.format("%-d %b %Y").to_string()
    }

    /// When an object that was last changed at `modified` is changed again: later than before, whatever the clock says.
    #[must_use]
    pub fn touched(now: Self, created: Self, modified: Option<Self>) -> Self {
        now.max(modified.unwrap_or(created).plus(TimeDelta::microseconds(1)))
    }
}

impl Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = self.0.timestamp_subsec_micros() == 0;
        let format = if whole {
            "%Y-%m-%dT%H:%M:%SZ"
        } else {
            "%Y-%m-%dT%H:%M:%S%.6fZ"
        };
        write!(f, "{}", self.0.format(format))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("no instant"))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    Day,
    Week,
    Month,
    Year,
}

impl Interval {
    pub const NAMES: [&str; 4] = ["day", "week", "month", "year"];

    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "day" => Some(Self::Day),
            "week" => Some(Self::Week),
            "month" => Some(Self::Month),
            "year" => Some(Self::Year),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// `count` intervals later. Months and years keep the day of `anchor`, or the last one that the month has.
    pub fn after(self, start: Timestamp, count: u32, anchor: u32) -> Timestamp {
        let later = match self {
            Self::Day => start.0.checked_add_days(Days::new(u64::from(count))),
            Self::Week => start.0.checked_add_days(Days::new(7 * u64::from(count))),
            Self::Month => months(start.0, count, anchor),
            Self::Year => months(start.0, count.saturating_mul(12), anchor),
        };
        Timestamp(later.unwrap_or(start.0))
    }
}

fn months(start: DateTime<Utc>, count: u32, anchor: u32) -> Option<DateTime<Utc>> {
    let month = start.with_day(1)?.checked_add_months(Months::new(count))?;
    (28..=anchor)
        .rev()
        .find_map(|day| month.with_day(day))
        .or_else(|| month.with_day(anchor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn is_written_as_the_provider_writes_it() {
        assert_eq!(at("2026-01-01T01:00:00+01:00").to_string(), "2026-01-01T00:00:00Z");
        assert_eq!(
            at("2026-01-01T00:00:00.1234567Z").to_string(),
            "2026-01-01T00:00:00.123456Z"
        );
        assert_eq!(at("2026-01-01T00:00:00.5Z").to_string(), "2026-01-01T00:00:00.500000Z");
    }

    #[test]
    fn months_keep_their_day() {
        let start = at("2026-01-31T10:00:00Z");
        let february = Interval::Month.after(start, 1, 31);
        assert_eq!(february, at("2026-02-28T10:00:00Z"));
        assert_eq!(Interval::Month.after(february, 1, 31), at("2026-03-31T10:00:00Z"));
        assert_eq!(
            Interval::Month.after(at("2026-11-05T10:00:00Z"), 2, 5),
            at("2027-01-05T10:00:00Z")
        );
        assert_eq!(
            Interval::Year.after(at("2028-02-29T00:00:00Z"), 1, 29),
            at("2029-02-28T00:00:00Z")
        );
        assert_eq!(
            Interval::Week.after(at("2026-02-23T00:00:00Z"), 2, 23),
            at("2026-03-09T00:00:00Z")
        );
    }

    #[test]
    fn a_change_is_later_than_the_one_before_even_when_the_clock_stands() {
        let now = at("2026-01-01T00:00:00Z");
        let first = Timestamp::touched(now, now, None);
        let second = Timestamp::touched(now, now, Some(first));
        assert!(now < first && first < second);
    }
}
