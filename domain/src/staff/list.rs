//! Who is staff today.

use chrono::{DateTime, Utc};
use contract::{
    ids::UserId,
    staff::{StaffRight, StaffRole},
};

use crate::{Deps, Error, Result, actor::StaffActor, database::Transaction};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: StaffRole,
    pub since: DateTime<Utc>,
    /// Null for who is not signed in anywhere.
    pub last_seen: Option<DateTime<Utc>>,
}

/// By name.
pub async fn list(staff: &StaffActor, deps: &Deps) -> Result<Vec<StaffMember>> {
    staff.require(StaffRight::StaffRead)?;
    everybody(&mut staff.begin_reading(deps).await?).await
}

pub(super) async fn everybody(transaction: &mut Transaction) -> Result<Vec<StaffMember>> {
    let rows = sqlx::query!(
        r#"select u.id, u.name, u.email::text as "email!", a.role, a.granted_at,
            (select max(s.last_seen_at) from user_sessions s where s.user_id = u.id) as last_seen_at
        from platform_role_assignments a join users u on u.id = a.user_id
        where a.revoked_at is null and u.deleted_at is null
        order by lower(u.name), u.id"#,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(StaffMember {
                user: row.id.into(),
                name: row.name,
                email: row.email,
                role: StaffRole::from_key(&row.role).ok_or_else(|| Error::fault("unknown staff role"))?,
                since: row.granted_at,
                last_seen: row.last_seen_at,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestDatabase, deps, person, staff};

    #[tokio::test]
    async fn names_staff_and_nobody_else() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        person(&deps, "ann").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Superadmin).await;
        staff(&database, &deps, "bea", StaffRole::Billing).await;
        let found = list(&sue, &deps).await.unwrap();
        let found: Vec<_> = found.iter().map(|member| (member.name.as_str(), member.role)).collect();
        assert_eq!(found, [("bea", StaffRole::Billing), ("sue", StaffRole::Superadmin)]);
    }
}
