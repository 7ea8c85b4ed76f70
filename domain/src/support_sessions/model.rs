//! Support sessions as they are read back.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{SupportSessionId, TenantId, UserId},
    support::{SupportArea, SupportHours, SupportScope, SupportState},
    text::{VisitReason, VisitTicket},
};
use uuid::Uuid;

use super::machine::{Event, Grant, after};
use crate::{Error, Result, audit::Action, audit::Origin, database::Transaction, visits::Acts, visits::acts};

/// How long a request waits for an answer.
pub(super) const ANSWER_WITHIN: TimeDelta = TimeDelta::days(3);

/// How long a way in is good.
pub(super) const HANDOFF: TimeDelta = TimeDelta::seconds(60);

/// What somebody asks for, or offers.
#[derive(Debug, Clone)]
pub struct Asked {
    pub scope: SupportScope,
    pub hours: SupportHours,
    pub reason: VisitReason,
    pub ticket: VisitTicket,
}

/// The areas of a scope, as the database keeps them.
pub(super) fn keys(scope: &SupportScope) -> Vec<String> {
    scope.areas().iter().map(|area| area.key().to_owned()).collect()
}

/// A scope, from what the database keeps.
pub(crate) fn scope(areas: &[String], write: bool) -> Result<SupportScope> {
    let areas: Vec<_> = areas.iter().filter_map(|key| SupportArea::from_key(key)).collect();
    SupportScope::new(&areas, write).ok_or_else(|| Error::fault("a support session without an area"))
}

/// One support session, and by what names its people go today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub id: SupportSessionId,
    pub tenant: TenantId,
    pub organization: String,
    /// As it is now, whether or not somebody has written it down.
    pub state: SupportState,
    pub scope: SupportScope,
    pub hours: u8,
    pub offered: bool,
    pub by_policy: bool,
    /// `None` for an offer that nobody has taken up.
    pub operator: Option<UserId>,
    pub operator_name: Option<String>,
    pub host: Option<UserId>,
    pub host_name: Option<String>,
    pub reason: String,
    pub ticket: Option<String>,
    pub created: DateTime<Utc>,
    pub expires: Option<DateTime<Utc>>,
    pub entered: Option<DateTime<Utc>>,
    pub ended: Option<DateTime<Utc>>,
    pub ended_by: Option<String>,
}

/// The same as a row.
pub(super) struct Row {
    pub id: Uuid,
    pub tenant_id: Uuid,
    pub organization: String,
    pub state: String,
    pub areas: Vec<String>,
    pub may_write: bool,
    pub hours: i16,
    pub offered: bool,
    pub by_policy: bool,
    pub operator_id: Option<Uuid>,
    pub operator_name: Option<String>,
    pub host_id: Option<Uuid>,
    pub host_name: Option<String>,
    pub reason: String,
    pub ticket: Option<String>,
    pub created_at: DateTime<Utc>,
    pub answer_by: Option<DateTime<Utc>>,
    pub expires_at: Option<DateTime<Utc>>,
    pub handoff_expires_at: Option<DateTime<Utc>>,
    pub entered_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    pub ended_by: Option<String>,
}

/// The support sessions that the clauses leave, as rows. Each statement is checked as a whole, as any other is.
macro_rules! sessions {
    ($clauses:literal, $($value:expr),+ $(,)?) => {
        sqlx::query_as!(
            $crate::support_sessions::model::Row,
            r#"select s.id, s.tenant_id, s.organization, s.state, s.areas, s.may_write, s.hours, s.offered, s.by_policy,
            s.operator_id, o.name as "operator_name?", s.host_id, h.name as "host_name?", s.reason, s.ticket, s.created_at,
            s.answer_by, s.expires_at, s.handoff_expires_at, s.entered_at, s.ended_at, b.name as "ended_by?"
        from support_sessions s
        left join users o on o.id = s.operator_id left join users h on h.id = s.host_id left join users b on b.id = s.ended_by
        "# + $clauses,
            $($value),+
        )
    };
}
pub(super) use sessions;

/// What has happened by the clock, before it is written down.
pub(super) fn due(
    state: SupportState,
    now: DateTime<Utc>,
    by_policy: bool,
    [answer_by, expires, handoff]: [Option<DateTime<Utc>>; 3],
) -> Option<Event> {
    let past = |time: Option<DateTime<Utc>>| time.is_some_and(|time| time <= now);
    if state.is_granted() && past(expires) {
        Some(Event::Expire)
    } else if state == SupportState::Requested && past(answer_by) {
        Some(Event::Lapse)
    } else if state == SupportState::HandoffPending && past(handoff) {
        Some(Event::Miss(if by_policy { Grant::Policy } else { Grant::Member }))
    } else {
        None
    }
}

impl Row {
    pub(super) fn session(self, now: DateTime<Utc>) -> Result<Session> {
        let stored = SupportState::from_key(&self.state).ok_or_else(|| Error::fault("unknown state of support"))?;
        let times = [self.answer_by, self.expires_at, self.handoff_expires_at];
        let event = due(stored, now, self.by_policy, times);
        let state = event.and_then(|event| after(stored, event)).unwrap_or(stored);
        let ended = match event {
            Some(Event::Expire) => self.expires_at,
            Some(Event::Lapse) => self.answer_by,
            _ => self.ended_at,
        };
        Ok(Session {
            id: self.id.into(),
            tenant: self.tenant_id.into(),
            organization: self.organization,
            state,
            scope: scope(&self.areas, self.may_write)?,
            hours: u8::try_from(self.hours).map_err(Error::fault)?,
            offered: self.offered,
            by_policy: self.by_policy,
            operator: self.operator_id.map(Into::into),
            operator_name: self.operator_name,
            host: self.host_id.map(Into::into),
            host_name: self.host_name,
            reason: self.reason,
            ticket: self.ticket,
            created: self.created_at,
            expires: self.expires_at,
            entered: self.entered_at,
            ended,
            ended_by: self.ended_by,
        })
    }
}

/// One session and what was done in it, the latest first.
#[derive(Debug, Clone)]
pub struct Detail {
    pub session: Session,
    /// `None` for who does not read the log.
    pub acts: Option<Acts>,
}

/// What the organization's log has of it.
pub(super) async fn acts_of(transaction: &mut Transaction, session: &Session, now: DateTime<Utc>) -> Result<Acts> {
    let (Some(operator), Some(host), Some(entered)) = (session.operator, session.host, session.entered) else {
        return Ok(Acts::default());
    };
    let span = acts::Span {
        tenant: session.tenant,
        operator,
        subject: host,
        origin: Origin::Support,
        from: entered,
        until: session.ended.unwrap_or(now),
        without: [Action::SupportBegun, Action::SupportEnded],
    };
    acts::read(transaction, &span).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_does_to_each_state_what_its_times_say() {
        use SupportState::{Active, Approved, AutoApproved, HandoffPending, Requested};
        let now = DateTime::UNIX_EPOCH;
        let (past, later) = (Some(now), Some(now + TimeDelta::seconds(1)));
        for (state, by_policy, times, expected) in [
            (Requested, false, [past, None, None], Some(Event::Lapse)),
            (Requested, false, [later, None, None], None),
            (Approved, false, [past, later, None], None),
            (Approved, false, [past, past, None], Some(Event::Expire)),
            (AutoApproved, true, [later, past, None], Some(Event::Expire)),
            (Active, false, [None, past, None], Some(Event::Expire)),
            (Active, false, [None, later, None], None),
            (
                HandoffPending,
                false,
                [None, later, past],
                Some(Event::Miss(Grant::Member)),
            ),
            (
                HandoffPending,
                true,
                [None, later, past],
                Some(Event::Miss(Grant::Policy)),
            ),
            (HandoffPending, true, [None, past, past], Some(Event::Expire)),
            (HandoffPending, true, [None, later, later], None),
            (SupportState::Revoked, false, [past, past, past], None),
        ] {
            assert_eq!(due(state, now, by_policy, times), expected, "{state:?} {times:?}");
            assert!(expected.is_none_or(|event| after(state, event).is_some()), "{state:?}");
        }
    }
}
