//! What the owners of an organization are mailed about visits of the staff. Why it was visited stands on a page, for who may
//! read it, and in no mailbox.

use chrono::{DateTime, Utc};
use contract::{
    ids::{TenantId, UserId, VisitId},
    preferences::Locale,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Rendered, compose::write, messages};
use crate::{Result, database::PlatformDatabase};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitMail {
    pub user: UserId,
    pub tenant: TenantId,
    pub visit: VisitId,
    pub news: VisitNews,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum VisitNews {
    Begun,
    Ended,
}

impl VisitNews {
    const ALL: [Self; 2] = [Self::Begun, Self::Ended];

    const fn kind(self) -> &'static str {
        match self {
            Self::Begun => "visit_begun",
            Self::Ended => "visit_ended",
        }
    }
}

/// What is told of the visit.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub organization: String,
    pub operator: String,
    pub subject: String,
    pub began: String,
    /// The time at which it ends by itself, or did end.
    pub until: String,
    pub minutes: i64,
    slug: String,
}

impl VisitMail {
    pub(super) const fn kind(&self) -> &'static str {
        self.news.kind()
    }

    /// `None` when the organization is gone, or the reader no longer in it.
    pub(super) async fn compose(&self, platform: &PlatformDatabase, base_url: &str) -> Result<Option<Rendered>> {
        let mut transaction = platform.begin().await?;
        let row = sqlx::query!(
            r#"select u.email::text as "email!", u.locale, u.time_zone, t.name, t.slug::text as "slug!",
                o.name as operator, s.name as subject, v.created_at, coalesce(v.ended_at, v.expires_at) as "until!"
            from platform_impersonation_sessions v
            join users o on o.id = v.operator_id join users s on s.id = v.subject_id
            join tenants t on t.id = v.tenant_id and t.deleted_at is null
            join tenant_members m on m.tenant_id = t.id and m.user_id = $2 and m.status = 'active'
            join users u on u.id = m.user_id and u.deleted_at is null and u.status = 'active'
            where v.id = $1"#,
            self.visit.0,
            self.user.0,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        let zone: chrono_tz::Tz = row.time_zone.parse().unwrap_or(chrono_tz::UTC);
        let facts = Facts {
            organization: row.name,
            operator: row.operator,
            subject: row.subject,
            began: moment(locale, row.created_at, zone),
            until: moment(locale, row.until, zone),
            minutes: minutes(row.created_at, row.until),
            slug: row.slug,
        };
        self.write(locale, row.email, base_url, &facts).map(Some)
    }

    fn write(&self, locale: Locale, to: String, base_url: &str, facts: &Facts) -> Result<Rendered> {
        let url = format!("{base_url}/o/{}/settings/access?visit={}", facts.slug, self.visit);
        let content = messages::visit(locale, self.news, facts);
        write(locale, to, &url, &content, messages::footer(locale))
    }
}

/// Begun ones counted.
fn minutes(from: DateTime<Utc>, until: DateTime<Utc>) -> i64 {
    (until - from).num_seconds().max(0).div_euclid(60) + i64::from((until - from).num_seconds().max(0) % 60 > 0)
}

fn moment(locale: Locale, at: DateTime<Utc>, zone: chrono_tz::Tz) -> String {
    match locale {
        Locale::English => at.with_timezone(&zone).format("%-d %B %Y, %H:%M").to_string(),
    }
}

/// One of each, for the developer's gallery.
pub(super) fn samples(base_url: &str) -> Result<Vec<Rendered>> {
    let at = |at| moment(Locale::English, at, chrono_tz::UTC);
    let facts = Facts {
        organization: "North Pier".to_owned(),
        operator: "Sue Port".to_owned(),
        subject: "Ann Pier".to_owned(),
        began: at(DateTime::UNIX_EPOCH),
        until: at(DateTime::UNIX_EPOCH + crate::actor::VISIT_ABSOLUTE),
        minutes: 30,
        slug: "north-pier".to_owned(),
    };
    VisitNews::ALL
        .iter()
        .map(|&news| {
            let mail = VisitMail {
                user: UserId(Uuid::nil()),
                tenant: TenantId(Uuid::nil()),
                visit: VisitId(Uuid::nil()),
                news,
            };
            mail.write(Locale::English, "person@example.test".to_owned(), base_url, &facts)
        })
        .collect()
}
