//! When a window is on, and for whom. Pure: rows and a clock go in.

use chrono::{DateTime, Utc};
use contract::{
    ids::{MaintenanceWindowId, TenantId},
    maintenance::{MaintenanceLevel, Surface, WindowState},
};

/// What is said to come back after when nobody knows when it ends, in seconds.
const A_WHILE: u32 = 300;

/// The longest that anybody is told to wait, in seconds.
const A_DAY: u32 = 86_400;

/// What a window is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Everything,
    Surface(Surface),
    Organization(TenantId),
}

/// Where somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    surface: Surface,
    tenant: Option<TenantId>,
}

impl Place {
    pub const fn on(surface: Surface) -> Self {
        Self { surface, tenant: None }
    }

    pub const fn in_organization(tenant: TenantId) -> Self {
        Self {
            surface: Surface::Organizations,
            tenant: Some(tenant),
        }
    }
}

impl Scope {
    pub fn covers(self, place: Place) -> bool {
        match self {
            Self::Everything => true,
            Self::Surface(surface) => place.surface == surface,
            Self::Organization(tenant) => place.tenant == Some(tenant),
        }
    }
}

/// A window that nobody has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    pub id: MaintenanceWindowId,
    pub level: MaintenanceLevel,
    pub scope: Scope,
    /// For people; may be empty.
    pub message: String,
    pub starts_at: DateTime<Utc>,
    /// Without one it lasts until somebody ends it.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Window {
    /// On from its first instant to the one before its last.
    pub fn state(&self, now: DateTime<Utc>) -> WindowState {
        if now < self.starts_at {
            WindowState::Scheduled
        } else if self.ends_at.is_none_or(|end| now < end) {
            WindowState::On
        } else {
            WindowState::Over
        }
    }

    pub fn is_on(&self, now: DateTime<Utc>) -> bool {
        self.state(now) == WindowState::On
    }

    /// What somebody is told whom it keeps from something.
    pub fn held(&self, now: DateTime<Utc>) -> Held {
        let seconds = self.ends_at.map_or(i64::from(A_WHILE), |end| {
            // Rounded up: who comes back when told finds it over.
            (end - now).num_milliseconds().max(1).saturating_add(999) / 1000
        });
        Held {
            retry_after_seconds: u32::try_from(seconds).unwrap_or(A_DAY).min(A_DAY),
        }
    }
}

/// Kept from something by maintenance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub retry_after_seconds: u32,
}

impl Held {
    /// When only the database said so, and nobody knows of a window.
    pub(crate) const FOR_A_WHILE: Self = Self {
        retry_after_seconds: A_WHILE,
    };

    pub fn refusal(self) -> contract::Error {
        contract::Error::Maintenance {
            retry_after_seconds: self.retry_after_seconds,
        }
    }
}

/// The window that counts for somebody who is there: the strictest, and of those the one that ends last.
pub fn strongest(windows: &[Window], place: Place, now: DateTime<Utc>) -> Option<&Window> {
    windows
        .iter()
        .filter(|window| window.is_on(now) && window.scope.covers(place))
        .max_by_key(|window| (window.level, window.ends_at.unwrap_or(DateTime::<Utc>::MAX_UTC)))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::maintenance::MaintenanceLevel::{Banner, Closed, ReadOnly};

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn window(level: MaintenanceLevel, scope: Scope, from: i64, to: Option<i64>) -> Window {
        Window {
            id: MaintenanceWindowId(uuid::Uuid::nil()),
            level,
            scope,
            message: String::new(),
            starts_at: at(from),
            ends_at: to.map(at),
        }
    }

    #[test]
    fn it_begins_with_its_first_instant_and_ends_before_its_last() {
        let window = window(Closed, Scope::Everything, 100, Some(200));
        let microsecond = TimeDelta::microseconds(1);
        for (now, expected) in [
            (at(100) - microsecond, WindowState::Scheduled),
            (at(100), WindowState::On),
            (at(200) - microsecond, WindowState::On),
            (at(200), WindowState::Over),
        ] {
            assert_eq!(window.state(now), expected, "{now}");
        }
    }

    #[test]
    fn without_an_end_it_lasts() {
        let window = window(Closed, Scope::Everything, 100, None);
        assert!(window.is_on(at(100_000_000)));
        assert_eq!(window.held(at(100)).retry_after_seconds, A_WHILE);
    }

    #[test]
    fn whoever_comes_back_when_told_finds_it_over() {
        let window = window(Closed, Scope::Everything, 0, Some(100));
        for (now, seconds) in [
            (at(0), 100),
            (at(99), 1),
            (at(99) + TimeDelta::microseconds(999_999), 1),
            (at(98) + TimeDelta::milliseconds(999), 2),
        ] {
            assert_eq!(window.held(now).retry_after_seconds, seconds, "{now}");
        }
        let long = self::window(Closed, Scope::Everything, 0, Some(10_000_000));
        assert_eq!(long.held(at(0)).retry_after_seconds, A_DAY);
    }

    #[test]
    fn a_scope_covers_what_is_in_it() {
        let (here, there) = (TenantId(uuid::Uuid::nil()), TenantId(uuid::Uuid::max()));
        let places = [
            Place::on(Surface::Site),
            Place::on(Surface::Account),
            Place::on(Surface::Organizations),
            Place::in_organization(here),
        ];
        for (scope, expected) in [
            (Scope::Everything, [true, true, true, true]),
            (Scope::Surface(Surface::Site), [true, false, false, false]),
            (Scope::Surface(Surface::Account), [false, true, false, false]),
            (Scope::Surface(Surface::Organizations), [false, false, true, true]),
            (Scope::Organization(here), [false, false, false, true]),
            (Scope::Organization(there), [false, false, false, false]),
        ] {
            assert_eq!(places.map(|place| scope.covers(place)), expected, "{scope:?}");
        }
    }

    #[test]
    fn the_strictest_counts_and_of_those_the_last_to_end() {
        let windows = [
            window(Banner, Scope::Everything, 0, None),
            window(ReadOnly, Scope::Everything, 0, Some(50)),
            window(Closed, Scope::Surface(Surface::Site), 10, Some(20)),
            window(ReadOnly, Scope::Everything, 0, Some(60)),
            window(Closed, Scope::Everything, 70, Some(80)),
        ];
        let level_and_end = |place, now| {
            strongest(&windows, place, at(now)).map(|window| (window.level, window.ends_at.map(|end| end.timestamp())))
        };
        let (site, account) = (Place::on(Surface::Site), Place::on(Surface::Account));
        assert_eq!(level_and_end(site, 15), Some((Closed, Some(20))));
        assert_eq!(level_and_end(account, 15), Some((ReadOnly, Some(60))));
        assert_eq!(level_and_end(site, 20), Some((ReadOnly, Some(60))));
        assert_eq!(level_and_end(site, 60), Some((Banner, None)));
        assert_eq!(level_and_end(site, 70), Some((Closed, Some(80))));
    }
}
