//! What the people and things in the log are called today. The log keeps ids, so that a name can change and go.

use std::collections::{BTreeSet, HashMap};

use contract::ids::TenantId;
use serde_json::Value;
use uuid::Uuid;

use super::Recorded;
use crate::{Result, database::Transaction};

/// What some ids stand for.
#[derive(Debug, Clone, Default)]
pub struct Names(HashMap<Uuid, Known>);

#[derive(Debug, Clone)]
enum Known {
    Person(Option<String>),
    Thing(String),
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named<'a> {
    Person(&'a str),
    /// Somebody whose account was deleted: that it was a person is all that is left.
    Gone,
    /// A project, a task, a role or a workspace that the reader can see.
    Thing(&'a str),
    Nothing,
}

impl Names {
    /// Of everything these entries mention: who acted, to what it was done, and whose ids stand in the details. Without an
    /// organization, of people alone.
    pub(crate) async fn of(
        transaction: &mut Transaction,
        tenant: Option<TenantId>,
        entries: &[Recorded],
    ) -> Result<Self> {
        let mut ids = BTreeSet::new();
        for entry in entries {
            ids.extend(entry.actor);
            ids.extend(entry.on_behalf_of);
            ids.extend(entry.subject_id);
            for details in [&entry.before, &entry.after].into_iter().flatten() {
                collect(details, &mut ids);
            }
        }
        let ids: Vec<Uuid> = ids.into_iter().collect();
        let rows = sqlx::query!(
            r#"select id as "id!", case when deleted_at is null then name end as name, true as "person!"
            from users where id = any($1)
            union all select id, name, false from projects where tenant_id = $2 and id = any($1)
            union all select id, title, false from tasks where tenant_id = $2 and id = any($1)
            union all select id, name, false from iam_roles where tenant_id = $2 and id = any($1)
            union all select id, name, false from workspaces where tenant_id = $2 and id = any($1)"#,
            &ids,
            tenant.map(|tenant| tenant.0),
        )
        .fetch_all(&mut **transaction)
        .await?;
        let known = rows.into_iter().filter_map(|row| {
            let known = if row.person {
                Known::Person(row.name)
            } else {
                Known::Thing(row.name?)
            };
            Some((row.id, known))
        });
        Ok(Self(known.collect()))
    }

    pub fn get(&self, id: Uuid) -> Named<'_> {
        match self.0.get(&id) {
            Some(Known::Person(Some(name))) => Named::Person(name),
            Some(Known::Person(None)) => Named::Gone,
            Some(Known::Thing(name)) => Named::Thing(name),
            None => Named::Nothing,
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
