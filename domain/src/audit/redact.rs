//! Erasing what the log tells about somebody whose account is gone. What happened, when and by whose id stays; the
//! chain holds, because it was made over a digest of what is erased.

use contract::ids::UserId;
use serde_json::json;

use super::{Action, Entry, Origin};
use crate::{Deps, Result, actor::RequestInfo, database::PlatformDatabase};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redaction {
    /// So many entries were emptied; none, when it was done before.
    Done { entries: u64 },
    /// The account is there: its owner has to delete it first.
    AccountLives,
    /// There never was such an account.
    Unknown,
}

/// Empties every entry of theirs, about them, and about an invitation to them: before and after, the address, the device.
/// An entry is emptied whole, because what it says of others stands behind the same digest. An invitation to them is one that
/// they accepted, or that has the tombstone of their account for its address, see [`crate::people::forget`]. Invitations to the
/// staff are kept for a while only: entries about them are found by the account's address as well, where it is still known.
pub async fn redact(
    platform: &PlatformDatabase,
    deps: &Deps,
    user: UserId,
    address: Option<&str>,
) -> Result<Redaction> {
    let mut transaction = platform.begin().await?;
    let deleted = sqlx::query_scalar!(
        r#"select deleted_at is not null as "deleted!" from users where id = $1"#,
        user.0
    )
    .fetch_optional(&mut *transaction)
    .await?;
    match deleted {
        None => return Ok(Redaction::Unknown),
        Some(false) => return Ok(Redaction::AccountLives),
        Some(true) => {}
    }
    let emptied = sqlx::query!(
        r#"update audit_log set before = null, after = null, address = null, user_agent = null, details_salt = null,
            redacted_at = $2
        where redacted_at is null and (
            actor_user_id = $1 or on_behalf_of_user_id = $1 or subject_id = $1
            or (subject_type = 'invitation' and subject_id in (
                select i.id from tenant_invitations i
                where i.status <> 'pending'
                    and (i.accepted_by = $1 or i.email = (select email from users where id = $1))
            ))
            or (subject_type = 'staff' and subject_id in (
                select i.id from platform_invitations i
                where i.accepted_by = $1 or i.email = (select email from users where id = $1)
            ))
            or (tenant_id = '00000000-0000-0000-0000-000000000000' and action = $4 and lower(after ->> 'email') = lower($3)
                and occurred_at <= (select deleted_at from users where id = $1))
        )"#,
        user.0,
        deps.now(),
        address,
        Action::StaffInvited.key(),
    )
    .execute(&mut *transaction)
    .await?;
    let entries = emptied.rows_affected();
    if entries > 0 {
        let request = RequestInfo::default();
        Entry::new(Action::AuditRedacted, Origin::System, &request)
            .after(json!({ "entries": entries }))
            .write(&mut transaction, deps)
            .await?;
    }
    transaction.commit().await?;
    Ok(Redaction::Done { entries })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        audit::verify::{Verdict, verify},
        testing::{TestDatabase, deps, join, organization, person, project},
    };

    #[tokio::test]
    async fn nothing_is_left_that_tells_about_them_and_the_chain_is_whole() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let (ann, bob) = (person(&deps, "ann").await, person(&deps, "bob").await);
        let acme = organization(&deps, &ann, "acme").await;
        let member = join(&database, &deps, &acme, &bob, "member").await;
        project(&deps, &member, "Harbour").await;
        let mut transaction = acme.begin(&deps).await.unwrap();
        acme.audit(Action::MemberRoleChanged)
            .subject(bob.id().0)
            .after(json!({ "name": "bob" }))
            .write(&mut transaction, &deps)
            .await
            .unwrap();
        transaction.commit().await.unwrap();

        let platform = database.platform();
        assert_eq!(
            redact(&platform, &deps, bob.id(), None).await.unwrap(),
            Redaction::AccountLives
        );
        let nobody = UserId(uuid::Uuid::nil());
        assert_eq!(
            redact(&platform, &deps, nobody, None).await.unwrap(),
            Redaction::Unknown
        );
        sqlx::query("update users set deleted_at = now() where id = $1")
            .bind(bob.id().0)
            .execute(database.owner())
            .await
            .unwrap();
        assert_eq!(
            redact(&platform, &deps, bob.id(), None).await.unwrap(),
            Redaction::Done { entries: 3 }
        );
        assert_eq!(
            redact(&platform, &deps, bob.id(), None).await.unwrap(),
            Redaction::Done { entries: 0 }
        );

        assert_eq!(database.count("audit_log where redacted_at is not null").await, 3);
        let told = "audit_log l where l::text ilike '%bob%' or (l.redacted_at is not null and num_nonnulls(
            before, after, address, user_agent, details_salt) > 0)";
        assert_eq!(database.count(told).await, 0);
        assert_eq!(database.count("audit_log where action = 'audit.redacted'").await, 1);
        let verdict = verify(database.owner()).await.unwrap();
        assert!(matches!(verdict, Verdict::Whole { redacted: 3, .. }), "{verdict:?}");
    }

    /// What the platform's role could do with the rights it has for this.
    #[tokio::test]
    async fn an_entry_can_be_emptied_and_nothing_else() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        organization(&deps, &person(&deps, "ann").await, "acme").await;
        let platform = database.platform();
        for forged in [
            "update audit_log set action = 'user.deleted'",
            "update audit_log set occurred_at = now()",
            "update audit_log set position = position + 10",
            "update audit_log set hash = sha256('')",
            "update audit_log set after = '{\"name\": \"another\"}'",
            "update audit_log set address = '203.0.113.1'",
            "update audit_log set before = null, after = null, address = null, user_agent = null, details_salt = null",
            "delete from audit_log",
        ] {
            sqlx::raw_sql(forged).execute(platform.pool()).await.unwrap_err();
        }
        let emptied = "update audit_log set before = null, after = null, address = null, user_agent = null,
            details_salt = null, redacted_at = now()";
        assert_eq!(
            sqlx::raw_sql(emptied)
                .execute(platform.pool())
                .await
                .unwrap()
                .rows_affected(),
            2
        );
        let back = "update audit_log set redacted_at = null, details_salt = 'salt'";
        assert_eq!(
            sqlx::raw_sql(back)
                .execute(platform.pool())
                .await
                .unwrap()
                .rows_affected(),
            0
        );
        for table in ["audit_log", "audit_chains"] {
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("delete from {table}")))
                .execute(deps.database.global())
                .await
                .unwrap_err();
        }
    }
}
