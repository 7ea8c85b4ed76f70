//! The log of everything, for staff: of every organization, and of people on their own, newest first, a page at a time.

use chrono::{DateTime, TimeDelta, Utc};
use contract::{ids::TenantId, staff::StaffRight};
use serde_json::Value;
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::{Filter, NO_TENANT, Names, Recorded, activity::Cursor, list::PAGE_SIZE};
use crate::{Deps, Result, actor::StaffActor, database::Transaction};

/// How far back words are looked for where neither an organization nor a person is said: nothing leads to them but reading.
pub const WORDS_REACH: TimeDelta = TimeDelta::days(30);

/// What is asked for, beside the filter that every log has. What is empty is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub filter: Filter,
    /// The address of an organization, today's or a former one, or its id.
    pub organization: String,
    /// The e-mail address of a person, staff or customer, or their id: what they did, what was done in their name, and what was
    /// done to them.
    pub person: String,
    /// The key of an [`super::Origin`].
    pub origin: Option<String>,
}

#[derive(Debug)]
pub enum Outcome {
    Found(Page),
    NoSuchOrganization,
    NoSuchPerson,
}

#[derive(Debug)]
pub struct Page {
    pub rows: Vec<Row>,
    pub names: Names,
    /// The page of older entries begins after this one.
    pub older: Option<Cursor>,
}

#[derive(Debug)]
pub struct Row {
    pub entry: Recorded,
    /// Where it happened; `None` outside of any organization.
    pub organization: Option<Organization>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    pub id: TenantId,
    /// Its address and name, as long as there is something left of it.
    pub known: Option<(String, String)>,
}

/// The entries after a place, or the newest.
pub async fn everything(staff: &StaffActor, deps: &Deps, wanted: &Wanted, after: Option<Cursor>) -> Result<Outcome> {
    staff.require(StaffRight::AuditRead)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let tenant = match organization(&mut transaction, wanted.organization.trim()).await? {
        Sought::Nothing => None,
        Sought::Found(id) => Some(id),
        Sought::Unknown => return Ok(Outcome::NoSuchOrganization),
    };
    let person = match person(&mut transaction, wanted.person.trim()).await? {
        Sought::Nothing => None,
        Sought::Found(id) => Some(id),
        Sought::Unknown => return Ok(Outcome::NoSuchPerson),
    };
    let question = Question {
        tenant,
        wanted,
        from: earliest(wanted, tenant.is_some() || person.is_some(), deps.now()),
        after,
    };
    let mut query = question.ask(person);
    let mut found: Vec<Found> = query.build_query_as().fetch_all(&mut *transaction).await?;
    let more = found.len() > usize::try_from(PAGE_SIZE).unwrap_or_default();
    if more {
        found.pop();
    }
    let rows: Vec<Row> = found.into_iter().map(Row::from).collect();
    let mentioned: Vec<Recorded> = rows.iter().map(|row| row.entry.clone()).collect();
    let names = Names::of(&mut transaction, None, &mentioned).await?;
    Ok(Outcome::Found(Page {
        older: rows.last().filter(|_| more).map(|last| Cursor {
            occurred_at: last.entry.occurred_at,
            id: last.entry.id,
        }),
        rows,
        names,
    }))
}

fn earliest(wanted: &Wanted, narrowed: bool, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let reach = now - WORDS_REACH;
    match wanted.filter.from {
        from if narrowed || wanted.filter.pattern().is_none() => from,
        Some(from) => Some(from.max(reach)),
        None => Some(reach),
    }
}

/// What a field that may be empty leads to.
enum Sought {
    Nothing,
    Found(Uuid),
    Unknown,
}

impl Sought {
    fn of(id: Option<Uuid>) -> Self {
        id.map_or(Self::Unknown, Self::Found)
    }
}

async fn organization(transaction: &mut Transaction, text: &str) -> Result<Sought> {
    if text.is_empty() {
        return Ok(Sought::Nothing);
    }
    if let Ok(id) = text.parse() {
        return Ok(Sought::Found(id));
    }
    let id = sqlx::query_scalar!(
        "select tenant_id from tenant_slugs where slug = $1::text::citext",
        text.replace('\0', ""),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(Sought::of(id))
}

async fn person(transaction: &mut Transaction, text: &str) -> Result<Sought> {
    if text.is_empty() {
        return Ok(Sought::Nothing);
    }
    if let Ok(id) = text.parse() {
        return Ok(Sought::Found(id));
    }
    let id = sqlx::query_scalar!(
        "select id from users where email = $1::text::citext and deleted_at is null",
        text.replace('\0', ""),
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(Sought::of(id))
}

/// Put together from what is asked, so that Postgres makes a plan for that and for nothing else: what is not asked for would keep
/// it from every index.
struct Question<'a> {
    tenant: Option<Uuid>,
    wanted: &'a Wanted,
    from: Option<DateTime<Utc>>,
    after: Option<Cursor>,
}

impl Question<'_> {
    fn ask(&self, person: Option<Uuid>) -> QueryBuilder<Postgres> {
        let mut query = QueryBuilder::new("with page as (");
        match person {
            None => self.page(&mut query, None),
            // Each way leads along an index of its own.
            Some(person) => {
                for (number, column) in ["actor_user_id", "subject_id", "on_behalf_of_user_id"]
                    .into_iter()
                    .enumerate()
                {
                    if number > 0 {
                        query.push(" union ");
                    }
                    self.page(&mut query, Some((column, person)));
                }
            }
        }
        query.push(
            ") select a.id, a.position, a.occurred_at, a.action, a.origin, a.actor_user_id, a.on_behalf_of_user_id, \
             a.subject_type, a.subject_id, a.before, a.after, a.address, a.user_agent, a.request_id, a.hash, a.redacted_at, \
             a.tenant_id, t.slug::text as slug, t.name \
             from page join audit_log a on a.tenant_id = page.tenant_id and a.id = page.id \
             left join tenants t on t.id = a.tenant_id \
             order by a.occurred_at desc, a.id desc limit ",
        );
        query.push_bind(PAGE_SIZE + 1);
        query
    }

    fn page(&self, query: &mut QueryBuilder<Postgres>, whose: Option<(&'static str, Uuid)>) {
        query.push("(select tenant_id, id from audit_log where true");
        if let Some((column, person)) = whose {
            query.push(" and ").push(column).push(" = ").push_bind(person);
        }
        if let Some(tenant) = self.tenant {
            query.push(" and tenant_id = ").push_bind(tenant);
        }
        if let Some(origin) = &self.wanted.origin {
            query.push(" and origin = ").push_bind(origin.clone());
        }
        if let Some(action) = self.wanted.filter.action() {
            query.push(" and (action = ").push_bind(action.clone());
            query
                .push(" or starts_with(action, ")
                .push_bind(format!("{action}."))
                .push("))");
        }
        if let Some(from) = self.from {
            query.push(" and occurred_at >= ").push_bind(from);
        }
        if let Some(until) = self.wanted.filter.until {
            query.push(" and occurred_at < ").push_bind(until);
        }
        if let Some(pattern) = self.wanted.filter.pattern() {
            for (number, column) in ["action", "subject_id::text", "before::text", "after::text"]
                .into_iter()
                .enumerate()
            {
                query.push(if number == 0 { " and (" } else { " or " });
                query.push(column).push(" ilike ").push_bind(pattern.clone());
            }
            query.push(")");
        }
        if let Some(after) = self.after {
            query.push(" and (occurred_at, id) < (").push_bind(after.occurred_at);
            query.push(", ").push_bind(after.id).push(")");
        }
        query
            .push(" order by occurred_at desc, id desc limit ")
            .push_bind(PAGE_SIZE + 1)
            .push(")");
    }
}

#[derive(sqlx::FromRow)]
struct Found {
    id: Uuid,
    position: i64,
    occurred_at: DateTime<Utc>,
    action: String,
    origin: String,
    actor_user_id: Option<Uuid>,
    on_behalf_of_user_id: Option<Uuid>,
    subject_type: String,
    subject_id: Option<Uuid>,
    before: Option<Value>,
    after: Option<Value>,
    address: Option<String>,
    user_agent: Option<String>,
    request_id: Option<String>,
    hash: Vec<u8>,
    redacted_at: Option<DateTime<Utc>>,
    tenant_id: Uuid,
    slug: Option<String>,
    name: Option<String>,
}

impl From<Found> for Row {
    fn from(row: Found) -> Self {
        Self {
            organization: (row.tenant_id != NO_TENANT.0).then(|| Organization {
                id: row.tenant_id.into(),
                known: row.slug.zip(row.name),
            }),
            entry: Recorded {
                id: row.id,
                position: row.position,
                occurred_at: row.occurred_at,
                action: row.action,
                origin: row.origin,
                actor: row.actor_user_id,
                on_behalf_of: row.on_behalf_of_user_id,
                subject_type: row.subject_type,
                subject_id: row.subject_id,
                before: row.before,
                after: row.after,
                address: row.address,
                user_agent: row.user_agent,
                request_id: row.request_id,
                hash: row.hash,
                redacted_at: row.redacted_at,
            },
        }
    }
}

#[cfg(test)]
mod tests;
