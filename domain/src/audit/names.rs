//! What the people in the log are called today. The log keeps their ids alone, so that a name can change and go.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;
use uuid::Uuid;

use super::Recorded;
use crate::{Result, database::Transaction};

/// The people among some ids.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<Uuid, Option<String>>);

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    Person(&'a str),
    /// Somebody whose account was deleted: that it was a person is all that is left.
    Gone,
    /// Not a person.
    Nobody,
}

impl Names {
    /// Of everybody these entries mention: who acted, to whom it was done, and whose ids stand in the details.
    pub(super) async fn of(transaction: &mut Transaction, entries: &[Recorded]) -> Result<Self> {
        let mut ids = BTreeSet::new();
        for entry in entries {
            ids.extend(entry.actor);
            ids.extend(entry.subject_id);
            for details in [&entry.before, &entry.after].into_iter().flatten() {
                collect(details, &mut ids);
            }
        }
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let rows = sqlx::query!(
            r#"select id, case when deleted_at is null then name end as name from users where id = any($1)"#,
            &ids,
        )
        .fetch_all(&mut **transaction)
        .await?;
        Ok(Self(rows.into_iter().map(|row| (row.id, row.name)).collect()))
    }

    pub fn get(&self, id: Uuid) -> Named<'_> {
        match self.0.get(&id) {
            Some(Some(name)) => Named::Person(name),
            Some(None) => Named::Gone,
            None => Named::Nobody,
        }
    }
}

/// Every id in the details, however deep.
fn collect(details: &Value, ids: &mut BTreeSet<Uuid>) {
    match details {
        Value::String(text) => ids.extend(text.parse::<Uuid>().ok()),
        Value::Array(values) => values.iter().for_each(|value| collect(value, ids)),
        Value::Object(fields) => fields.values().for_each(|value| collect(value, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
