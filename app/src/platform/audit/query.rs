//! What is asked for: from a URL, and back into one.

use contract::{
    audit::AuditQuery,
    platform_audit::{AuditOrigin, PlatformAuditQuery},
};
use url::form_urlencoded::{Serializer, parse};

use crate::audit::filter;

/// Longer than any address there is.
const LONGEST: usize = 254;

/// The page without a query.
pub const BASE: &str = "/platform/audit";

/// The query in a URL. What it says wrongly is taken as not said.
pub fn from_url(query: &str) -> PlatformAuditQuery {
    let value = |name: &str| {
        let found = parse(query.as_bytes()).find(|(key, _)| key == name);
        let text = found.map(|(_, value)| value.into_owned()).unwrap_or_default();
        text.trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST)
            .collect::<String>()
    };
    PlatformAuditQuery {
        log: AuditQuery {
            who: None,
            ..filter::from_url(query)
        },
        organization: value("organization"),
        person: value("person"),
        origin: AuditOrigin::from_key(&value("origin")).map_or_else(String::new, |origin| origin.key().to_owned()),
    }
}

/// The list at this query, without what goes without saying.
pub fn path(query: &PlatformAuditQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    for (name, value) in [
        ("organization", &query.organization),
        ("person", &query.person),
        ("origin", &query.origin),
    ] {
        if !value.is_empty() {
            pairs.append_pair(name, value);
        }
    }
    let own = pairs.finish();
    let log = filter::path(BASE, &query.log);
    match (own.is_empty(), log.contains('?')) {
        (true, _) => log,
        (false, false) => format!("{log}?{own}"),
        (false, true) => format!("{log}&{own}"),
    }
}

/// Whether it leaves anything out.
pub fn filters(query: &PlatformAuditQuery) -> bool {
    query.log.filters()
        || [&query.organization, &query.person, &query.origin]
            .iter()
            .any(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_leads_back_to_itself() {
        for url in [
            "search=Harbour&what=project.created&from=2026-05-01&before=12&organization=acme&person=ann%40example.test&origin=staff",
            "organization=acme",
            "what=user",
        ] {
            assert_eq!(path(&from_url(url)), format!("{BASE}?{url}"));
        }
        assert_eq!(path(&PlatformAuditQuery::default()), BASE);
        assert_eq!(
            from_url("origin=magic&organization=%20&person=%00"),
            PlatformAuditQuery::default()
        );
    }
}
