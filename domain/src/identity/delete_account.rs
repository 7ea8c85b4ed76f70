//! Deleting one's account, for good.
//!
//! What the person did in organizations of others stays there, by an id behind which is nobody: the row of the account
//! remains as a tombstone, because what was made refers to it. Everything that tells who it was goes.

use contract::{FieldCode, ids::UserId};
use serde_json::json;

use super::{
    closing::{Fate, Held, hold},
    password::{self, Verdict},
    second_factor, session,
};
use crate::{
    Deps, Result,
    actor::{UserActor, audit_in_tenant},
    audit::Action,
    billing::apply_limits,
    database::{self, Transaction},
    jobs::{self, erase_account::EraseAccount},
    mail::{self, Ending, Mail},
    people::depart::take_out,
    tenants::{
        delete::RESTORABLE,
        status::{self, Step},
    },
    throttle::{self, Policy},
};

/// What a deleted account is called where its name stood.
pub const NOBODY: &str = "Deleted account";

/// Needs the address, typed, and a proof of this moment: a sign-in of a few minutes ago, or the password. An organization
/// that nobody else is in goes as well, with its time to be restored by the operator; one that would be left with people and
/// without an owner keeps the account until it is handed over or deleted: [`contract::Error::LastOwner`].
pub async fn delete(user: &UserActor, deps: &Deps, typed: &str, password: Option<&str>) -> Result<()> {
    if !typed.trim().eq_ignore_ascii_case(&user.person().email) {
        return Err(contract::Error::field("confirm", FieldCode::Mismatch).into());
    }
    prove(user, deps, password).await?;
    let mut transaction = user.begin(deps).await?;
    // Who is staff is ended first, by who runs the platform.
    present_and_no_staff(&mut transaction, user.id()).await?;
    let held = hold(&mut transaction, user.id()).await?;
    let mut left = Vec::with_capacity(held.len());
    for held in held {
        let tasks = leave(&mut transaction, user, deps, &held).await?;
        left.push((held, tasks));
    }
    let address = proven_address(&mut transaction, user.id()).await?;
    erase(&mut transaction, user, deps).await?;
    let farewell = Mail::Ending(Ending::AccountDeleted {
        user: user.id(),
        email: user.person().email.clone(),
        name: user.person().name.clone(),
        locale: user.person().locale,
        organizations: left
            .iter()
            .filter(|(held, _)| held.situation.fate() == Fate::Ends)
            .map(|(held, _)| held.name.clone())
            .collect(),
    });
    mail::enqueue(&mut transaction, &farewell).await?;
    let rest = EraseAccount {
        user: user.id(),
        address,
    };
    jobs::enqueue(&mut transaction, &rest, None).await?;
    record(&mut transaction, user, deps, &left).await?;
    transaction.commit().await?;
    Ok(())
}

/// Nothing is torn down before it is known that it is them.
async fn prove(user: &UserActor, deps: &Deps, password: Option<&str>) -> Result<()> {
    let Some(typed) = password.filter(|typed| !typed.is_empty()) else {
        return user.require_recent_sign_in(deps);
    };
    let account = user.person().email.to_ascii_lowercase();
    throttle::attempt(deps, Policy::SignInByAccount, &account).await?;
    let stored = sqlx::query_scalar!(
        r#"select password_hash as "hash!" from user_accounts where user_id = $1 and provider = 'password'"#,
        user.id().0,
    )
    .fetch_optional(deps.database.global())
    .await?;
    if password::verify(typed, stored).await? == Verdict::Wrong {
        return Err(contract::Error::field("password", FieldCode::WrongCredentials).into());
    }
    throttle::clear(deps, Policy::SignInByAccount, &account).await
}

/// Keeps the account from being deleted until the transaction ends, for whoever gives it a place somewhere; refuses when it
/// is gone. Before any organization is locked, as it is done here. Not shared: whoever comes in may have their address proven by
/// it, and two tabs that share the row would wait for each other then.
pub(crate) async fn present(transaction: &mut Transaction, user: UserId) -> Result<()> {
    sqlx::query_scalar!(
        "select id from users where id = $1 and deleted_at is null for no key update",
        user.0
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::Unauthenticated)?;
    Ok(())
}

/// The same for who is about to belong to an organization, which staff do not: whoever makes them staff at this moment is waited
/// for.
pub(crate) async fn present_and_no_staff(transaction: &mut Transaction, user: UserId) -> Result<()> {
    present(transaction, user).await?;
    let is_staff = sqlx::query_scalar!(
        r#"select exists (
            select from platform_role_assignments where user_id = $1 and revoked_at is null
        ) as "is_staff!""#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    if is_staff {
        Err(contract::Error::NotForStaff.into())
    } else {
        Ok(())
    }
}

/// Out of one organization, and the organization with them if nobody is left in it. Says how many tasks became nobody's.
async fn leave(transaction: &mut Transaction, user: &UserActor, deps: &Deps, held: &Held) -> Result<u64> {
    database::enter_tenant(transaction, held.tenant).await?;
    if held.situation.fate() == Fate::Ends {
        let locked = status::lock(transaction, held.tenant).await?;
        if let Some(becomes) = locked.take(Step::Delete)? {
            let purge_after = deps.now() + RESTORABLE;
            status::set(transaction, held.tenant, becomes, Some(purge_after), deps.now()).await?;
        }
    }
    let tasks = take_out(transaction, deps, held.tenant, user.id()).await?;
    apply_limits::later(transaction, held.tenant).await?;
    Ok(tasks)
}

/// Whoever signs up with an address that is not theirs gets nothing of its owner's erased.
async fn proven_address(transaction: &mut Transaction, user: UserId) -> Result<Option<String>> {
    let address = sqlx::query_scalar!(
        r#"select email::text as "email!" from users where id = $1 and email_verified_at is not null"#,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(address)
}

/// The account: how one came in, what was agreed to, and who it was. The address is free from here on.
async fn erase(transaction: &mut Transaction, user: &UserActor, deps: &Deps) -> Result<()> {
    let id = user.id().0;
    sqlx::query!("delete from user_tokens where user_id = $1", id)
        .execute(&mut **transaction)
        .await?;
    // Whoever signs in at this moment is waited for, so that the session that begins ends as well.
    sqlx::query!("delete from user_accounts where user_id = $1", id)
        .execute(&mut **transaction)
        .await?;
    sqlx::query!("delete from user_privacy_consents where user_id = $1", id)
        .execute(&mut **transaction)
        .await?;
    second_factor::forget(transaction, user.id()).await?;
    session::end_all(transaction, user.id()).await?;
    sqlx::query!(
        "update users set email = $2::text::citext, email_verified_at = null, name = $3, locale = 'en', time_zone = 'UTC', \
         theme = 'system', notify_new_sign_in = false, status = 'deactivated', deleted_at = $4, updated_at = $4 \
         where id = $1",
        id,
        tombstone(user.id()),
        NOBODY,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// An address that is nobody's and leads nowhere.
pub(crate) fn tombstone(user: UserId) -> String {
    format!("{user}@deleted.invalid")
}

/// What happened, in the log of each organization and in their own. Last, and in the order in which all was locked.
async fn record(transaction: &mut Transaction, user: &UserActor, deps: &Deps, left: &[(Held, u64)]) -> Result<()> {
    for (held, tasks) in left {
        database::enter_tenant(transaction, held.tenant).await?;
        audit_in_tenant(user, held.tenant, Action::MemberLeft)
            .subject(user.id().0)
            .before(json!({ "tasks": tasks }))
            .write(transaction, deps)
            .await?;
        if held.situation.fate() == Fate::Ends {
            audit_in_tenant(user, held.tenant, Action::TenantDeletionScheduled)
                .subject(held.tenant.0)
                .after(json!({ "purge_after": deps.now() + RESTORABLE }))
                .write(transaction, deps)
                .await?;
        }
    }
    user.audit(Action::UserDeleted)
        .subject(user.id().0)
        .write(transaction, deps)
        .await
}

#[cfg(test)]
mod tests;
