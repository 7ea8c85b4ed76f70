//! All organizations, searched and filtered, the newest first, a page at a time.
//!
//! A page begins behind the organization that the one before it ended with: ids are in order of time, and what is made
//! meanwhile moves nothing. How many there are is not counted.

use chrono::{DateTime, Utc};
use contract::{
    billing::{BillingState, PlanName},
    ids::TenantId,
    staff::StaffRight,
    tenant::TenantStatus,
};
use uuid::Uuid;

use super::super::search::Needle;
use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    billing::standing::PlanRow,
    database::{Transaction, end_of_reading},
};

/// Organizations on a page.
pub const PAGE_SIZE: usize = 50;

/// Of how many people whose address begins as it was typed the organizations are looked up.
const PEOPLE_LOOKED_UP: i64 = 200;

/// What is not said is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// A part of the name or the address, the beginning of somebody's e-mail address, or an id.
    pub search: String,
    pub status: Option<TenantStatus>,
    /// As it was worked out last: by what happened, and by time once an hour.
    pub state: Option<BillingState>,
    /// The key of the plan that counts.
    pub plan: Option<String>,
    /// The last of the page before this one.
    pub before: Option<TenantId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: TenantId,
    pub name: String,
    pub slug: String,
    pub status: TenantStatus,
    pub plan: String,
    /// At this moment.
    pub state: BillingState,
    /// Members and guests, whoever is suspended included.
    pub people: u32,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Where the next page begins, when there is one.
    pub older: Option<TenantId>,
    /// The plans that can be asked for.
    pub plans: Vec<PlanName>,
}

pub async fn list(staff: &StaffActor, deps: &Deps, query: &Query) -> Result<Page> {
    staff.require(StaffRight::TenantsRead)?;
    let needle = Needle::of(&query.search);
    let mut transaction = staff.begin_reading(deps).await?;
    let by_people = match &needle {
        Some(needle) => of_people(&mut transaction, needle).await?,
        None => Vec::new(),
    };
    let mut rows = found(&mut transaction, deps, query, needle.as_ref(), &by_people).await?;
    let plans = sqlx::query_as!(PlanName, "select key, name from plans order by position")
        .fetch_all(&mut *transaction)
        .await?;
    end_of_reading(transaction);
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    Ok(Page {
        older: rows.last().filter(|_| more).map(|last| last.id),
        rows,
        plans,
    })
}

/// Where somebody belongs whose address begins so, and what was found at this address before it moved.
async fn of_people(transaction: &mut Transaction, needle: &Needle) -> Result<Vec<Uuid>> {
    let tenants = sqlx::query_scalar!(
        r#"select m.tenant_id as "id!" from tenant_members m where m.user_id in (
            select id from users where lower(email::text) like $1 and deleted_at is null
            order by lower(email::text) using ~<~ limit $3
        )
        union
        select tenant_id from tenant_slugs where slug = $2::text::citext"#,
        needle.beginning(),
        needle.text(),
        PEOPLE_LOOKED_UP,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(tenants)
}

/// The page is found first, and only then what belongs to each: joined before, all that match would be.
async fn found(
    transaction: &mut Transaction,
    deps: &Deps,
    query: &Query,
    needle: Option<&Needle>,
    by_people: &[Uuid],
) -> Result<Vec<Row>> {
    let now = deps.now();
    let rows = sqlx::query!(
        r#"select t.id, t.name, t.slug::text as "slug!", t.status, t.created_at, a.plan_key as "plan_key!",
            a.plan_name as "plan_name!", t.trial_ends_at, a.override_kind, a.override_expires_at, a.subscription_status,
            a.current_period_end, a.subscription_trial_ends_at, a.cancel_at_period_end, a.ends_at, a.past_due_at, a.resumes_at,
            (select count(*) from tenant_members m where m.tenant_id = t.id) as "people!"
        from (
            select * from tenants f
            where f.deleted_at is null
                and ($2::uuid is null or f.id < $2)
                and ($3::text is null or f.status = $3)
                and ($4::text is null or f.billing_state = $4)
                and ($6::text is null or lower(f.name) like $6 or lower(f.slug::text) like $6 or f.id = $7 or f.id = any($8))
                and ($5::text is null or $5 = (select p.plan_key from plan_at(f.id, f.plan_key, $1) p))
            order by f.id desc limit $9
        ) t
        cross join lateral plan_at(t.id, t.plan_key, $1) a
        order by t.id desc"#,
        now,
        query.before.map(|before| before.0),
        query.status.map(TenantStatus::key),
        query.state.map(BillingState::key),
        query.plan,
        needle.map(Needle::anywhere),
        needle.and_then(Needle::id),
        by_people,
        i64::try_from(PAGE_SIZE + 1).map_err(Error::fault)?,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            let plan = PlanRow {
                plan_key: row.plan_key,
                plan_name: row.plan_name,
                // What a plan allows is not asked for here.
                project_limit: None,
                member_limit: None,
                guest_limit: None,
                features: Vec::new(),
                trial_ends_at: row.trial_ends_at,
                override_kind: row.override_kind,
                override_expires_at: row.override_expires_at,
                subscription_status: row.subscription_status,
                current_period_end: row.current_period_end,
                subscription_trial_ends_at: row.subscription_trial_ends_at,
                cancel_at_period_end: row.cancel_at_period_end,
                ends_at: row.ends_at,
                past_due_at: row.past_due_at,
                resumes_at: row.resumes_at,
            }
            .plan(now, deps.billing)?;
            Ok(Row {
                id: row.id.into(),
                name: row.name,
                slug: row.slug,
                status: TenantStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
                plan: plan.name,
                state: plan.effective.state,
                people: u32::try_from(row.people).map_err(Error::fault)?,
                created_at: row.created_at,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use contract::staff::StaffRole;

    use super::*;
    use crate::testing::{TestDatabase, clock_and_deps, join, on_plan, organization, person, staff};

    fn names(page: &Page) -> Vec<&str> {
        page.rows.iter().map(|row| row.slug.as_str()).collect()
    }

    #[tokio::test]
    async fn finds_by_name_address_id_and_by_who_belongs_there() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let harbour = organization(&deps, &ann, "harbour").await;
        clock.advance(TimeDelta::seconds(1));
        let pier = organization(&deps, &bob, "pier").await;
        join(&database, &deps, &pier, &ann, "member").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let found = async |search: &str| {
            let query = Query {
                search: search.to_owned(),
                ..Query::default()
            };
            list(&sue, &deps, &query).await.unwrap()
        };
        let id = harbour.tenant().id.to_string();
        for (search, expected) in [
            ("", &["pier", "harbour"][..]),
            ("ARBO", &["harbour"]),
            ("ann@", &["pier", "harbour"]),
            ("bob@example.test", &["pier"]),
            ("nn@example.test", &[]),
            (id.as_str(), &["harbour"]),
            ("%", &[]),
            ("\0", &["pier", "harbour"]),
            ("nowhere", &[]),
        ] {
            assert_eq!(names(&found(search).await), expected, "{search:?}");
        }
        assert_eq!(found("pier").await.rows[0].people, 2);
    }

    #[tokio::test]
    async fn filters_by_status_plan_and_state_and_leaves_out_what_is_gone() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        for slug in ["one", "two", "three", "gone"] {
            let org = organization(&deps, &ann, slug).await;
            on_plan(&database, &deps, &org, if slug == "two" { "team" } else { "starter" }).await;
            clock.advance(TimeDelta::seconds(1));
        }
        sqlx::raw_sql(
            "update tenants set deleted_at = now() where slug = 'gone'; \
             update tenants set status = 'suspended' where slug = 'three'; \
             update tenants set trial_ends_at = created_at, billing_state = 'none' where slug = 'one'",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        let found = async |query: Query| list(&sue, &deps, &query).await.unwrap();
        let any = Query::default;
        assert_eq!(names(&found(any()).await), ["three", "two", "one"]);
        let suspended = found(Query {
            status: Some(TenantStatus::Suspended),
            ..any()
        })
        .await;
        assert_eq!(names(&suspended), ["three"]);
        let team = found(Query {
            plan: Some("team".to_owned()),
            ..any()
        })
        .await;
        assert_eq!((names(&team), team.rows[0].plan.as_str()), (vec!["two"], "Team"));
        let over = found(Query {
            state: Some(BillingState::None),
            ..any()
        })
        .await;
        assert_eq!((names(&over), over.rows[0].state), (vec!["one"], BillingState::None));
    }

    #[tokio::test]
    async fn each_is_on_one_page() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let ann = person(&deps, "ann").await;
        organization(&deps, &ann, "first").await;
        clock.advance(TimeDelta::seconds(1));
        sqlx::query(
            "insert into tenants (id, name, slug, plan_key, billing_state, created_by, created_at, updated_at) \
             select ('01a00000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Copy ' || n, 'copy-' || n, plan_key, \
                billing_state, created_by, created_at, updated_at from tenants, generate_series(1, 50) n",
        )
        .execute(database.owner())
        .await
        .unwrap();
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        let first = list(&sue, &deps, &Query::default()).await.unwrap();
        assert_eq!(first.rows.len(), PAGE_SIZE);
        let rest = Query {
            before: first.older,
            ..Query::default()
        };
        let second = list(&sue, &deps, &rest).await.unwrap();
        assert_eq!((names(&second).len(), second.older), (1, None));
        assert!(first.rows.iter().all(|row| row.id > second.rows[0].id));
    }
}
