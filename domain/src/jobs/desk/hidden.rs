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
mod tests {
    use contract::{ids::UserId, preferences::Locale};
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::mail::{Ending, Mail};

    #[test]
    fn who_had_an_account_is_hidden_with_where_they_were() {
        let deleted = Mail::Ending(Ending::AccountDeleted {
            user: UserId(Uuid::from_u128(1)),
            email: "ann@example.test".to_owned(),
            name: "Ann Marker".to_owned(),
            locale: Locale::English,
            organizations: vec!["Acme Marker".to_owned()],
        });
        let mut payload = serde_json::to_value(deleted).unwrap();
        hide(&mut payload);
        let payload = payload.to_string();
        for told in ["ann@example.test", "Ann Marker", "Acme Marker"] {
            assert!(!payload.contains(told), "{payload}");
        }
    }

    #[test]
    fn what_names_somebody_is_hidden_however_deep() {
        let mut payload = json!({ "mail": { "MagicLink": { "email": "ann@example.test", "next": null } }, "ids": [{ "token": "t" }, 7] });
        hide(&mut payload);
        let expected =
            json!({ "mail": { "MagicLink": { "email": MARK, "next": null } }, "ids": [{ "token": MARK }, 7] });
        assert_eq!(payload, expected);
    }
}
