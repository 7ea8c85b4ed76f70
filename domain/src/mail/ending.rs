//! What is mailed when an organization or an account is paused, deleted or brought back.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, UserId},
    preferences::Locale,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Rendered, compose::write, messages};
use crate::{Deps, Result, database::PlatformDatabase};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    TenantDeactivated {
        user: UserId,
        tenant: TenantId,
    },
    TenantDeletionScheduled {
        user: UserId,
        tenant: TenantId,
    },
    TenantRestored {
        user: UserId,
        tenant: TenantId,
    },
    /// By staff, with the reason that they gave.
    TenantSuspended {
        user: UserId,
        tenant: TenantId,
    },
    TenantReinstated {
        user: UserId,
        tenant: TenantId,
    },
    /// To where the account was. The address is in the mail itself: nothing else knows it any more.
    AccountDeleted {
        user: UserId,
        email: String,
        name: String,
        locale: Locale,
        /// The names of the organizations that went with it.
        organizations: Vec<String>,
    },
}

impl Ending {
    pub(super) const fn user(&self) -> UserId {
        match self {
            Self::TenantDeactivated { user, .. }
            | Self::TenantDeletionScheduled { user, .. }
            | Self::TenantRestored { user, .. }
            | Self::TenantSuspended { user, .. }
            | Self::TenantReinstated { user, .. }
            | Self::AccountDeleted { user, .. } => *user,
        }
    }

    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::TenantDeactivated { .. } => "tenant_deactivated",
            Self::TenantDeletionScheduled { .. } => "tenant_deletion_scheduled",
            Self::TenantRestored { .. } => "tenant_restored",
            Self::TenantSuspended { .. } => "tenant_suspended",
            Self::TenantReinstated { .. } => "tenant_reinstated",
            Self::AccountDeleted { .. } => "account_deleted",
        }
    }

    pub(super) const fn tenant(&self) -> Option<TenantId> {
        match self {
            Self::TenantDeactivated { tenant, .. }
            | Self::TenantDeletionScheduled { tenant, .. }
            | Self::TenantRestored { tenant, .. }
            | Self::TenantSuspended { tenant, .. }
            | Self::TenantReinstated { tenant, .. } => Some(*tenant),
            Self::AccountDeleted { .. } => None,
        }
    }

    /// The statuses of an organization in which this is still true.
    fn holds_in(&self) -> Vec<String> {
        let statuses: &[&str] = match self {
            Self::TenantDeactivated { .. } => &["deactivated"],
            Self::TenantDeletionScheduled { .. } => &["deleting"],
            Self::TenantRestored { .. } => &["active"],
            Self::TenantSuspended { .. } => &["suspended"],
            Self::TenantReinstated { .. } => &["active", "deactivated"],
            Self::AccountDeleted { .. } => &[],
        };
        statuses.iter().map(|status| (*status).to_owned()).collect()
    }
}

/// What is told of the organization.
#[derive(Debug, Default)]
pub(super) struct Organization {
    pub name: String,
    slug: String,
    /// Until when it can be restored.
    pub until: Option<String>,
    /// Why staff have closed it.
    pub reason: Option<String>,
}

impl Ending {
    /// `None` when it is no longer true: taken up again, restored, or read by nobody.
    pub(super) async fn compose(
        &self,
        platform: &PlatformDatabase,
        deps: &Deps,
        base_url: &str,
    ) -> Result<Option<Rendered>> {
        if let Self::AccountDeleted { email, locale, .. } = self {
            return self
                .write(*locale, email.clone(), base_url, &Organization::default())
                .map(Some);
        }
        // Also to who has paused their account: what is deleted can be restored for 30 days, and no longer.
        let row = sqlx::query!(
            r#"select u.email::text as "email!", u.locale, u.time_zone, t.name, t.slug::text as "slug!", t.purge_after,
                (select reason from platform_tenant_suspensions s where s.tenant_id = t.id and s.ended_at is null) as reason
            from users u join tenants t on t.id = $2 and t.status = any($3) and t.deleted_at is null
                and (t.purge_after is null or t.purge_after > $4)
            where u.id = $1 and u.deleted_at is null"#,
            self.user().0,
            self.tenant().map(|tenant| tenant.0),
            &self.holds_in(),
            deps.now(),
        )
        .fetch_optional(platform.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        let zone: chrono_tz::Tz = row.time_zone.parse().unwrap_or(chrono_tz::UTC);
        let organization = Organization {
            name: row.name,
            until: row.purge_after.map(|until| moment(locale, until, zone)),
            reason: row.reason,
            slug: row.slug,
        };
        self.write(locale, row.email, base_url, &organization).map(Some)
    }

    fn write(&self, locale: Locale, to: String, base_url: &str, organization: &Organization) -> Result<Rendered> {
        let url = match self {
            Self::AccountDeleted { .. } => format!("{base_url}/sign-up"),
            Self::TenantRestored { .. } | Self::TenantSuspended { .. } | Self::TenantReinstated { .. } => {
                format!("{base_url}/o/{}/projects", organization.slug)
            }
            Self::TenantDeactivated { .. } | Self::TenantDeletionScheduled { .. } => {
                format!("{base_url}/o/{}/settings/danger", organization.slug)
            }
        };
        let content = messages::ending(locale, self, organization);
        write(locale, to, &url, &content, messages::footer(locale))
    }
}

fn moment(locale: Locale, at: DateTime<Utc>, zone: chrono_tz::Tz) -> String {
    match locale {
        Locale::English => at.with_timezone(&zone).format("%-d %B %Y, %H:%M (%Z)").to_string(),
    }
}

/// One of each, for the developer's gallery.
pub(super) fn samples(base_url: &str) -> Result<Vec<Rendered>> {
    let (user, tenant) = (UserId(Uuid::nil()), TenantId(Uuid::nil()));
    let organization = Organization {
        name: "North Pier".to_owned(),
        slug: "north-pier".to_owned(),
        until: Some(moment(Locale::English, DateTime::UNIX_EPOCH, chrono_tz::UTC)),
        reason: Some("It sends mail that nobody asked for.".to_owned()),
    };
    let to = || "person@example.test".to_owned();
    [
        Ending::TenantDeactivated { user, tenant },
        Ending::TenantDeletionScheduled { user, tenant },
        Ending::TenantRestored { user, tenant },
        Ending::TenantSuspended { user, tenant },
        Ending::TenantReinstated { user, tenant },
        Ending::AccountDeleted {
            user,
            email: to(),
            name: "Person".to_owned(),
            locale: Locale::English,
            organizations: vec![organization.name.clone()],
        },
    ]
    .iter()
    .map(|ending| ending.write(Locale::English, to(), base_url, &organization))
    .collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{
        identity::deactivate_account,
        mail::{Mail, compose},
        tenants::{delete::delete, restore::restore},
        testing::{TestDatabase, clock_and_deps, deps, join, organization, person},
    };

    #[tokio::test]
    async fn a_deletion_says_until_when_in_the_readers_zone_and_a_mail_that_is_no_longer_true_is_not_written() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        sqlx::query("update users set time_zone = 'Pacific/Auckland'")
            .execute(database.owner())
            .await
            .unwrap();
        let acme = organization(&deps, &ann, "acme").await;
        let (user, tenant) = (ann.id(), acme.tenant().id);
        let written = async |ending: Ending| {
            compose(
                &database.platform(),
                &deps,
                "https://plinth.example",
                &Mail::Ending(ending),
            )
            .await
            .unwrap()
        };
        delete(&acme, &deps, "acme").await.unwrap();
        let scheduled = Ending::TenantDeletionScheduled { user, tenant };
        let mail = written(scheduled.clone()).await.unwrap();
        assert_eq!(
            (mail.to.as_str(), mail.subject.as_str()),
            ("ann@example.test", "acme was deleted")
        );
        for said in [
            "1 April 2026, 22:00 (NZDT)",
            "https://plinth.example/o/acme/settings/danger",
        ] {
            assert!(mail.text.contains(said), "{}", mail.text);
        }
        let restored = Ending::TenantRestored { user, tenant };
        assert_eq!(written(restored.clone()).await, None);
        restore(&acme, &deps).await.unwrap();
        assert_eq!(written(scheduled.clone()).await, None);
        assert!(written(restored).await.unwrap().text.contains("/o/acme/projects"));
        delete(&acme, &deps, "acme").await.unwrap();
        clock.advance(TimeDelta::days(30));
        assert_eq!(written(scheduled).await, None, "there is nothing to undo");
    }

    #[tokio::test]
    async fn who_paused_their_account_is_told_what_becomes_of_their_organization() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        join(&database, &deps, &acme, &bob, "owner").await;
        deactivate_account::deactivate(&bob, &deps).await.unwrap();
        delete(&acme, &deps, "acme").await.unwrap();
        let queued = format!(
            "graphile_worker._private_jobs where payload::text like '%TenantDeletionScheduled%{}%'",
            bob.id()
        );
        assert_eq!(database.count(&queued).await, 1);
        let mail = Mail::Ending(Ending::TenantDeletionScheduled {
            user: bob.id(),
            tenant: acme.tenant().id,
        });
        let written = compose(&database.platform(), &deps, "https://plinth.example", &mail)
            .await
            .unwrap();
        assert_eq!(written.unwrap().to, "bob@example.test");
    }
}
