//! Meters and the events they count.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::timestamp::Timestamp;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Meter {
    pub metadata: Map<String, Value>,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub name: String,
    pub unit: String,
    pub custom_label: Option<String>,
    pub custom_multiplier: Option<i64>,
    pub filter: Filter,
    pub aggregation: Aggregation,
    pub archived_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Filter {
    pub conjunction: Conjunction,
    pub clauses: Vec<Clause>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Conjunction {
    And,
    Or,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Clause {
    Test {
        property: String,
        operator: Operator,
        value: Value,
    },
    Nested(Filter),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    Eq,
    Ne,
    Gt,
    Gte,
    Lt,
    Lte,
    Like,
    NotLike,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "func", rename_all = "lowercase")]
pub enum Aggregation {
    Count,
    Sum { property: String },
    Max { property: String },
    Min { property: String },
    Avg { property: String },
    Unique { property: String },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UsageEvent {
    pub id: Uuid,
    pub received_at: Timestamp,
    pub timestamp: Timestamp,
    pub name: String,
    pub customer_id: Option<Uuid>,
    pub external_customer_id: Option<String>,
    pub external_id: Option<String>,
    pub metadata: Map<String, Value>,
}

impl Filter {
    pub fn matches(&self, event: &UsageEvent) -> bool {
        let mut results = self.clauses.iter().map(|clause| match clause {
            Clause::Test {
                property,
                operator,
                value,
            } => operator.holds(&event.property(property), value),
            Clause::Nested(filter) => filter.matches(event),
        });
        match self.conjunction {
            Conjunction::And => results.all(|holds| holds),
            Conjunction::Or => results.any(|holds| holds),
        }
    }
}

impl UsageEvent {
    pub fn property(&self, name: &str) -> Value {
        if name == "name" {
            return Value::String(self.name.clone());
        }
        self.metadata.get(name).cloned().unwrap_or_default()
    }
}

impl Operator {
    fn holds(self, found: &Value, wanted: &Value) -> bool {
        let numbers = found.as_f64().zip(wanted.as_f64());
        let texts = || found.as_str().zip(wanted.as_str());
        let equal = numbers.map_or_else(|| found == wanted, |(found, wanted)| found.total_cmp(&wanted).is_eq());
        match self {
            Self::Eq => equal,
            Self::Ne => !equal,
            Self::Gt => numbers.is_some_and(|(found, wanted)| found > wanted),
            Self::Gte => numbers.is_some_and(|(found, wanted)| found >= wanted),
            Self::Lt => numbers.is_some_and(|(found, wanted)| found < wanted),
            Self::Lte => numbers.is_some_and(|(found, wanted)| found <= wanted),
            Self::Like => texts().is_some_and(|(found, wanted)| found.contains(wanted)),
            Self::NotLike => texts().is_none_or(|(found, wanted)| !found.contains(wanted)),
        }
    }
}

impl Aggregation {
    pub fn of<'a>(&self, events: impl Iterator<Item = &'a UsageEvent>) -> f64 {
        let numbers = |property: &str, events: Vec<&UsageEvent>| -> Vec<f64> {
            events
                .iter()
                .filter_map(|event| event.property(property).as_f64())
                .collect()
        };
        let events: Vec<&UsageEvent> = events.collect();
        match self {
            Self::Count => length(events.len()),
            Self::Sum { property } => numbers(property, events).iter().sum(),
            Self::Max { property } => numbers(property, events).into_iter().reduce(f64::max).unwrap_or(0.0),
            Self::Min { property } => numbers(property, events).into_iter().reduce(f64::min).unwrap_or(0.0),
            Self::Avg { property } => {
                let numbers = numbers(property, events);
                if numbers.is_empty() {
                    0.0
                } else {
                    numbers.iter().sum::<f64>() / length(numbers.len())
                }
            }
            Self::Unique { property } => {
                let mut values: Vec<String> = events
                    .iter()
                    .map(|event| event.property(property).to_string())
                    .collect();
                values.sort_unstable();
                values.dedup();
                length(values.len())
            }
        }
    }
}

fn length(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}
