//! Dates and figures for people, in their zone and language.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use contract::{FieldCode, billing::Money, preferences::Locale, time::Moment};

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

    /// An amount in the minor unit of its currency. Whole amounts keep their decimals, so that figures in a column stand
    /// below each other.
    pub fn money(self, amount: i64, currency: &str) -> Money {
        let decimals = decimals(currency);
        let unit = 10_u64.pow(decimals);
        let (whole, rest) = (amount.unsigned_abs() / unit, amount.unsigned_abs() % unit);
        let (group, point) = match self.locale {
            Locale::English => (',', '.'),
        };
        let whole = grouped(whole, group);
        let figure = if decimals > 0 {
            format!("{whole}{point}{rest:0width$}", width = decimals as usize)
        } else {
            whole
        };
        let sign = if amount < 0 { "\u{2212}" } else { "" };
        let text = match symbol(currency) {
            Some(symbol) => format!("{sign}{symbol}{figure}"),
            None => format!("{sign}{}\u{a0}{figure}", currency.to_uppercase()),
        };
        Money {
            amount,
            currency: currency.to_owned(),
            text,
        }
    }

    /// The same as on a price tag: without decimals that say nothing.
    pub fn price(self, amount: i64, currency: &str) -> String {
        let decimals = decimals(currency);
        let mut text = self.money(amount, currency).text;
        if decimals > 0 && amount % 10_i64.pow(decimals) == 0 {
            text.truncate(text.len() - decimals as usize - 1);
        }
        text
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

    /// An instant as a browser's field for a day and a time holds it, where the person is, without its seconds.
    pub fn field(self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.zone).format("%Y-%m-%dT%H:%M").to_string()
    }

    /// An instant as a browser's field for a day and a time sends it, where the person is; none when it is empty. What the
    /// clocks show twice is the first of both, what they skip is the hour after.
    pub fn instant(self, text: Option<&str>) -> Result<Option<DateTime<Utc>>, FieldCode> {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let local = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .filter(|local| (1970..=9999).contains(&local.year()))
            .ok_or(FieldCode::Malformed)?;
        let shown = |local: NaiveDateTime| local.and_local_timezone(self.zone).earliest();
        shown(local)
            .or_else(|| shown(local + TimeDelta::hours(1)))
            .map(|at| Some(at.with_timezone(&Utc)))
            .ok_or(FieldCode::Malformed)
    }

    /// Today, where the person is.
    pub fn today(self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }
}

/// How many digits the minor unit of a currency has (ISO 4217).
fn decimals(currency: &str) -> u32 {
    match currency {
        "bif" | "clp" | "djf" | "gnf" | "isk" | "jpy" | "kmf" | "krw" | "pyg" | "rwf" | "ugx" | "uyi" | "vnd"
        | "vuv" | "xaf" | "xof" | "xpf" => 0,
        "bhd" | "iqd" | "jod" | "kwd" | "lyd" | "omr" | "tnd" => 3,
        _ => 2,
    }
}

/// Currencies whose sign alone says which one it is. The others go by their code.
fn symbol(currency: &str) -> Option<&'static str> {
    match currency {
        "usd" => Some("$"),
        "eur" => Some("€"),
        "gbp" => Some("£"),
        "jpy" => Some("¥"),
        "krw" => Some("₩"),
        "inr" => Some("₹"),
        _ => None,
    }
}

/// Thousands apart.
fn grouped(whole: u64, group: char) -> String {
    let digits = whole.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    grouped
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
    fn an_instant_is_read_where_the_person_is() {
        let read = |zone: Tz, text: &str| {
            let formatter = Formatter {
                locale: Locale::English,
                zone,
            };
            formatter
                .instant(Some(text))
                .map(|at| at.map(|at| at.to_rfc3339()).unwrap_or_default())
        };
        let berlin = chrono_tz::Europe::Berlin;
        assert_eq!(
            read(berlin, "2026-07-01T10:30"),
            Ok("2026-07-01T08:30:00+00:00".to_owned())
        );
        assert_eq!(read(berlin, ""), Ok(String::new()));
        // Clocks went from 2:00 to 3:00, and from 3:00 back to 2:00.
        assert_eq!(
            read(berlin, "2026-03-29T02:30"),
            Ok("2026-03-29T01:30:00+00:00".to_owned())
        );
        assert_eq!(
            read(berlin, "2026-10-25T02:30"),
            Ok("2026-10-25T00:30:00+00:00".to_owned())
        );
        let shown = Formatter {
            locale: Locale::English,
            zone: berlin,
        };
        let at = Utc.with_ymd_and_hms(2026, 7, 1, 8, 30, 59).unwrap();
        assert_eq!(shown.field(at), "2026-07-01T10:30");
        for text in ["tomorrow", "2026-02-30T10:00", "2026-07-01", "0001-01-01T00:00"] {
            assert_eq!(read(berlin, text), Err(FieldCode::Malformed), "{text}");
        }
    }

    #[test]
    fn money_has_the_decimals_of_its_currency() {
        let text = |amount, currency| Formatter::for_strangers().money(amount, currency).text;
        for (amount, currency, expected) in [
            (114_000, "usd", "$1,140.00"),
            (5, "usd", "$0.05"),
            (0, "usd", "$0.00"),
            (-1_999, "eur", "−€19.99"),
            (123_456_789, "jpy", "¥123,456,789"),
            (1_234_567, "kwd", "KWD\u{a0}1,234.567"),
            (100, "chf", "CHF\u{a0}1.00"),
            (i64::MIN, "usd", "−$92,233,720,368,547,758.08"),
        ] {
            assert_eq!(text(amount, currency), expected);
        }
    }

    #[test]
    fn a_price_tag_has_the_decimals_that_say_something() {
        let price = |amount, currency| Formatter::for_strangers().price(amount, currency);
        for (amount, currency, expected) in [
            (1_900, "usd", "$19"),
            (1_583, "usd", "$15.83"),
            (1_000, "jpy", "¥1,000"),
            (2_000, "kwd", "KWD\u{a0}2"),
        ] {
            assert_eq!(price(amount, currency), expected);
        }
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
