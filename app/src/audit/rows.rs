//! Entries as their reader sees them: people by name, values in words, moments in the reader's own zone.

use std::collections::BTreeSet;

use chrono::DateTime;
use contract::audit::{AuditActor, AuditChange, AuditRow};
use domain::audit::{Named, Names, Recorded};
use serde_json::Value;

use crate::{account::device, format::Formatter, messages};

pub fn row(entry: Recorded, names: &Names, formatter: Formatter) -> AuditRow {
    let texts = &messages::current().audit;
    let who = match entry.actor.map(|actor| (actor, names.get(actor))) {
        Some((id, Named::Person(name))) => AuditActor::Person {
            id: id.into(),
            name: name.to_owned(),
        },
        Some((_, Named::Gone | Named::Thing(_) | Named::Nothing)) => AuditActor::Gone,
        None if entry.origin == "system" => AuditActor::System,
        None => AuditActor::Visitor,
    };
    let on_behalf_of = entry.on_behalf_of.map(|person| {
        let name = match names.get(person) {
            Named::Person(name) => name,
            Named::Gone | Named::Thing(_) | Named::Nothing => texts.gone,
        };
        let words = if entry.origin == "support" {
            texts.let_in_by
        } else {
            texts.on_behalf_of
        };
        words(name)
    });
    let then = [&entry.after, &entry.before].into_iter().flatten().find_map(called);
    let subject = match entry.subject_id.map(|id| names.get(id)) {
        // One's own account: who it was is said already.
        Some(Named::Person(_)) if entry.subject_id == entry.actor => None,
        Some(Named::Person(name)) => Some(name.to_owned()),
        Some(Named::Gone) => Some(texts.gone.to_owned()),
        // As it was called then; what it is called today where that was not written down.
        Some(Named::Thing(today)) => then.or_else(|| Some(today.to_owned())),
        Some(Named::Nothing) | None => then,
    };
    AuditRow {
        id: entry.id,
        when: formatter.moment(entry.occurred_at),
        who,
        on_behalf_of,
        action: entry.action,
        subject,
        subject_id: entry.subject_id,
        changes: changes(entry.before.as_ref(), entry.after.as_ref(), names, formatter),
        device: entry
            .user_agent
            .as_deref()
            .filter(|agent| !agent.is_empty())
            .map(device::name),
        user_agent: entry.user_agent.filter(|agent| !agent.is_empty()),
        address: entry.address.filter(|address| !address.is_empty()),
        request_id: entry.request_id.filter(|id| !id.is_empty()),
        redacted: entry.redacted_at.map(|at| formatter.moment(at)),
        place: None,
    }
}

/// The name of a thing, from what was written down of it.
fn called(details: &Value) -> Option<String> {
    ["name", "title", "email", "page", "act"]
        .iter()
        .find_map(|field| details.get(field)?.as_str())
        .map(str::to_owned)
}

/// Field by field. An id stands aside where the same is there by name.
fn changes(before: Option<&Value>, after: Option<&Value>, names: &Names, formatter: Formatter) -> Vec<AuditChange> {
    let fields = |details: Option<&Value>| {
        let object = details.and_then(Value::as_object);
        object
            .into_iter()
            .flat_map(|object| object.keys().cloned())
            .collect::<BTreeSet<_>>()
    };
    let known: BTreeSet<String> = fields(before).union(&fields(after)).cloned().collect();
    let said_by_name = |field: &String| field.strip_suffix("_id").is_some_and(|name| known.contains(name));
    let value =
        |details: Option<&Value>, field: &str| details?.get(field).map(|value| in_words(value, names, formatter));
    known
        .iter()
        .filter(|field| !said_by_name(field))
        .map(|field| AuditChange {
            before: value(before, field),
            after: value(after, field),
            field: field.clone(),
        })
        .collect()
}

fn in_words(value: &Value, names: &Names, formatter: Formatter) -> String {
    let texts = &messages::current().audit;
    match value {
        Value::Null => texts.nothing.to_owned(),
        Value::Bool(true) => texts.yes.to_owned(),
        Value::Bool(false) => texts.no.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => texts.nothing.to_owned(),
        Value::String(text) => {
            let meant = text.parse().ok().map(|id| names.get(id));
            match (meant, DateTime::parse_from_rfc3339(text)) {
                (Some(Named::Person(name) | Named::Thing(name)), _) => name.to_owned(),
                (Some(Named::Gone), _) => texts.gone.to_owned(),
                (_, Ok(at)) => formatter.moment(at.into()).text,
                _ => text.clone(),
            }
        }
        Value::Array(values) if values.is_empty() => texts.nothing.to_owned(),
        Value::Array(values) => {
            let values: Vec<_> = values.iter().map(|value| in_words(value, names, formatter)).collect();
            values.join(", ")
        }
        Value::Object(_) => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use contract::preferences::Locale;
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_shown_in_words_and_ids_where_there_is_no_name() {
        let formatter = Formatter {
            locale: Locale::English,
            zone: chrono_tz::UTC,
        };
        let before = json!({ "role": "Member", "role_id": "1", "offer_id": "2", "day": null, "flag": true });
        let after = json!({ "role": "Admin", "role_id": "3", "tags": ["a", "b"], "none": [], "expires_at": "2026-05-03T09:30:00Z" });
        let shown: Vec<_> = changes(Some(&before), Some(&after), &Names::default(), formatter)
            .into_iter()
            .map(|change| {
                format!(
                    "{}: {:?} {:?}",
                    change.field,
                    change.before.unwrap_or_default(),
                    change.after.unwrap_or_default()
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                r#"day: "None" """#,
                r#"expires_at: "" "3 May 2026, 09:30""#,
                r#"flag: "Yes" """#,
                r#"none: "" "None""#,
                r#"offer_id: "2" """#,
                r#"role: "Member" "Admin""#,
                r#"tags: "" "a, b""#,
            ]
        );
        assert_eq!(changes(None, Some(&json!("text")), &Names::default(), formatter), []);
    }
}
