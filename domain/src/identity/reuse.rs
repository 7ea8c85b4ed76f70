//! What was good once, and is brought again: somebody else may have it.

use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::UserId;
use serde_json::json;

use crate::{Deps, Result, actor::RequestInfo, audit::Entry, database::Transaction, throttle};

/// Of one who presses twice, reloads, or goes back and sends the form once more, all is done within this.
const SECOND_PRESS: TimeDelta = TimeDelta::seconds(60);

/// Whether it is the one who used it, and not the next one who has it: within a minute, from the same client.
pub(crate) fn is_second_press(
    now: DateTime<Utc>,
    request: &RequestInfo,
    used_at: DateTime<Utc>,
    used_from: Option<&str>,
) -> bool {
    now - used_at <= SECOND_PRESS
        && used_from.is_some_and(|from| throttle::client(from) == throttle::client(&request.address))
}

/// Puts on record that something of `owner` was brought again. `entry` is of `user.token_reused`, by whoever came with it;
/// `kind` says what it was.
pub(crate) async fn record(
    transaction: &mut Transaction,
    deps: &Deps,
    entry: Entry<'_>,
    owner: UserId,
    kind: &str,
) -> Result<()> {
    entry
        .subject(owner.0)
        .after(json!({ "kind": kind }))
        .write(transaction, deps)
        .await
}

#[cfg(test)]
mod tests {
    use contract::{Error, FieldCode, staff::StaffRole};

    use super::*;
    use crate::{
        actor::Visitor,
        identity::{
            link::{self, Purpose},
            magic_link,
        },
        security::report::report,
        testing::{TestDatabase, clock_and_deps, person, request, staff, visitor},
    };

    #[test]
    fn a_second_press_is_of_the_same_client_and_within_a_minute() {
        let used_at = DateTime::UNIX_EPOCH;
        let pressed = |seconds, address: &str, from| {
            let request = RequestInfo {
                address: address.to_owned(),
                ..RequestInfo::default()
            };
            is_second_press(used_at + TimeDelta::seconds(seconds), &request, used_at, from)
        };
        assert!(pressed(60, "192.0.2.1", Some("192.0.2.1")));
        assert!(pressed(60, "2001:db8::1", Some("2001:db8::2")), "one client's network");
        assert!(!pressed(61, "192.0.2.1", Some("192.0.2.1")));
        assert!(!pressed(1, "192.0.2.2", Some("192.0.2.1")));
        assert!(!pressed(1, "192.0.2.1", None));
    }

    #[tokio::test]
    async fn a_link_that_is_brought_again_is_told_of_and_a_second_press_is_not() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        let link = link::mailed(&deps, ann.id(), Purpose::MagicLink).await;
        magic_link::redeem(&visitor(), &deps, &link).await.unwrap();
        let again = async |address: &str| {
            let visitor = Visitor::new(RequestInfo {
                address: address.to_owned(),
                ..request()
            });
            let refused = magic_link::redeem(&visitor, &deps, &link).await.unwrap_err();
            assert_eq!(Error::from(refused), Error::field("form", FieldCode::LinkExpired));
        };
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let seen = async || report(&sue, &deps, None).await.unwrap().reused;
        clock.advance(TimeDelta::seconds(60));
        again(&request().address).await;
        assert!(seen().await.is_empty(), "pressed twice");
        again("203.0.113.5").await;
        clock.advance(TimeDelta::seconds(1));
        again("198.51.100.4").await;
        let unknown = magic_link::redeem(&visitor(), &deps, "never drawn").await.unwrap_err();
        assert_eq!(Error::from(unknown), Error::field("form", FieldCode::LinkExpired));
        let [one] = &*seen().await else {
            panic!("of one person, one kind")
        };
        assert_eq!(
            (one.user, one.kind.as_str(), one.times, one.address.as_str(), one.at),
            (ann.id(), "magic_link", 2, "198.51.100.4", deps.now())
        );
    }
}
