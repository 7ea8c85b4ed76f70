//! Lists: filtered, sorted, in pages.

use std::cmp::Ordering;

use axum::Json;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    timestamp::Timestamp,
};

const DEFAULT_LIMIT: usize = 10;
const HIGHEST_LIMIT: usize = 100;

/// The query of a request. Names may be repeated.
#[derive(Debug)]
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn parse(raw: Option<&str>) -> Self {
        let pairs = url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes());
        Self(pairs.into_owned().collect())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn first(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn truth(&self, name: &str) -> Option<bool> {
        self.first(name).map(|value| matches!(value, "true" | "1" | "True"))
    }

    pub fn timestamp(&self, name: &str) -> Answer<Option<Timestamp>> {
        let Some(text) = self.first(name) else { return Ok(None) };
        let parsed = Timestamp::parse(text);
        let refusal = || fault(name, "datetime_parsing", "Input should be a valid datetime", text);
        parsed.map(Some).ok_or_else(refusal)
    }

    pub fn uuid(&self, name: &str) -> Answer<Option<Uuid>> {
        let Some(text) = self.first(name) else { return Ok(None) };
        let refusal = |_| fault(name, "uuid_parsing", "Input should be a valid UUID", text);
        Uuid::parse_str(text).map(Some).map_err(refusal)
    }

    fn number(&self, name: &str, default: usize) -> Answer<usize> {
        let Some(text) = self.first(name) else {
            return Ok(default);
        };
        match text.parse() {
            Ok(0) => Err(fault(name, "greater_than", "Input should be greater than 0", text)),
            Ok(number) => Ok(number),
            Err(_) => Err(fault(name, "int_parsing", "Input should be a valid integer", text)),
        }
    }
}

pub fn fault(name: &str, kind: &str, message: &str, input: &str) -> Refusal {
    Refusal::schema(vec![
        json!({ "type": kind, "loc": ["query", name], "msg": message, "input": input }),
    ])
}

/// Names of the query, and where their value is in an item. One of the values has to be there.
pub type Filters<'a> = &'a [(&'a str, &'a str)];

/// `items` are in order of creation.
pub fn page(query: &Query, mut items: Vec<Value>, filters: Filters<'_>, sorts: &[&str]) -> Answer<Json<Value>> {
    for (name, pointer) in filters {
        let wanted: Vec<&str> = query.all(name).collect();
        if name.ends_with("_id") && !name.starts_with("external") {
            for text in &wanted {
                Uuid::parse_str(text).map_err(|_| fault(name, "uuid_parsing", "Input should be a valid UUID", text))?;
            }
        }
        if !wanted.is_empty() {
            items.retain(|item| {
                item.pointer(pointer)
                    .is_some_and(|value| wanted.contains(&text(value).as_str()))
            });
        }
    }
    for (name, wanted) in &query.0 {
        if let Some(key) = name.strip_prefix("metadata[").and_then(|rest| rest.strip_suffix(']')) {
            items.retain(|item| text(&item["metadata"][key]) == *wanted);
        }
    }
    sort(query, &mut items, sorts)?;
    let limit = query.number("limit", DEFAULT_LIMIT)?.min(HIGHEST_LIMIT);
    let page = query.number("page", 1)?;
    let count = items.len();
    let shown: Vec<Value> = items
        .into_iter()
        .skip((page - 1).saturating_mul(limit))
        .take(limit)
        .collect();
    Ok(Json(json!({
        "items": shown,
        "pagination": { "total_count": count, "max_page": count.div_ceil(limit) },
    })))
}

/// Newest first, unless it is said otherwise.
fn sort(query: &Query, items: &mut [Value], sorts: &[&str]) -> Answer<()> {
    let keys: Vec<&str> = query.all("sorting").collect();
    if keys.first().is_none_or(|key| key.starts_with('-')) {
        items.reverse();
    }
    for key in keys.iter().rev() {
        let name = key.trim_start_matches('-');
        if name != "created_at" && !sorts.contains(&name) {
            return Err(fault("sorting", "enum", "Input should be a known sorting", key));
        }
        items.sort_by(|left, right| {
            let order = compare(&left[name], &right[name]);
            if key.starts_with('-') { order.reverse() } else { order }
        });
    }
    Ok(())
}

fn compare(left: &Value, right: &Value) -> Ordering {
    if let Some((left, right)) = left.as_i64().zip(right.as_i64()) {
        return left.cmp(&right);
    }
    let instants = |value: &Value| value.as_str().and_then(Timestamp::parse);
    match instants(left).zip(instants(right)) {
        Some((left, right)) => left.cmp(&right),
        None => text(left).cmp(&text(right)),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
