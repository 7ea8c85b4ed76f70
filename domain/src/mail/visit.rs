//! What the owners of an organization, and the member with whose eyes it is seen, are mailed about visits of the staff. Why it was
//! visited stands on a page, for who may read it, and in no mailbox.

use chrono::{DateTime, Utc};
use contract::{
    iam::DefaultRole,
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
    /// From now on something may be changed in it.
    Elevated,
    Ended,
}

impl VisitNews {
    const ALL: [Self; 3] = [Self::Begun, Self::Elevated, Self::Ended];

    const fn kind(self) -> &'static str {
        match self {
            Self::Begun => "visit_begun",
            Self::Elevated => "visit_elevated",
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
    /// The reader is the member, and no owner who reads of all of them.
    pub own: bool,
    /// Until when something could be changed in it, if ever.
    pub elevated_until: Option<String>,
    slug: String,
}

impl VisitMail {
    pub(super) const fn kind(&self) -> &'static str {
        self.news.kind()
    }

    /// `None` when the organization is gone, or an owner no longer in it. The member is told also when they are not.
    pub(super) async fn compose(&self, platform: &PlatformDatabase, base_url: &str) -> Result<Option<Rendered>> {
        let mut transaction = platform.begin().await?;
        let row = sqlx::query!(
            r#"select u.email::text as "email!", u.locale, u.time_zone, t.name, t.slug::text as "slug!",
                o.name as operator, s.name as subject, v.created_at,
                case when v.elevated_until is not null then least(v.elevated_until, v.ended_at) end as elevated_until,
                coalesce(v.ended_at, v.expires_at) as "until!",
                (u.id = v.subject_id and r.key is distinct from $3) as "own!"
            from platform_impersonation_sessions v
            join users o on o.id = v.operator_id join users s on s.id = v.subject_id
            join tenants t on t.id = v.tenant_id and t.deleted_at is null
            join users u on u.id = $2 and u.deleted_at is null and u.status = 'active'
            left join tenant_members m on m.tenant_id = t.id and m.user_id = u.id and m.status = 'active'
            left join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
            where v.id = $1 and (m.user_id is not null or u.id = v.subject_id)"#,
            self.visit.0,
            self.user.0,
            DefaultRole::Owner.key(),
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
            own: row.own,
            elevated_until: row.elevated_until.map(|until| moment(locale, until, zone)),
            slug: row.slug,
        };
        self.write(locale, row.email, base_url, &facts).map(Some)
    }

    fn write(&self, locale: Locale, to: String, base_url: &str, facts: &Facts) -> Result<Rendered> {
        let url = if facts.own {
            format!("{base_url}/account/access?id={}", self.visit)
        } else {
            format!("{base_url}/o/{}/settings/access?visit={}", facts.slug, self.visit)
        };
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
    let facts = |own| Facts {
        organization: "North Pier".to_owned(),
        operator: "Sue Port".to_owned(),
        subject: "Ann Pier".to_owned(),
        began: at(DateTime::UNIX_EPOCH),
        until: at(DateTime::UNIX_EPOCH + crate::actor::VISIT_ABSOLUTE),
        minutes: 30,
        own,
        elevated_until: Some(at(DateTime::UNIX_EPOCH + crate::actor::VISIT_ELEVATED)),
        slug: "north-pier".to_owned(),
    };
    [false, true]
        .iter()
        .flat_map(|&own| VisitNews::ALL.iter().map(move |&news| (own, news)))
        .map(|(own, news)| {
            let mail = VisitMail {
                user: UserId(Uuid::nil()),
                tenant: TenantId(Uuid::nil()),
                visit: VisitId(Uuid::nil()),
                news,
            };
            mail.write(Locale::English, "person@example.test".to_owned(), base_url, &facts(own))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use contract::staff::StaffRole;

    use super::*;
    use crate::testing::{TestDatabase, deps, join, organization, person, staff, visit};

    #[tokio::test]
    async fn the_owners_and_the_member_are_told_each_in_their_way_and_once() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let carl = join(&database, &deps, &acme, &person(&deps, "carl").await, "member").await;
        let dora = join(&database, &deps, &acme, &person(&deps, "dora").await, "member").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let (id, _) = visit(&deps, &sue, &carl).await;
        let mails = async |user: UserId| {
            let key = format!("graphile_worker._private_jobs where key like 'mail:visit_begun:{user}:%'");
            database.count(&key).await
        };
        let (ann, carl, dora) = (acme.user().id(), carl.user().id(), dora.user().id());
        assert_eq!((mails(ann).await, mails(carl).await, mails(dora).await), (1, 1, 0));

        let written = async |user, visit| {
            let mail = VisitMail {
                user,
                tenant: acme.tenant().id,
                visit,
                news: VisitNews::Begun,
            };
            mail.compose(&database.platform(), "https://plinth.test").await.unwrap()
        };
        let text = written(ann, id).await.unwrap().text;
        let page = format!("https://plinth.test/o/acme/settings/access?visit={id}");
        assert!(text.contains(&page) && text.contains("as carl sees it"), "{text}");
        let own = format!("https://plinth.test/account/access?id={id}");
        for out in [false, true] {
            if out {
                // Also when they are out of it meanwhile.
                sqlx::query("delete from tenant_members where user_id = $1")
                    .bind(carl.0)
                    .execute(database.owner())
                    .await
                    .unwrap();
            }
            let text = written(carl, id).await.unwrap().text;
            assert!(text.contains(&own) && text.contains("as you see it"), "{text}");
            assert!(!text.contains("you own"), "{text}");
        }
        sqlx::query("update tenant_members set status = 'suspended'")
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(written(dora, id).await, None);
    }

    #[tokio::test]
    async fn an_owner_who_is_visited_is_told_once_and_as_an_owner() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let (id, _) = visit(&deps, &sue, &acme).await;
        let mails = "graphile_worker._private_jobs where key like 'mail:visit_begun:%'";
        assert_eq!(database.count(mails).await, 1);
        let mail = VisitMail {
            user: acme.user().id(),
            tenant: acme.tenant().id,
            visit: id,
            news: VisitNews::Begun,
        };
        let written = mail.compose(&database.platform(), "https://plinth.test").await.unwrap();
        let text = written.unwrap().text;
        assert!(text.contains("/o/acme/settings/access?visit="), "{text}");
    }
}
