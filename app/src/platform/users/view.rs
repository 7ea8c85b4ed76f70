//! What the list shows, as it stands in its URL. What a URL says wrongly is taken as not said.

use contract::{
    customers::{AccountStatus, PersonQuery},
    ids::UserId,
};
use url::form_urlencoded::Serializer;

use crate::{page, platform::tenants::view::searched};

pub const LIST: &str = "/platform/users";

pub fn user_path(user: UserId) -> String {
    format!("{LIST}/{user}")
}

/// The query of the list, read from the URL of this request.
pub fn query() -> PersonQuery {
    PersonQuery {
        search: searched(&page::query("search").unwrap_or_default()),
        status: page::query("status").and_then(|key| AccountStatus::from_key(&key)),
        before: page::query("before").and_then(|id| id.parse().ok()),
    }
}

/// The list at this query, without what goes without saying.
pub fn list_path(query: &PersonQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    if !query.search.is_empty() {
        pairs.append_pair("search", &query.search);
    }
    if let Some(status) = query.status {
        pairs.append_pair("status", status.key());
    }
    if let Some(before) = query.before {
        pairs.append_pair("before", &before.to_string());
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
        assert_eq!(list_path(&PersonQuery::default()), LIST);
        let query = PersonQuery {
            search: "ann@".to_owned(),
            status: Some(AccountStatus::Suspended),
            before: None,
        };
        assert_eq!(list_path(&query), "/platform/users?search=ann%40&status=suspended");
    }
}
