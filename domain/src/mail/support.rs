//! What those who may let support in are mailed about it. Why it wants in stands on a page, for who may read it, and in no mailbox.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{
    ids::{SupportSessionId, TenantId, UserId},
    preferences::Locale,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Rendered, compose::write, messages};
use crate::{Result, database::PlatformDatabase};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportMail {
    pub user: UserId,
    pub tenant: TenantId,
    pub session: SupportSessionId,
    pub news: SupportNews,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SupportNews {
    /// Somebody asks to be let in.
    Asked,
    /// They have come in.
    Entered,
    /// They are out.
    Left,
}

impl SupportNews {
    const ALL: [Self; 3] = [Self::Asked, Self::Entered, Self::Left];

    const fn kind(self) -> &'static str {
        match self {
            Self::Asked => "support_asked",
            Self::Entered => "support_entered",
            Self::Left => "support_left",
        }
    }
}

/// What is told of the session.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub organization: String,
    pub operator: String,
    pub may_write: bool,
    pub hours: i16,
    /// Until when a request is to be answered.
    pub answer_by: String,
    pub entered: String,
    /// The time at which it ends by itself, or did end.
    pub until: String,
    slug: String,
}

impl SupportMail {
    pub(super) const fn kind(&self) -> &'static str {
        self.news.kind()
    }

    /// `None` when the organization is gone, the reader no longer in it, or what was asked for is answered.
    pub(super) async fn compose(&self, platform: &PlatformDatabase, base_url: &str) -> Result<Option<Rendered>> {
        let mut transaction = platform.begin().await?;
        let row = sqlx::query!(
            r#"select u.email::text as "email!", u.locale, u.time_zone, t.name, t.slug::text as "slug!", o.name as operator,
                s.state, s.may_write, s.hours, s.answer_by, s.entered_at, coalesce(s.ended_at, s.expires_at) as until
            from support_sessions s
            join users o on o.id = s.operator_id
            join tenants t on t.id = s.tenant_id and t.deleted_at is null
            join tenant_members m on m.tenant_id = t.id and m.user_id = $2 and m.status = 'active'
            join users u on u.id = m.user_id and u.deleted_at is null and u.status = 'active'
            where s.id = $1"#,
            self.session.0,
            self.user.0,
        )
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(row) = row.filter(|row| self.news != SupportNews::Asked || row.state == "requested") else {
            return Ok(None);
        };
        let locale = Locale::from_tag(&row.locale).unwrap_or_default();
        let zone: chrono_tz::Tz = row.time_zone.parse().unwrap_or(chrono_tz::UTC);
        let told = |at: Option<DateTime<Utc>>| at.map(|at| moment(locale, at, zone)).unwrap_or_default();
        let facts = Facts {
            organization: row.name,
            operator: row.operator,
            may_write: row.may_write,
            hours: row.hours,
            answer_by: told(row.answer_by),
            entered: told(row.entered_at),
            until: told(row.until),
            slug: row.slug,
        };
        self.write(locale, row.email, base_url, &facts).map(Some)
    }

    fn write(&self, locale: Locale, to: String, base_url: &str, facts: &Facts) -> Result<Rendered> {
        let url = format!("{base_url}/o/{}/settings/support?session={}", facts.slug, self.session);
        let content = messages::support(locale, self.news, facts);
        write(locale, to, &url, &content, messages::footer(locale))
    }
}

fn moment(locale: Locale, at: DateTime<Utc>, zone: chrono_tz::Tz) -> String {
    match locale {
        Locale::English => at.with_timezone(&zone).format("%-d %B %Y, %H:%M").to_string(),
    }
}

/// One of each, for the developer's gallery.
pub(super) fn samples(base_url: &str) -> Result<Vec<Rendered>> {
    let at = |hours| {
        moment(
            Locale::English,
            DateTime::UNIX_EPOCH + TimeDelta::hours(hours),
            chrono_tz::UTC,
        )
    };
    let facts = Facts {
        organization: "North Pier".to_owned(),
        operator: "Sue Port".to_owned(),
        may_write: false,
        hours: 4,
        answer_by: at(72),
        entered: at(1),
        until: at(4),
        slug: "north-pier".to_owned(),
    };
    SupportNews::ALL
        .iter()
        .map(|&news| {
            let mail = SupportMail {
                user: UserId(Uuid::nil()),
                tenant: TenantId(Uuid::nil()),
                session: SupportSessionId(Uuid::nil()),
                news,
            };
            mail.write(Locale::English, "person@example.test".to_owned(), base_url, &facts)
        })
        .collect()
}
