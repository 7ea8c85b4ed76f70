//! The days of trial.

use chrono::{DateTime, Utc};

use crate::actor::Tenant;

/// Whole days that remain, counting the present one; zero once it is over, `None` when there is no trial.
pub fn trial_days_left(tenant: &Tenant, now: DateTime<Utc>) -> Option<u32> {
    let left = tenant.trial_ends_at? - now;
    let days = (left.num_seconds() + 86_399).div_euclid(86_400);
    Some(u32::try_from(days).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone};
    use contract::{ids::TenantId, slug::Slug, tenant::TenantStatus};

    use super::*;

    #[test]
    fn counts_the_day_that_has_begun() {
        let end = Utc.with_ymd_and_hms(2026, 3, 15, 12, 0, 0).unwrap();
        let tenant = Tenant {
            id: TenantId(uuid::Uuid::nil()),
            slug: Slug::parse("acme").unwrap(),
            name: String::new(),
            status: TenantStatus::Active,
            purge_after: None,
            plan_name: String::new(),
            project_limit: None,
            trial_ends_at: Some(end),
        };
        let left = |before: TimeDelta| trial_days_left(&tenant, end - before).unwrap();
        assert_eq!(left(TimeDelta::days(14)), 14);
        assert_eq!(left(TimeDelta::days(14) - TimeDelta::seconds(1)), 14);
        assert_eq!(left(TimeDelta::days(1)), 1);
        assert_eq!(left(TimeDelta::seconds(1)), 1);
        assert_eq!(left(TimeDelta::zero()), 0);
        assert_eq!(left(-TimeDelta::days(9)), 0);
    }
}
