//! What the pages of the desk share.

use contract::{
    billing::{DriftQuery, RepairKind},
    ids::TenantId,
};
use domain::billing::drifts::DriftKind;
use url::form_urlencoded::Serializer;

use crate::page;

pub const LIST: &str = "/platform/billing";

pub fn desk_path(tenant: TenantId) -> String {
    format!("{LIST}/{tenant}")
}

pub fn repair_path(tenant: TenantId, kind: RepairKind) -> String {
    format!("{LIST}/{tenant}/{}", kind.key())
}

/// The query of the list, read from the URL of this request. What it says wrongly is taken as not said.
pub fn query() -> DriftQuery {
    let kind = page::query("kind").and_then(|key| DriftKind::from_key(&key));
    DriftQuery {
        kind: kind.map(DriftKind::key).unwrap_or_default().to_owned(),
        after: page::query("after").unwrap_or_default(),
    }
}

/// The list at this query, without what goes without saying.
pub fn list_path(query: &DriftQuery) -> String {
    let mut pairs = Serializer::new(String::new());
    for (name, value) in [("kind", &query.kind), ("after", &query.after)] {
        if !value.is_empty() {
            pairs.append_pair(name, value);
        }
    }
    match pairs.finish() {
        query if query.is_empty() => LIST.to_owned(),
        query => format!("{LIST}?{query}"),
    }
}
