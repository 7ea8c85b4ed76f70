//! Which entries somebody asks for.

use chrono::{DateTime, Utc};
use contract::ids::UserId;
use serde_json::{Value, json};

/// Everything that is said must hold; nothing said is everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub actor: Option<UserId>,
    /// One action, such as `project.created`, or the subject of several, such as `project`.
    pub action: Option<String>,
    /// The first instant, and the one that is no longer part of it.
    pub from: Option<DateTime<Utc>>,
    pub until: Option<DateTime<Utc>>,
    /// Part of the action's key, of the subject's id, or of what was written down before and after.
    pub text: String,
}

impl Filter {
    /// A pattern that matches the text anywhere and takes the wildcards in it as they are; `None` when nothing is looked
    /// for. Control characters are in no entry, and Postgres takes no text with a zero byte.
    pub(super) fn pattern(&self) -> Option<String> {
        let text = self.text.trim();
        if text.is_empty() {
            return None;
        }
        let mut pattern = String::from("%");
        for c in text.chars().filter(|c| !c.is_control()) {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern.push('%');
        Some(pattern)
    }

    /// The same for the action: Postgres would refuse a zero byte, and no action has one.
    pub(super) fn action(&self) -> Option<String> {
        let plain = |action: &String| action.chars().all(|c| !c.is_control());
        self.action
            .clone()
            .map(|action| if plain(&action) { action } else { String::new() })
    }

    /// For the record of an export: what was said, and nothing else.
    pub(super) fn describe(&self) -> Value {
        let mut said = serde_json::Map::new();
        let mut say = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                said.insert(name.to_owned(), json!(value));
            }
        };
        say("actor", self.actor.map(|actor| actor.to_string()));
        say("action", self.action.clone());
        say("from", self.from.map(|at| at.to_rfc3339()));
        say("until", self.until.map(|at| at.to_rfc3339()));
        say(
            "text",
            Some(self.text.trim().to_owned()).filter(|text| !text.is_empty()),
        );
        Value::Object(said)
    }
}

#[cfg(test)]
mod tests {
    use super::Filter;

    #[test]
    fn wildcards_are_taken_as_they_are() {
        let pattern = |text: &str| {
            Filter {
                text: text.to_owned(),
                ..Filter::default()
            }
            .pattern()
        };
        assert_eq!(pattern(" 100%_ \0").as_deref(), Some("%100\\%\\_ %"));
        assert_eq!(pattern("  "), None);
    }
}
