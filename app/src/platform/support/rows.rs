//! Support sessions as their reader sees them: moments in the reader's own zone.

use contract::{
    ids::UserId,
    support::{SupportDetail, SupportRow},
};
use domain::support_sessions::{Detail, Session};

use crate::{format::Formatter, platform::visits::rows::acts};

pub fn row(session: Session, reader: UserId, formatter: Formatter) -> SupportRow {
    let moment = |at| formatter.moment(at);
    SupportRow {
        id: session.id,
        tenant: session.tenant,
        organization: session.organization,
        state: session.state,
        scope: session.scope,
        hours: session.hours,
        offered: session.offered,
        by_policy: session.by_policy,
        operator: session.operator,
        operator_name: session.operator_name,
        host_name: session.host_name,
        reason: session.reason,
        ticket: session.ticket,
        created: moment(session.created),
        expires: session.expires.map(moment),
        entered: session.entered.map(moment),
        ended: session.ended.map(moment),
        ended_by: session.ended_by,
        mine: session.operator == Some(reader),
    }
}

/// As the organization reads it.
pub fn detail(detail: Detail, reader: UserId, formatter: Formatter) -> SupportDetail {
    SupportDetail {
        more: detail.acts.as_ref().is_some_and(|acts| acts.more),
        acts: detail.acts.map(|found| acts(&found, formatter)),
        session: row(detail.session, reader, formatter),
        obstacle: None,
        fresh: false,
    }
}
