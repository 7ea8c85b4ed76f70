//! Ten codes to keep on paper, each good once, for who has lost the other factor.

use chrono::TimeDelta;
use contract::ids::UserId;

use super::require_owner;
use crate::{
    Deps, Error, Result,
    actor::UserActor,
    audit::{Action, Entry},
    database::Transaction,
    identity::reuse,
    mail::{self, FactorNews, Mail},
};

/// How many there are.
const CODES: usize = 10;
/// How long new ones are shown to who does not say that they keep them.
pub(crate) const SHOWN: TimeDelta = TimeDelta::minutes(15);

/// The digits of RFC 4648's base 32: five bits each, and none that is taken for another.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Eighty bits. Marked with a key of the server's, they are not found by trying even by who has the table.
const LENGTH: usize = 16;

pub(super) fn is_one(plain: &str) -> bool {
    plain.len() == LENGTH && plain.bytes().all(|byte| ALPHABET.contains(&byte))
}

fn draw(deps: &Deps) -> String {
    let mut bytes = [0; LENGTH];
    deps.random.fill(&mut bytes);
    // 256 is a multiple of 32: each digit is as likely as any other.
    bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}

/// In groups of four.
pub(super) fn readable(code: &str) -> String {
    let groups: Vec<_> = code
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).to_ascii_lowercase())
        .collect();
    groups.join("-")
}

/// New ones in the place of all there were.
pub(super) async fn issue(transaction: &mut Transaction, deps: &Deps, user: UserId) -> Result<()> {
    sqlx::query!("delete from user_recovery_codes where user_id = $1", user.0)
        .execute(&mut **transaction)
        .await?;
    let owner = user.0.as_bytes();
    for _ in 0..CODES {
        let code = draw(deps);
        sqlx::query!(
            "insert into user_recovery_codes (id, user_id, code_hash, sealed, created_at) values ($1, $2, $3, $4, $5)",
            deps.id::<uuid::Uuid>(),
            user.0,
            &deps.vault.mark(owner, &code)[..],
            deps.vault.seal(&*deps.random, owner, code.as_bytes())?,
            deps.now(),
        )
        .execute(&mut **transaction)
        .await?;
    }
    Ok(())
}

/// Whether there are any that were not used.
pub(super) async fn any_left(transaction: &mut Transaction, user: UserId) -> Result<bool> {
    let left = sqlx::query_scalar!(
        r#"select exists (select from user_recovery_codes where user_id = $1 and used_at is null) as "left!""#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    Ok(left)
}

/// Uses one up, if it is one. Tells its owner how many are left. One that was used before is put on record by `reused`.
pub(super) async fn take(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    code: &str,
    reused: Entry<'_>,
) -> Result<bool> {
    let mark = deps.vault.mark(user.0.as_bytes(), code);
    let taken = sqlx::query!(
        "update user_recovery_codes set used_at = $3, used_from = $4, sealed = null \
         where user_id = $1 and code_hash = $2 and used_at is null",
        user.0,
        &mark[..],
        deps.now(),
        reused.request.address,
    )
    .execute(&mut **transaction)
    .await?;
    if taken.rows_affected() == 0 {
        let before = sqlx::query!(
            r#"select used_at as "used_at!", used_from from user_recovery_codes
            where user_id = $1 and code_hash = $2 and used_at is not null"#,
            user.0,
            &mark[..],
        )
        .fetch_optional(&mut **transaction)
        .await?;
        if let Some(before) = before
            && !reuse::is_second_press(deps.now(), reused.request, before.used_at, before.used_from.as_deref())
        {
            reuse::record(transaction, deps, reused, user, "recovery_code").await?;
        }
        return Ok(false);
    }
    let left = sqlx::query_scalar!(
        r#"select count(*) as "left!" from user_recovery_codes where user_id = $1 and used_at is null"#,
        user.0,
    )
    .fetch_one(&mut **transaction)
    .await?;
    let news = FactorNews::CodeUsed {
        left: u32::try_from(left).map_err(Error::fault)?,
    };
    mail::enqueue(transaction, &Mail::SecondFactor { user, news }).await?;
    Ok(true)
}

/// New codes, when the others are used up or somebody may have seen them.
pub async fn renew(user: &UserActor, deps: &Deps) -> Result<()> {
    require_owner(user, deps).await?;
    let mut transaction = user.begin(deps).await?;
    if !super::is_enrolled(&mut transaction, user.id()).await? {
        return Err(contract::Error::Conflict.into());
    }
    issue(&mut transaction, deps, user.id()).await?;
    let mail = Mail::SecondFactor {
        user: user.id(),
        news: FactorNews::CodesRenewed,
    };
    mail::enqueue(&mut transaction, &mail).await?;
    user.audit(Action::UserRecoveryCodesRenewed)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Those that were just made, to be written down: until their owner says that they are, and for minutes at most.
pub async fn fresh(user: &UserActor, deps: &Deps) -> Result<Vec<String>> {
    require_owner(user, deps).await?;
    let sealed = sqlx::query_scalar!(
        r#"select sealed as "sealed!" from user_recovery_codes
        where user_id = $1 and sealed is not null and created_at > $2 order by id"#,
        user.id().0,
        deps.now() - SHOWN,
    )
    .fetch_all(deps.database.global())
    .await?;
    sealed
        .iter()
        .map(|sealed| {
            let code = deps.vault.open(user.id().0.as_bytes(), sealed)?;
            Ok(readable(&String::from_utf8_lossy(&code)))
        })
        .collect()
}

/// They are written down: nobody is shown them again.
pub async fn keep(user: &UserActor, deps: &Deps) -> Result<()> {
    sqlx::query!(
        "update user_recovery_codes set sealed = null where user_id = $1 and sealed is not null",
        user.id().0,
    )
    .execute(deps.database.global())
    .await?;
    Ok(())
}
