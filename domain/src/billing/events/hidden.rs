//! What a message says about people stays out of sight, and so does what could let somebody in.

use contract::webhooks::Payload;
use serde_json::Value;

/// What stands in its place.
const MARK: &str = "[hidden]";

/// Whatever the name of a field ends with: names of people, addresses of every kind, cards, and ways in.
const HIDDEN: [&str; 20] = [
    "email",
    "address",
    "phone",
    "token",
    "secret",
    "password",
    "url",
    "tax_id",
    "comment",
    "billing_name",
    "customer_name",
    "first_name",
    "last_name",
    "public_name",
    "processor_metadata",
    "custom_field_data",
    "user_metadata",
    "customer_metadata",
    "last4",
    "ip",
];

/// What tells about somebody: there, a name is a person's.
const PEOPLE: [&str; 8] = [
    "customer",
    "user",
    "users",
    "member",
    "members",
    "owner",
    "buyer",
    "customers",
];

/// For a page: what is no JSON cannot be looked through, so that nothing of it is shown.
pub(super) fn shown(payload: &[u8]) -> Payload {
    match serde_json::from_slice::<Value>(payload) {
        Ok(mut told) => {
            hide(&mut told, false);
            Payload::Told(format!("{told:#}"))
        }
        Err(_) => Payload::Unreadable(u32::try_from(payload.len()).unwrap_or(u32::MAX)),
    }
}

fn hide(value: &mut Value, of_somebody: bool) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                let name = name.to_lowercase();
                let hidden = HIDDEN.iter().any(|end| ends_with(&name, end)) || (of_somebody && name == "name");
                if hidden && !value.is_null() {
                    *value = Value::from(MARK);
                } else {
                    hide(value, PEOPLE.contains(&name.as_str()));
                }
            }
        }
        // A list is about whom its field is about.
        Value::Array(values) => values.iter_mut().for_each(|value| hide(value, of_somebody)),
        _ => {}
    }
}

/// Whole words only: a `strip` is no `ip`.
fn ends_with(name: &str, end: &str) -> bool {
    name.strip_suffix(end)
        .is_some_and(|before| before.is_empty() || before.ends_with('_'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_names_somebody_or_lets_somebody_in_is_hidden_and_the_rest_is_shown() {
        let told = json!({
            "type": "subscription.updated",
            "data": {
                "status": "active", "amount": 9500, "product": { "name": "Team, monthly" }, "strip": 1,
                "customer": { "name": "Ann", "email": "ann@example.test", "external_id": "t", "avatar_url": "x", "tax_id": null },
                "members": [{ "name": "Bob" }],
                "customer_billing_address": { "city": "Oslo" }, "customer_ip_address": "192.0.2.1",
                "client_secret": "s", "metadata": { "tenant_id": "t" }, "customer_cancellation_comment": "Ann left",
            },
        });
        let Payload::Told(shown) = shown(told.to_string().as_bytes()) else {
            panic!("it is JSON")
        };
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let expected = json!({
            "type": "subscription.updated",
            "data": {
                "status": "active", "amount": 9500, "product": { "name": "Team, monthly" }, "strip": 1,
                "customer": { "name": MARK, "email": MARK, "external_id": "t", "avatar_url": MARK, "tax_id": null },
                "members": [{ "name": MARK }],
                "customer_billing_address": MARK, "customer_ip_address": MARK,
                "client_secret": MARK, "metadata": { "tenant_id": "t" }, "customer_cancellation_comment": MARK,
            },
        });
        assert_eq!(shown, expected);
    }

    #[test]
    fn of_what_is_no_json_only_the_length_is_said() {
        assert_eq!(shown(b"ann@example.test"), Payload::Unreadable(16));
    }
}
