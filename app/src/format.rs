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
}
