//! Reads the body of a request, and says what is wrong with it as the provider's validation does.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    timestamp::Timestamp,
};

/// The fields of one object. Faults are collected; [`Fields::finish`] tells them all.
#[derive(Debug)]
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    location: Vec<Value>,
    faults: Vec<Value>,
}

impl<'a> Fields<'a> {
    pub fn of_body(body: &'a Value) -> Answer<Self> {
        let Some(object) = body.as_object() else {
            return Err(Refusal::schema(vec![json!({
                "type": "model_attributes_type",
                "loc": ["body"],
                "msg": "Input should be a valid dictionary or object to extract fields from",
                "input": body,
            })]));
        };
        Ok(Self {
            object,
            location: vec![json!("body")],
            faults: Vec::new(),
        })
    }

    /// An object within the body.
    pub fn of_part(part: &'a Map<String, Value>, location: Vec<Value>) -> Self {
        Self {
            object: part,
            location,
            faults: Vec::new(),
        }
    }

    /// Whether the field is there, be it null.
    pub fn has(&self, key: &str) -> bool {
        self.object.contains_key(key)
    }

    /// The field as it came; null where it is absent.
    pub fn raw(&self, key: &str) -> &'a Value {
        self.object.get(key).unwrap_or(&Value::Null)
    }

    fn present(&self, key: &str) -> Option<&'a Value> {
        self.object.get(key).filter(|value| !value.is_null())
    }

    pub fn fault(&mut self, key: &str, kind: &str, message: &str, input: &Value) {
        let mut location = self.location.clone();
        location.push(json!(key));
        self.faults
            .push(json!({ "type": kind, "loc": location, "msg": message, "input": input }));
    }

    pub fn absorb(&mut self, other: Fields<'_>) {
        self.faults.extend(other.faults);
    }

    /// Says that the field is missing, unless it is there.
    pub fn require(&mut self, key: &str) -> bool {
        if !self.has(key) {
            self.fault(key, "missing", "Field required", &Value::Object(self.object.clone()));
        }
        self.has(key)
    }

    pub fn string(&mut self, key: &str) -> Option<String> {
        let value = self.present(key)?;
        if let Some(text) = value.as_str() {
            return Some(text.to_owned());
        }
        self.fault(key, "string_type", "Input should be a valid string", value);
        None
    }

    pub fn required_string(&mut self, key: &str) -> String {
        if self.require(key) && self.raw(key).is_null() {
            self.fault(key, "string_type", "Input should be a valid string", &Value::Null);
        }
        self.string(key).unwrap_or_default()
    }

    pub fn integer(&mut self, key: &str) -> Option<i64> {
        let value = self.present(key)?;
        if let Some(number) = value.as_i64() {
            return Some(number);
        }
        self.fault(key, "int_type", "Input should be a valid integer", value);
        None
    }

    pub fn integer_within(&mut self, key: &str, least: i64, most: i64) -> Option<i64> {
        let number = self.integer(key)?;
        if number < least {
            let message = format!("Input should be greater than or equal to {least}");
            self.fault(key, "greater_than_equal", &message, &json!(number));
            return None;
        }
        if number > most {
            let message = format!("Input should be less than or equal to {most}");
            self.fault(key, "less_than_equal", &message, &json!(number));
            return None;
        }
        Some(number)
    }

    /// A count from 1.
    pub fn count(&mut self, key: &str, most: i64) -> Option<u32> {
        self.integer_within(key, 1, most)
            .and_then(|number| u32::try_from(number).ok())
    }

    pub fn boolean(&mut self, key: &str) -> Option<bool> {
        let value = self.present(key)?;
        if let Some(truth) = value.as_bool() {
            return Some(truth);
        }
        self.fault(key, "bool_type", "Input should be a valid boolean", value);
        None
    }

    pub fn uuid(&mut self, key: &str) -> Option<Uuid> {
        let value = self.present(key)?;
        let parsed = value.as_str().and_then(|text| Uuid::parse_str(text).ok());
        if parsed.is_none() {
            self.fault(key, "uuid_parsing", "Input should be a valid UUID", value);
        }
        parsed
    }

    pub fn uuids(&mut self, key: &str) -> Vec<Uuid> {
        let Some(items) = self.list(key) else { return Vec::new() };
        let parsed: Vec<Uuid> = items
            .iter()
            .filter_map(|item| item.as_str().and_then(|text| Uuid::parse_str(text).ok()))
            .collect();
        if parsed.len() < items.len() {
            self.fault(key, "uuid_parsing", "Input should be a valid UUID", self.raw(key));
        }
        parsed
    }

    pub fn timestamp(&mut self, key: &str) -> Option<Timestamp> {
        let value = self.present(key)?;
        let parsed = value.as_str().and_then(Timestamp::parse);
        if parsed.is_none() {
            self.fault(
                key,
                "datetime_from_date_parsing",
                "Input should be a valid datetime",
                value,
            );
        }
        parsed
    }

    pub fn list(&mut self, key: &str) -> Option<&'a Vec<Value>> {
        let value = self.present(key)?;
        if value.as_array().is_none() {
            self.fault(key, "list_type", "Input should be a valid list", value);
        }
        value.as_array()
    }

    pub fn object(&mut self, key: &str) -> Option<&'a Map<String, Value>> {
        let value = self.present(key)?;
        if value.as_object().is_none() {
            self.fault(key, "dict_type", "Input should be a valid dictionary", value);
        }
        value.as_object()
    }

    /// One of a set of words.
    pub fn word(&mut self, key: &str, words: &[&str]) -> Option<String> {
        let text = self.string(key)?;
        if words.contains(&text.as_str()) {
            return Some(text);
        }
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let message = format!("Input should be {}", quoted.join(", "));
        self.fault(key, "enum", &message, &json!(text));
        None
    }

    /// An e-mail address, roughly.
    pub fn email(&mut self, key: &str) -> Option<String> {
        let text = self.string(key)?;
        let sound = text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace));
        if sound {
            return Some(text);
        }
        let message = "value is not a valid email address: An email address must have an @-sign.";
        self.fault(key, "value_error", message, &json!(text));
        None
    }

    /// At most 50 keys of at most 40 characters; values are short strings, numbers and truths.
    pub fn metadata(&mut self, key: &str) -> Option<Map<String, Value>> {
        let map = self.object(key)?;
        if map.len() > 50 {
            self.fault(
                key,
                "too_long",
                "Dictionary should have at most 50 items after validation",
                self.raw(key),
            );
        }
        for (name, value) in map {
            let sound = match value {
                Value::String(text) => (1..=500).contains(&text.chars().count()),
                Value::Number(_) | Value::Bool(_) => true,
                _ => false,
            };
            if !sound || !(1..=40).contains(&name.chars().count()) {
                self.fault(key, "value_error", "Metadata is limited to short scalar values", value);
            }
        }
        Some(map.clone())
    }

    /// # Errors
    /// With everything that was wrong.
    pub fn finish(self) -> Answer<()> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Refusal::schema(self.faults))
        }
    }
}
