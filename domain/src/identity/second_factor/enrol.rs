//! Setting an authenticator app up: a secret that guards nothing until the first code of it was right.

use base64::{Engine, engine::general_purpose::STANDARD};
use contract::FieldCode;
use qrcode::{QrCode, render::svg};

use super::{check::Typed, count, forgive, note_proof, recovery_codes, require_owner, totp};
use crate::{
    Deps, Error, Result,
    actor::{UserActor, Verification},
    audit::Action,
    mail::{self, FactorNews, Mail},
};

/// What is typed or scanned into the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    /// In base 32.
    pub secret: String,
    /// `otpauth://…`, which leads into an app on the same device.
    pub address: String,
    /// The same as a picture: a `data:` address of an SVG.
    pub picture: String,
}

/// Draws a secret. One that was drawn before and never confirmed is replaced; an app that guards the account goes on doing
/// so until the new one has shown its first code. Not before the address is proven: whoever signed up with an address that
/// is not theirs would lock its owner out.
pub async fn begin(user: &UserActor, deps: &Deps) -> Result<()> {
    if user.person().verification != Verification::Verified {
        return Err(contract::Error::EmailUnverified.into());
    }
    require_owner(user, deps).await?;
    let mut secret = [0; totp::SECRET_LENGTH];
    deps.random.fill(&mut secret);
    sqlx::query!(
        "insert into user_second_factors (id, user_id, kind, secret, created_at) values ($1, $2, 'totp', $3, $4) \
         on conflict (user_id) where kind = 'totp' and confirmed_at is null \
         do update set secret = excluded.secret, created_at = excluded.created_at",
        deps.id::<uuid::Uuid>(),
        user.id().0,
        deps.vault.seal(&*deps.random, user.id().0.as_bytes(), &secret)?,
        deps.now(),
    )
    .execute(deps.database.global())
    .await?;
    Ok(())
}

/// The one that is being set up, if there is one.
pub async fn pending(user: &UserActor, deps: &Deps) -> Result<Option<Setup>> {
    require_owner(user, deps).await?;
    let Some((_, secret)) = drawn(user, deps).await? else {
        return Ok(None);
    };
    let (secret, address) = totp::address(&secret, &user.person().email)?;
    let code = QrCode::new(&address).map_err(Error::fault)?;
    let drawing = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
    Ok(Some(Setup {
        secret,
        picture: format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawing)),
        address,
    }))
}

async fn drawn(user: &UserActor, deps: &Deps) -> Result<Option<(uuid::Uuid, Vec<u8>)>> {
    let row = sqlx::query!(
        "select id, secret from user_second_factors where user_id = $1 and kind = 'totp' and confirmed_at is null",
        user.id().0,
    )
    .fetch_optional(deps.database.global())
    .await?;
    row.map(|row| Ok((row.id, deps.vault.open(user.id().0.as_bytes(), &row.secret)?)))
        .transpose()
}

/// By the first code. From here on the account is guarded, and this session has proven it. With the first factor come the
/// recovery codes; those that are left of before stay good.
pub async fn confirm(user: &UserActor, deps: &Deps, typed: &str) -> Result<()> {
    require_owner(user, deps).await?;
    let code = match Typed::parse(typed) {
        Ok(Typed::Shown(code)) => code,
        Ok(Typed::Kept(_)) => return Err(contract::Error::field("code", FieldCode::Malformed).into()),
        Err(reason) => return Err(contract::Error::field("code", reason).into()),
    };
    let (factor, secret) = drawn(user, deps).await?.ok_or(contract::Error::Conflict)?;
    count(deps, user.id()).await?;
    let now = deps.now();
    let step = totp::step(&secret, &code, now)?.ok_or_else(|| contract::Error::field("code", FieldCode::WrongCode))?;
    let mut transaction = user.begin(deps).await?;
    sqlx::query!(
        "delete from user_second_factors where user_id = $1 and kind = 'totp' and confirmed_at is not null",
        user.id().0,
    )
    .execute(&mut *transaction)
    .await?;
    let confirmed = sqlx::query!(
        "update user_second_factors set confirmed_at = $2, last_used_at = $2, last_step = $3, last_used_from = $4 \
         where id = $1 and confirmed_at is null",
        factor,
        now,
        step,
        user.request().address,
    )
    .execute(&mut *transaction)
    .await?;
    if confirmed.rows_affected() == 0 {
        return Err(contract::Error::Conflict.into());
    }
    note_proof(&mut transaction, deps, user).await?;
    if !recovery_codes::any_left(&mut transaction, user.id()).await? {
        recovery_codes::issue(&mut transaction, deps, user.id()).await?;
    }
    let mail = Mail::SecondFactor {
        user: user.id(),
        news: FactorNews::Added,
    };
    mail::enqueue(&mut transaction, &mail).await?;
    user.audit(Action::UserSecondFactorAdded)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    forgive(deps, user.id()).await
}
