//! The first of the staff, made at the terminal: whoever has it has the database as well.

use contract::{email::EmailAddress, staff::StaffRole, text::PersonName};
use serde_json::json;
use uuid::Uuid;

use super::hold::belongs_somewhere;
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{Action, Entry, Origin},
    database::PlatformDatabase,
    identity::{Purpose, issue_link, new_account, prove_address, second_factor, void_password},
};

#[derive(Debug)]
pub enum Bootstrapped {
    /// A superadmin, and the path by which they choose a password: good once, for 30 minutes.
    Done { path: String },
    /// Somebody is staff already, and invites the others.
    Staffed,
    /// The address has an account that belongs to organizations, and staff belong to none.
    HasOrganizations,
}

pub async fn bootstrap(
    platform: &PlatformDatabase,
    deps: &Deps,
    email: &EmailAddress,
    name: &PersonName,
) -> Result<Bootstrapped> {
    let mut transaction = platform.begin().await?;
    // Two terminals: the second waits, and finds somebody.
    sqlx::query("lock table platform_role_assignments in share row exclusive mode")
        .execute(&mut *transaction)
        .await?;
    let staffed = sqlx::query_scalar!(
        r#"select exists (select from platform_role_assignments where revoked_at is null) as "staffed!""#
    )
    .fetch_one(&mut *transaction)
    .await?;
    if staffed {
        transaction.rollback().await?;
        return Ok(Bootstrapped::Staffed);
    }
    let known = sqlx::query_scalar!(
        "select id from users where email = $1::text::citext and deleted_at is null for no key update",
        email.as_str(),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let user = match known {
        Some(user) => user.into(),
        None => new_account::insert(&mut transaction, deps, email.as_str(), name, None).await?,
    };
    if belongs_somewhere(&mut transaction, user).await? {
        transaction.rollback().await?;
        return Ok(Bootstrapped::HasOrganizations);
    }
    // An address that was never proven may have been signed up by somebody else, who knows the password. Who was staff before and
    // has lost their second factor sets another up.
    second_factor::forget(&mut transaction, user).await?;
    void_password(&mut transaction, user).await?;
    prove_address(&mut transaction, deps, user).await?;
    sqlx::query!(
        "insert into platform_role_assignments (id, user_id, role, granted_at) values ($1, $2, $3, $4)",
        deps.id::<Uuid>(),
        user.0,
        StaffRole::Superadmin.key(),
        deps.now(),
    )
    .execute(&mut *transaction)
    .await?;
    let secret = issue_link(&mut transaction, deps, user, Purpose::ResetPassword).await?;
    Entry::new(Action::StaffJoined, Origin::System, &RequestInfo::default())
        .subject(user.0)
        .after(json!({ "role": StaffRole::Superadmin.key(), "email": email }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Bootstrapped::Done {
        // A secret is written in letters, digits, hyphens and underscores.
        path: format!("/reset-password?token={}", secret.expose()),
    })
}

#[cfg(test)]
mod tests;
