//! The people of a demo, who are nobody: roles with addresses that no mail reaches.
//!
//! Only for seeding. What these functions skip, an invitation or a link in a mail, is what a demo cannot wait for.

pub mod bills;

use contract::{
    ids::{TenantId, UserId},
    staff::StaffRole,
};

use crate::{Deps, Result, database::PlatformDatabase, identity::NewSession};

/// The password of all of them. No secret: demo data is refused in production.
pub const PASSWORD: &str = "plinth demo, enter freely";

/// Whether somebody of the demo has an organization of their own.
pub async fn owns_one(platform: &PlatformDatabase, email: &str) -> Result<bool> {
    let seeded = sqlx::query_scalar!(
        r#"select exists (select from tenants t join users u on u.id = t.created_by
        where u.email = $1::text::citext and t.deleted_at is null) as "owns!""#,
        email,
    )
    .fetch_one(platform.pool())
    .await?;
    Ok(seeded)
}

/// Takes an address as proven.
pub async fn verify(platform: &PlatformDatabase, deps: &Deps, user: UserId) -> Result<()> {
    sqlx::query!(
        "update users set email_verified_at = $2 where id = $1",
        user.0,
        deps.now()
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}

/// Makes somebody a member in one of the default roles.
pub async fn add_member(
    platform: &PlatformDatabase,
    deps: &Deps,
    tenant: TenantId,
    user: UserId,
    role: &str,
) -> Result<()> {
    sqlx::query!(
        "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at) \
         select tenant_id, $2, id, $4, $4 from iam_roles where tenant_id = $1 and key = $3 \
         on conflict (tenant_id, user_id) do nothing",
        tenant.0,
        user.0,
        role,
        deps.now(),
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}

/// Whether the platform has anybody who runs it.
pub async fn is_staffed(platform: &PlatformDatabase) -> Result<bool> {
    let staffed = sqlx::query_scalar!(r#"select exists (select from platform_role_assignments) as "staffed!""#)
        .fetch_one(platform.pool())
        .await?;
    Ok(staffed)
}

/// Whether anybody has reported a problem.
pub async fn has_reports(platform: &PlatformDatabase) -> Result<bool> {
    let reported = sqlx::query_scalar!(r#"select exists (select from problem_reports) as "reported!""#)
        .fetch_one(platform.pool())
        .await?;
    Ok(reported)
}

/// Makes somebody staff. Harmless to repeat.
pub async fn make_staff(platform: &PlatformDatabase, deps: &Deps, user: UserId, role: StaffRole) -> Result<()> {
    sqlx::query!(
        "insert into platform_role_assignments (id, user_id, role, granted_at) values ($1, $2, $3, $4) \
         on conflict (user_id) where revoked_at is null do nothing",
        deps.id::<uuid::Uuid>(),
        user.0,
        role.key(),
        deps.now(),
    )
    .execute(platform.pool())
    .await?;
    Ok(())
}

/// Staff need a second factor, and who enters a demo by one press has none at hand: the press stands for it.
pub async fn prove_second_factor(deps: &Deps, session: &NewSession) -> Result<()> {
    sqlx::query!(
        "update user_sessions s set second_factor_at = $2 from platform_role_assignments a \
         where s.token_hash = $1 and a.user_id = s.user_id and a.revoked_at is null",
        &session.token.hash()[..],
        deps.now(),
    )
    .execute(deps.database.global())
    .await?;
    Ok(())
}
