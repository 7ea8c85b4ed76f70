//! The filter of a list of entries: from its URL, into the rules, and back into a URL.

use chrono::{Datelike, Days, NaiveDate};
use contract::{
    Error, FieldCode,
    audit::AuditQuery,
    error::{Check, Result},
};
use domain::audit::Filter;
use url::form_urlencoded::{Serializer, parse};

use crate::format::Formatter;

/// Longer than any id or name there is.
const LONGEST_SEARCH: usize = 100;

/// The query in a URL. What it says wrongly is taken as not said.
pub fn from_url(query: &str) -> AuditQuery {
    let value = |name: &str| {
        let found = parse(query.as_bytes()).find(|(key, _)| key == name);
        found.map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let day = |name: &str| {
        Some(value(name))
            .filter(|text| parse_day(text).is_ok())
            .unwrap_or_default()
    };
    let (from, to) = (day("from"), day("to"));
    AuditQuery {
        who: value("who").parse().ok(),
        what: value("what")
            .chars()
            .filter(|c| c.is_ascii_lowercase() || matches!(c, '_' | '.'))
            .collect(),
        from,
        to,
        search: value("search")
            .trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_SEARCH)
            .collect(),
        before: value("before"),
    }
}

/// The list at this query, without what goes without saying.
pub fn path(base: &str, query: &AuditQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    let who = query.who.map(|who| who.to_string()).unwrap_or_default();
    for (name, value) in [
        ("search", &query.search),
        ("who", &who),
        ("what", &query.what),
        ("from", &query.from),
        ("to", &query.to),
        ("before", &query.before),
    ] {
        if !value.is_empty() {
            pairs.append_pair(name, value);
        }
    }
    match pairs.finish() {
        query if query.is_empty() => base.to_owned(),
        query => format!("{base}?{query}"),
    }
}

/// The filter as the rules take it: from the beginning of the first day to the end of the last, where the reader is.
pub fn filter(query: &AuditQuery, formatter: Formatter) -> Result<Filter> {
    let mut check = Check::default();
    let days = check
        .field("from", optional_day(&query.from))
        .zip(check.field("to", optional_day(&query.to)));
    let (from, to) = check.done(days)?;
    Ok(Filter {
        actor: query.who,
        action: Some(query.what.clone()).filter(|what| !what.is_empty()),
        from: from.map(|day| formatter.start_of(day)),
        until: to
            .and_then(|day| day.checked_add_days(Days::new(1)))
            .map(|day| formatter.start_of(day)),
        text: query.search.clone(),
    })
}

/// Where a page begins, as the page beside it has said.
pub fn beginning<T: std::str::FromStr>(before: &str) -> Result<Option<T>> {
    if before.is_empty() {
        return Ok(None);
    }
    let parsed = before.parse().map(Some);
    parsed.map_err(|_| Error::field("before", FieldCode::Malformed))
}

fn optional_day(text: &str) -> Result<Option<NaiveDate>, FieldCode> {
    if text.is_empty() {
        Ok(None)
    } else {
        parse_day(text).map(Some)
    }
}

fn parse_day(text: &str) -> Result<NaiveDate, FieldCode> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .ok()
        .filter(|day| (1970..=9998).contains(&day.year()))
        .ok_or(FieldCode::Malformed)
}

#[cfg(test)]
mod tests {
    use contract::preferences::Locale;

    use super::*;

    #[test]
    fn a_url_leads_back_to_itself() {
        let url = "search=Harbour+%26+co&who=01890a5d-ac96-774b-bcce-b302099a8057&what=project.created&from=2026-05-01&to=2026-05-03&before=12";
        assert_eq!(path("/log", &from_url(url)), format!("/log?{url}"));
        assert_eq!(path("/log", &AuditQuery::default()), "/log");
        let wrong = "who=me&from=yesterday&to=2026-13-01&what=<script>&search=%00%20&before=";
        let query = from_url(wrong);
        assert_eq!(
            query,
            AuditQuery {
                what: "script".to_owned(),
                ..AuditQuery::default()
            }
        );
    }

    #[test]
    fn days_are_the_readers_own() {
        let formatter = Formatter {
            locale: Locale::English,
            zone: chrono_tz::Pacific::Auckland,
        };
        let query = AuditQuery {
            from: "2026-05-03".to_owned(),
            to: "2026-05-03".to_owned(),
            ..AuditQuery::default()
        };
        let found = filter(&query, formatter).unwrap();
        assert_eq!(found.from.unwrap().to_rfc3339(), "2026-05-02T12:00:00+00:00");
        assert_eq!(found.until.unwrap().to_rfc3339(), "2026-05-03T12:00:00+00:00");
        for wrong in ["soon", "2026-02-30", "-200000-01-01", "99999-01-01"] {
            let query = AuditQuery {
                to: wrong.to_owned(),
                ..AuditQuery::default()
            };
            assert_eq!(
                filter(&query, formatter),
                Err(Error::field("to", FieldCode::Malformed)),
                "{wrong}"
            );
        }
    }
}
