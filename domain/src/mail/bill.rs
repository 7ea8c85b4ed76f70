//! What is mailed about an organization's bills, to who can do something about them.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, UserId},
    preferences::Locale,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Rendered, compose::write, messages};
use crate::{
    Deps, Result,
    billing::{notice::Notice, standing},
    database::PlatformDatabase,
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    pub user: UserId,
    pub tenant: TenantId,
    pub notice: Notice,
}

/// What is told of the organization.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub organization: String,
    slug: String,
    pub plan: String,
    /// When the state ends by itself.
    pub until: Option<String>,
}

impl Bill {
    pub(super) const fn kind(&self) -> &'static str {
        self.notice.key()
    }

    /// `None` when it is no longer true, or read by nobody who has a say in it.
    pub(super) async fn compose(
        &self,
        platform: &PlatformDatabase,
        deps: &Deps,
        base_url: &str,
    ) -> Result<Option<Rendered>> {
        let mut transaction = platform.begin().await?;
        let row = sqlx::query!(
            r#"select u.email::text as "email!", u.locale, u.time_zone, t.name, t.slug::text as "slug!"
            from users u join tenant_members m on m.user_id = u.id and m.tenant_id = $2 and m.status = 'active'
            join tenants t on t.id = m.tenant_id and t.deleted_at is null
            where u.id = $1 and u.deleted_at is null and u.status = 'active'"#,
            self.user.0,
            self.tenant.0,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let plan = standing::of(&mut transaction, self.tenant, deps.billing, deps.now()).await?;
        if !self.notice.holds_in(plan.effective.state) {
            return Ok(None);
        }
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        let zone: chrono_tz::Tz = row.time_zone.parse().unwrap_or(chrono_tz::UTC);
        let account = Account {
            organization: row.name,
            slug: row.slug,
            plan: plan.name,
            until: plan.effective.until.map(|until| day(locale, until, zone)),
        };
        self.write(locale, row.email, base_url, &account).map(Some)
    }

    fn write(&self, locale: Locale, to: String, base_url: &str, account: &Account) -> Result<Rendered> {
        let url = format!("{base_url}/o/{}/settings/billing", account.slug);
        let content = messages::bill(locale, self.notice, account);
        write(locale, to, &url, &content, messages::footer(locale))
    }
}

fn day(locale: Locale, at: DateTime<Utc>, zone: chrono_tz::Tz) -> String {
    match locale {
        Locale::English => at.with_timezone(&zone).format("%-d %B %Y").to_string(),
    }
}

/// One of each, for the developer's gallery.
pub(super) fn samples(base_url: &str) -> Result<Vec<Rendered>> {
    let account = Account {
        organization: "North Pier".to_owned(),
        slug: "north-pier".to_owned(),
        plan: "Team".to_owned(),
        until: Some(day(Locale::English, DateTime::UNIX_EPOCH, chrono_tz::UTC)),
    };
    Notice::ALL
        .iter()
        .map(|&notice| {
            let bill = Bill {
                user: UserId(Uuid::nil()),
                tenant: TenantId(Uuid::nil()),
                notice,
            };
            bill.write(Locale::English, "person@example.test".to_owned(), base_url, &account)
        })
        .collect()
}
