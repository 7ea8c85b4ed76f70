//! All accounts, searched, the newest first, a page at a time. How many there are is not counted.

use chrono::{DateTime, Utc};
use contract::{
    customers::AccountStatus,
    ids::UserId,
    staff::{StaffRight, StaffRole},
};

use super::super::search::Needle;
use crate::{Deps, Error, Result, actor::StaffActor, database::end_of_reading};

/// People on a page.
pub const PAGE_SIZE: usize = 50;

/// What is not said is not asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The beginning of the address, a part of the name, or an id.
    pub search: String,
    pub status: Option<AccountStatus>,
    /// The last of the page before this one.
    pub before: Option<UserId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub verified: bool,
    pub status: AccountStatus,
    /// What they are among the platform's staff.
    pub staff: Option<StaffRole>,
    pub organizations: u32,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub rows: Vec<Row>,
    /// Where the next page begins, when there is one.
    pub older: Option<UserId>,
}

pub async fn list(staff: &StaffActor, deps: &Deps, query: &Query) -> Result<Page> {
    staff.require(StaffRight::UsersRead)?;
    let needle = Needle::of(&query.search);
    let mut transaction = staff.begin_reading(deps).await?;
    let found = sqlx::query!(
        r#"select u.id, u.name, u.email::text as "email!", u.email_verified_at is not null as "verified!", u.status,
            u.created_at, (select count(*) from tenant_members m where m.user_id = u.id) as "organizations!",
            (select a.role from platform_role_assignments a where a.user_id = u.id and a.revoked_at is null) as role
        from users u
        where u.deleted_at is null
            and ($1::uuid is null or u.id < $1)
            and ($2::text is null or u.status = $2)
            and ($3::text is null or lower(u.email::text) like $3 or lower(u.name) like $4 or u.id = $5)
        order by u.id desc limit $6"#,
        query.before.map(|before| before.0),
        query.status.map(AccountStatus::key),
        needle.as_ref().map(Needle::beginning),
        needle.as_ref().map(Needle::anywhere),
        needle.as_ref().and_then(Needle::id),
        i64::try_from(PAGE_SIZE + 1).map_err(Error::fault)?,
    )
    .fetch_all(&mut *transaction)
    .await?;
    end_of_reading(transaction);
    let mut rows = found
        .into_iter()
        .map(|row| {
            Ok(Row {
                id: row.id.into(),
                name: row.name,
                email: row.email,
                verified: row.verified,
                status: AccountStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
                staff: row.role.as_deref().and_then(StaffRole::from_key),
                organizations: u32::try_from(row.organizations).map_err(Error::fault)?,
                created_at: row.created_at,
            })
        })
        .collect::<Result<Vec<_>>>()?;
    let more = rows.len() > PAGE_SIZE;
    rows.truncate(PAGE_SIZE);
    Ok(Page {
        older: rows.last().filter(|_| more).map(|last| last.id),
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, organization, person, staff};

    #[tokio::test]
    async fn finds_by_the_beginning_of_the_address_a_part_of_the_name_and_the_id() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, joanna) = (person(&deps, "ann").await, person(&deps, "joanna").await);
        organization(&deps, &ann, "acme").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Billing).await;
        sqlx::raw_sql("update users set deleted_at = now(), name = 'gone ann' where name = 'gone'; update users set status = 'suspended' where name = 'joanna'")
            .execute(database.owner())
            .await
            .unwrap();
        let found = async |search: &str, status: Option<AccountStatus>| {
            let query = Query {
                search: search.to_owned(),
                status,
                before: None,
            };
            let mut names: Vec<_> = list(&sue, &deps, &query)
                .await
                .unwrap()
                .rows
                .into_iter()
                .map(|row| (row.name, row.organizations))
                .collect();
            names.sort();
            names
        };
        let known = |names: &[(&str, u32)]| -> Vec<(String, u32)> {
            names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
        };
        assert_eq!(found("", None).await, known(&[("ann", 1), ("joanna", 0), ("sue", 0)]));
        assert_eq!(found("ANN", None).await, known(&[("ann", 1), ("joanna", 0)]));
        assert_eq!(found("ann@ex", None).await, known(&[("ann", 1)]));
        assert_eq!(found(&joanna.id().to_string(), None).await, known(&[("joanna", 0)]));
        assert_eq!(found("", Some(AccountStatus::Suspended)).await, known(&[("joanna", 0)]));
        assert_eq!(found("@example", None).await, []);
    }

    #[tokio::test]
    async fn says_who_is_staff() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let sue = staff(&database, &deps, "sue", StaffRole::Auditor).await;
        let page = list(&sue, &deps, &Query::default()).await.unwrap();
        assert_eq!((page.rows[0].staff, page.older), (Some(StaffRole::Auditor), None));
    }
}
