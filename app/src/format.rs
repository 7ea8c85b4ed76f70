//! Dates and figures for people, in their zone and language.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use contract::{preferences::Locale, time::Moment};

/// Formats for one person.
#[derive(Debug, Clone, Copy)]
pub struct Formatter {
    pub locale: Locale,
    pub zone: Tz,
}

impl Formatter {
    /// For somebody of whom neither language nor zone is known.
    pub fn for_strangers() -> Self {
        Self {
            locale: Locale::default(),
            zone: Tz::UTC,
        }
    }

    pub fn moment(self, at: DateTime<Utc>) -> Moment {
        let local = at.with_timezone(&self.zone);
        let text = match self.locale {
            Locale::English => local.format("%-d %b %Y, %H:%M").to_string(),
        };
        Moment {
            iso: at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            text,
        }
    }

    pub fn day(self, day: NaiveDate) -> String {
        match self.locale {
            Locale::English => day.format("%-d %b %Y").to_string(),
        }
    }

    /// When a day begins, where the person is. Where clocks are moved at midnight, it begins with the first hour there is.
    pub fn start_of(self, day: NaiveDate) -> DateTime<Utc> {
        (0..24)
            .filter_map(|hour| day.and_hms_opt(hour, 0, 0))
            .find_map(|local| local.and_local_timezone(self.zone).earliest())
            .map_or_else(
                || day.and_time(chrono::NaiveTime::MIN).and_utc(),
                |at| at.with_timezone(&Utc),
            )
    }

    /// Today, where the person is.
    pub fn today(self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }
}

impl From<&domain::actor::Person> for Formatter {
    fn from(person: &domain::actor::Person) -> Self {
        Self {
            locale: person.locale,
            zone: person.time_zone,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn shows_the_persons_own_day() {
        let formatter = Formatter {
            locale: Locale::English,
            zone: chrono_tz::Pacific::Auckland,
        };
        let at = Utc.with_ymd_and_hms(2026, 5, 3, 23, 30, 0).unwrap();
        let moment = formatter.moment(at);
        assert_eq!(moment.text, "4 May 2026, 11:30");
        assert_eq!(moment.iso, "2026-05-03T23:30:00Z");
        assert_eq!(formatter.today(at), NaiveDate::from_ymd_opt(2026, 5, 4).unwrap());
    }

    #[test]
    fn a_day_without_midnight_begins_with_its_first_hour() {
        let starts = |zone: Tz, day: &str| {
            let formatter = Formatter {
                locale: Locale::English,
                zone,
            };
            formatter.start_of(day.parse().unwrap()).to_rfc3339()
        };
        assert_eq!(starts(chrono_tz::UTC, "2026-05-03"), "2026-05-03T00:00:00+00:00");
        // Clocks went from 0:00 to 1:00 on this day, and back to 23:00 of the day before on the other.
        assert_eq!(
            starts(chrono_tz::America::Sao_Paulo, "2018-11-04"),
            "2018-11-04T03:00:00+00:00"
        );
        assert_eq!(
            starts(chrono_tz::America::Sao_Paulo, "2018-02-18"),
            "2018-02-18T03:00:00+00:00"
        );
    }
}
