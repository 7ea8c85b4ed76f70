//! Whose account may be in other hands, as it is shown.

use contract::security::{CopiedPasskey, FarApart, Reused};
use domain::security::report;

use crate::format::Formatter;

pub(super) fn count(many: i64) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

pub(super) fn far_apart(found: Vec<report::FarApart>, formatter: Formatter) -> Vec<FarApart> {
    found
        .into_iter()
        .map(|one| FarApart {
            user: one.user,
            name: one.name,
            email: one.email,
            session: one.session,
            first_address: one.first_address,
            second_address: one.second_address,
            first: formatter.moment(one.first),
            second: formatter.moment(one.second),
            times: count(one.times),
            sessions: count(one.sessions),
        })
        .collect()
}

pub(super) fn reused(found: Vec<report::Reused>, formatter: Formatter) -> Vec<Reused> {
    found
        .into_iter()
        .map(|one| Reused {
            user: one.user,
            name: one.name,
            email: one.email,
            kind: one.kind,
            times: count(one.times),
            address: one.address,
            at: formatter.moment(one.at),
            sessions: count(one.sessions),
        })
        .collect()
}

pub(super) fn copies(found: Vec<report::CopiedPasskey>, formatter: Formatter) -> Vec<CopiedPasskey> {
    found
        .into_iter()
        .map(|one| CopiedPasskey {
            user: one.user,
            name: one.name,
            email: one.email,
            address: one.address,
            at: formatter.moment(one.at),
            sessions: count(one.sessions),
        })
        .collect()
}
