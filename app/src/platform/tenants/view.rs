//! What the list shows, as it stands in its URL. What a URL says wrongly is taken as not said.

use contract::{billing::BillingState, customers::OrganizationQuery, ids::TenantId, tenant::TenantStatus};
use url::form_urlencoded::Serializer;

use crate::page;

pub const LIST: &str = "/platform/tenants";

/// Longer than any name or address that is looked for.
const LONGEST_SEARCH: usize = 100;

pub fn tenant_path(tenant: TenantId) -> String {
    format!("{LIST}/{tenant}")
}

/// What was typed to be looked for.
pub fn searched(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_SEARCH)
        .collect()
}

/// The query of the list, read from the URL of this request.
pub fn query() -> OrganizationQuery {
    OrganizationQuery {
        search: searched(&page::query("search").unwrap_or_default()),
        status: page::query("status").and_then(|key| TenantStatus::from_key(&key)),
        state: page::query("state").and_then(|key| BillingState::from_key(&key)),
        plan: page::query("plan").filter(|key| {
            !key.is_empty()
                && key
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        }),
        before: page::query("before").and_then(|id| id.parse().ok()),
    }
}

/// The list at this query, without what goes without saying.
pub fn list_path(query: &OrganizationQuery) -> String {
    let before = query.before.map(|before| before.to_string());
    let mut pairs = Serializer::new(String::new());
    for (name, value) in [
        (
            "search",
            Some(query.search.as_str()).filter(|search| !search.is_empty()),
        ),
        ("status", query.status.map(TenantStatus::key)),
        ("state", query.state.map(BillingState::key)),
        ("plan", query.plan.as_deref()),
        ("before", before.as_deref()),
    ] {
        if let Some(value) = value {
            pairs.append_pair(name, value);
        }
    }
    match pairs.finish() {
        query if query.is_empty() => LIST.to_owned(),
        query => format!("{LIST}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_only_what_differs() {
        assert_eq!(list_path(&OrganizationQuery::default()), LIST);
        let query = OrganizationQuery {
            search: "a&b".to_owned(),
            status: Some(TenantStatus::Suspended),
            state: Some(BillingState::PastDue),
            plan: Some("team".to_owned()),
            before: "01890a5d-ac96-774b-bcce-b302099a8057".parse().ok(),
        };
        assert_eq!(
            list_path(&query),
            "/platform/tenants?search=a%26b&status=suspended&state=past_due&plan=team\
             &before=01890a5d-ac96-774b-bcce-b302099a8057"
        );
    }

    #[test]
    fn a_search_is_cut_and_has_no_control_characters() {
        assert_eq!(searched(" har\u{0}bour \n"), "harbour");
        assert_eq!(searched(&"x".repeat(200)).len(), LONGEST_SEARCH);
    }
}
