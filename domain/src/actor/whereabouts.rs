//! Where a session is used from: noted with the request that moves its idle time on, and put on record when it looks as if two
//! had its cookie.
//!
//! Where an address lies is not known here. A phone that leaves the office is in two networks within minutes, with one browser;
//! a cookie that was taken shows another browser, or goes back and forth. A browser that comes by IPv4 and IPv6 in turn does so
//! from one place.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use contract::ids::{SessionId, UserId};
use serde_json::json;

use super::RequestInfo;
use crate::{
    Deps, Result,
    audit::{Action, Entry, Origin},
    database::Mode,
    security::report::FAR_APART,
    throttle,
};

/// So many times in a row back to where it was before: once is a phone that has forgotten something.
const RETURNS: i16 = 2;

/// One session is put on record once within this.
const RECORDED: TimeDelta = TimeDelta::hours(1);

/// How a session was left by the request before.
#[derive(Debug, Clone)]
pub(super) struct Whereabouts {
    pub address: String,
    pub user_agent: String,
    pub seen_at: DateTime<Utc>,
    /// The address before that one, and when it was last seen there.
    pub left_address: Option<String>,
    pub left_at: Option<DateTime<Utc>>,
    pub returns: i16,
    pub moved_at: Option<DateTime<Utc>>,
}

/// What this request makes of it.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    left_address: Option<String>,
    left_at: Option<DateTime<Utc>>,
    returns: i16,
    /// Whether it is to be put on record.
    moved: bool,
}

fn step(before: &Whereabouts, request: &RequestInfo, now: DateTime<Utc>) -> Step {
    let here = throttle::client(&request.address);
    if here == throttle::client(&before.address) {
        return Step {
            left_address: before.left_address.clone(),
            left_at: before.left_at,
            returns: before.returns,
            moved: false,
        };
    }
    let is_back = before
        .left_address
        .as_deref()
        .is_some_and(|left| throttle::client(left) == here)
        && before.left_at.is_some_and(|left| now - left <= FAR_APART)
        && same_family(&before.address, &request.address);
    let returns = if is_back { before.returns.saturating_add(1) } else { 0 };
    let other_browser = now - before.seen_at <= FAR_APART && request.user_agent != before.user_agent;
    let is_due = before.moved_at.is_none_or(|recorded| now - recorded >= RECORDED);
    Step {
        left_address: Some(before.address.clone()),
        left_at: Some(before.seen_at),
        returns,
        moved: (other_browser || returns >= RETURNS) && is_due,
    }
}

fn same_family(one: &str, other: &str) -> bool {
    let family = |address: &str| {
        let parsed: Option<IpAddr> = address.parse().ok();
        parsed.map(|address| address.to_canonical().is_ipv4())
    };
    family(one) == family(other)
}

/// Of two requests at once one notes it.
pub(super) async fn note(
    deps: &Deps,
    session: SessionId,
    user: UserId,
    before: &Whereabouts,
    request: &RequestInfo,
) -> Result<()> {
    let now = deps.now();
    let step = step(before, request, now);
    let update = sqlx::query!(
        "update user_sessions set last_seen_at = $2, address = $3, user_agent = $4, left_address = $5, left_at = $6, returns = $7, \
         moved_at = case when $8 then $2 else moved_at end where id = $1 and last_seen_at = $9",
        session.0,
        now,
        request.address,
        request.user_agent,
        step.left_address,
        step.left_at,
        step.returns,
        step.moved,
        before.seen_at,
    );
    if !step.moved {
        update.execute(deps.database.global()).await?;
        return Ok(());
    }
    let mut transaction = deps.database.begin_for_user(user, Mode::Writing).await?;
    if update.execute(&mut *transaction).await?.rows_affected() == 0 {
        return Ok(());
    }
    Entry::new(Action::SessionMoved, Origin::Session, request)
        .actor(user)
        .subject(session.0)
        .before(json!({ "address": before.address, "user_agent": before.user_agent, "seen_at": before.seen_at }))
        .after(json!({ "address": request.address, "user_agent": request.user_agent }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        actor::UserActor,
        identity::sign_in::sign_in,
        testing::{PASSWORD, TestDatabase, clock_and_deps, person, request as usual, visitor},
    };

    const HERE: &str = "192.0.2.7";
    const THERE: &str = "203.0.113.5";

    fn at(address: &str, user_agent: &str) -> RequestInfo {
        RequestInfo {
            address: address.to_owned(),
            user_agent: user_agent.to_owned(),
            ..usual()
        }
    }

    /// Each request is `minutes` after the one before, all of them with one browser.
    fn recorded(addresses: &[&str], minutes: i64) -> usize {
        let mut now = DateTime::UNIX_EPOCH;
        let mut before = Whereabouts {
            address: HERE.to_owned(),
            user_agent: "Browser".to_owned(),
            seen_at: now,
            left_address: None,
            left_at: None,
            returns: 0,
            moved_at: None,
        };
        let mut records = 0;
        for address in addresses {
            now += TimeDelta::minutes(minutes);
            let step = step(&before, &at(address, "Browser"), now);
            records += usize::from(step.moved);
            before = Whereabouts {
                address: (*address).to_owned(),
                user_agent: "Browser".to_owned(),
                seen_at: now,
                left_address: step.left_address,
                left_at: step.left_at,
                returns: step.returns,
                moved_at: if step.moved { Some(now) } else { before.moved_at },
            };
        }
        records
    }

    #[test]
    fn one_browser_is_told_of_when_it_goes_back_and_forth_within_minutes() {
        assert_eq!(recorded(&[HERE, HERE, THERE, THERE], 2), 0, "a phone that left");
        assert_eq!(recorded(&[THERE, HERE], 2), 0, "and came back");
        assert_eq!(recorded(&[THERE, HERE, THERE], 2), 1);
        assert_eq!(
            recorded(&[THERE, HERE, THERE, HERE, THERE], 2),
            1,
            "once within an hour"
        );
        assert_eq!(recorded(&[THERE, HERE, THERE], 6), 0, "home and office");
        assert_eq!(recorded(&["2001:db8::1", HERE, "2001:db8::2"], 2), 0, "both families");
        assert_eq!(
            recorded(&["198.51.100.7", HERE, THERE, "198.51.100.7"], 2),
            0,
            "on the train"
        );
    }

    #[tokio::test]
    async fn another_browser_elsewhere_within_minutes_stands_in_the_owners_record_once_an_hour() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        person(&deps, "ann").await;
        let email = contract::email::EmailAddress::parse("ann@example.test").unwrap();
        let session = sign_in(&visitor(), &deps, email, PASSWORD.to_owned()).await.unwrap();
        let come = async |address: &str, user_agent: &str| {
            let user = UserActor::authenticate(&deps, session.token.expose(), at(address, user_agent)).await;
            assert!(user.unwrap().is_some());
        };
        let moves = async || database.count("audit_log where action = 'session.moved'").await;
        come(THERE, "curl").await;
        assert_eq!(moves().await, 0, "nothing is written within a minute");
        clock.advance(TimeDelta::minutes(2));
        come(HERE, "Another release of it").await;
        assert_eq!(moves().await, 0, "in the same place");
        clock.advance(TimeDelta::minutes(2));
        come(THERE, "curl").await;
        assert_eq!(moves().await, 1);
        assert_eq!(
            database
                .count(&format!(
                    "audit_log where action = 'session.moved' and before ->> 'address' = '{HERE}' and address = '{THERE}'"
                ))
                .await,
            1
        );
        clock.advance(TimeDelta::minutes(2));
        come(HERE, "Browser").await;
        assert_eq!(moves().await, 1, "once within an hour");
        clock.advance(FAR_APART + TimeDelta::minutes(60));
        come(THERE, "curl").await;
        assert_eq!(moves().await, 1, "nobody is in two places over an hour");
        clock.advance(TimeDelta::minutes(2));
        come(HERE, "Browser").await;
        assert_eq!(moves().await, 2);
    }
}
