//! What the list shows, as it stands in its URL. What a URL says wrongly is taken as not said.

use contract::{
    iam::Permission,
    people::{PeopleFilter, PeopleQuery},
    tenant::Organization,
};
use url::form_urlencoded::Serializer;

use crate::page;

/// Longer than any name or address that is looked for.
const LONGEST_SEARCH: usize = 100;

/// The query of the list, read from the URL of this request.
pub fn people_query() -> PeopleQuery {
    PeopleQuery {
        search: page::query("search")
            .unwrap_or_default()
            .trim()
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_SEARCH)
            .collect(),
        filter: page::query("filter")
            .and_then(|key| PeopleFilter::from_key(&key))
            .unwrap_or_default(),
        role: page::query("role").and_then(|id| id.parse().ok()),
        page: page::query("page")
            .and_then(|number| number.parse().ok())
            .unwrap_or(1)
            .max(1),
    }
}

/// The list of people, for who may see it.
pub fn people_path(organization: &Organization) -> Option<String> {
    let slug = &organization.slug;
    let may = organization.permissions.contains(Permission::MembersRead);
    may.then(|| format!("/o/{slug}/people"))
}

/// The list at this query, without what goes without saying.
pub fn list_path(org: &str, query: &PeopleQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    if !query.search.is_empty() {
        pairs.append_pair("search", &query.search);
    }
    if query.filter != PeopleFilter::default() {
        pairs.append_pair("filter", query.filter.key());
    }
    if let Some(role) = query.role {
        pairs.append_pair("role", &role.to_string());
    }
    if query.page > 1 {
        pairs.append_pair("page", &query.page.to_string());
    }
    let query = pairs.finish();
    if query.is_empty() {
        format!("/o/{org}/people")
    } else {
        format!("/o/{org}/people?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_only_what_differs() {
        let query = PeopleQuery {
            page: 1,
            ..PeopleQuery::default()
        };
        assert_eq!(list_path("acme", &query), "/o/acme/people");
        let query = PeopleQuery {
            search: "a&b".to_owned(),
            filter: PeopleFilter::Guests,
            role: "01890a5d-ac96-774b-bcce-b302099a8057".parse().ok(),
            page: 2,
        };
        assert_eq!(
            list_path("acme", &query),
            "/o/acme/people?search=a%26b&filter=guests&role=01890a5d-ac96-774b-bcce-b302099a8057&page=2"
        );
    }
}
