//! Since when there is more than the plan allows. Everything that a plan limits has days of grace of its own: who has had too
//! many projects for long is not over on members since then.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{error::Limit, ids::TenantId};

use super::{excess::Exceeds, limits::key};
use crate::{Result, database::Transaction};

/// `None` where it fits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct OverLimits {
    pub projects: Option<DateTime<Utc>>,
    pub members: Option<DateTime<Utc>>,
    pub guests: Option<DateTime<Utc>>,
}

impl OverLimits {
    /// What it becomes when this is too many now.
    pub fn next(self, exceeds: Exceeds, now: DateTime<Utc>) -> Self {
        let next = |since: Option<_>, is_over: bool| is_over.then(|| since.unwrap_or(now));
        Self {
            projects: next(self.projects, exceeds.projects),
            members: next(self.members, exceeds.members),
            guests: next(self.guests, exceeds.guests),
        }
    }

    fn each(self) -> [(Limit, Option<DateTime<Utc>>); 3] {
        [
            (Limit::Projects, self.projects),
            (Limit::Members, self.members),
            (Limit::Guests, self.guests),
        ]
    }

    pub fn earliest(self) -> Option<DateTime<Utc>> {
        self.each().into_iter().filter_map(|(_, since)| since).min()
    }

    /// When something is paused next; when everything is, since when.
    pub fn pauses_at(self, grace: TimeDelta, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let ends = self.each().into_iter().filter_map(|(_, since)| Some(since? + grace));
        let (ahead, over): (Vec<_>, Vec<_>) = ends.partition(|end| *end > now);
        ahead.into_iter().min().or_else(|| over.into_iter().max())
    }
}

/// Whether the days of grace are over.
pub(crate) fn is_due(since: Option<DateTime<Utc>>, grace: TimeDelta, now: DateTime<Utc>) -> bool {
    since.is_some_and(|since| since + grace <= now)
}

pub(crate) async fn of(transaction: &mut Transaction, tenant: TenantId) -> Result<OverLimits> {
    let rows = sqlx::query!(
        "select limit_key, since from billing_over_limits where tenant_id = $1",
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let since = |limit| {
        let row = rows.iter().find(|row| Some(row.limit_key.as_str()) == key(limit));
        row.map(|row| row.since)
    };
    Ok(OverLimits {
        projects: since(Limit::Projects),
        members: since(Limit::Members),
        guests: since(Limit::Guests),
    })
}

/// Behind the organization's row, which has the earliest of them for lists.
pub(crate) async fn write(
    transaction: &mut Transaction,
    tenant: TenantId,
    before: OverLimits,
    after: OverLimits,
) -> Result<()> {
    for ((limit, before), (_, after)) in before.each().into_iter().zip(after.each()) {
        match (before, after) {
            (None, Some(since)) => {
                sqlx::query!(
                    "insert into billing_over_limits (tenant_id, limit_key, since) values ($1, $2, $3)",
                    tenant.0,
                    key(limit),
                    since,
                )
                .execute(&mut **transaction)
                .await?;
            }
            (Some(_), None) => {
                sqlx::query!(
                    "delete from billing_over_limits where tenant_id = $1 and limit_key = $2",
                    tenant.0,
                    key(limit),
                )
                .execute(&mut **transaction)
                .await?;
            }
            _ => {}
        }
    }
    if before.earliest() != after.earliest() {
        sqlx::query!(
            "update tenants set over_limit_since = $2 where id = $1",
            tenant.0,
            after.earliest(),
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    fn day(day: u32) -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, day, 9, 0, 0).unwrap()
    }

    #[test]
    fn each_begins_and_ends_by_itself_and_the_next_to_be_paused_is_told() {
        let exceeds = |projects, members| Exceeds {
            projects,
            members,
            guests: false,
        };
        let over = OverLimits::default().next(exceeds(true, false), day(1));
        let over = over.next(exceeds(true, true), day(5));
        assert_eq!(
            (over.projects, over.members, over.guests),
            (Some(day(1)), Some(day(5)), None)
        );
        assert_eq!(over.earliest(), Some(day(1)));
        let pauses = |now| over.pauses_at(TimeDelta::days(7), now);
        assert_eq!(pauses(day(5)), Some(day(8)));
        assert_eq!(pauses(day(8)), Some(day(12)), "projects are paused by now");
        assert_eq!(pauses(day(20)), Some(day(12)));
        let over = over.next(exceeds(false, true), day(6));
        assert_eq!((over.projects, over.earliest()), (None, Some(day(5))));
        assert_eq!(over.next(exceeds(false, false), day(7)), OverLimits::default());
        assert_eq!(OverLimits::default().pauses_at(TimeDelta::days(7), day(1)), None);
    }
}
