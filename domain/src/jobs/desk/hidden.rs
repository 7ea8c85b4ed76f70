//! What a payload says about people stays out of sight: a job tells what is to be done, not to whom in words.

use serde_json::Value;

/// Fields that may name somebody, or let somebody in.
const HIDDEN: [&str; 10] = [
    "email",
    "name",
    "organizations",
    "address",
    "user_agent",
    "token",
    "secret",
    "password",
    "code",
    "next",
];

/// What stands in their place.
const MARK: &str = "[hidden]";

/// The same payload without them, however deep they are.
pub fn hide(payload: &mut Value) {
    match payload {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if HIDDEN.contains(&name.as_str()) && !value.is_null() {
                    *value = Value::from(MARK);
                } else {
                    hide(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(hide),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
