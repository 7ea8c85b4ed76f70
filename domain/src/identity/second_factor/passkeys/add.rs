//! A new passkey: the device makes a key pair for this account, and shows that somebody held it.

use contract::{FieldCode, ids::PasskeyId, text::PasskeyName};
use serde_json::json;
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential};

use super::{
    super::{note_proof, recovery_codes, require_owner},
    answer,
    challenge::{self, Purpose, Question},
    wrong,
};
use crate::{
    Deps, Error, OnConstraint, Result,
    actor::{UserActor, Verification},
    audit::Action,
    identity::present,
    mail::{self, FactorNews, Mail},
};

/// How many somebody may have.
pub const MOST: usize = 10;

/// Asks the browser for a new one that no other of theirs is in the place of. Not before the address is proven: whoever signed
/// up with an address that is not theirs would lock its owner out.
pub async fn ask(user: &UserActor, deps: &Deps) -> Result<Question> {
    let webauthn = deps.passkeys.webauthn()?;
    require_proven(user)?;
    require_owner(user, deps).await?;
    let keys = sqlx::query_scalar!(
        "select credential_id from user_passkeys where user_id = $1",
        user.id().0
    )
    .fetch_all(deps.database.global())
    .await?;
    require_room(keys.len())?;
    let person = user.person();
    let (options, state) = webauthn
        .start_passkey_registration(user.id().0, &person.email, &person.name, Some(keys))
        .map_err(Error::fault)?;
    let mut options = serde_json::to_value(options.public_key).map_err(Error::fault)?;
    // One that the device does not keep could not say whose it is, and so not sign in by itself.
    options["authenticatorSelection"]["residentKey"] = json!("required");
    options["authenticatorSelection"]["requireResidentKey"] = json!(true);
    challenge::put(deps, Purpose::Add(user.id(), user.session()), &options, &state).await
}

/// Keeps what the browser has made. From here on the account is guarded, and this session has proven it. With the first factor
/// come the recovery codes; those that are left of before stay good.
pub async fn add(user: &UserActor, deps: &Deps, token: &str, name: PasskeyName, brought: &str) -> Result<PasskeyId> {
    let webauthn = deps.passkeys.webauthn()?;
    require_proven(user)?;
    require_owner(user, deps).await?;
    let purpose = Purpose::Add(user.id(), user.session());
    let state: PasskeyRegistration = challenge::take(deps, token, purpose).await?.ok_or_else(wrong)?;
    let brought: RegisterPublicKeyCredential = answer::parse(brought).ok_or_else(wrong)?;
    let passkey = webauthn
        .finish_passkey_registration(&brought, &state)
        .map_err(|error| {
            tracing::info!(%error, "a new passkey was refused");
            wrong()
        })?;
    let mut transaction = user.begin(deps).await?;
    // Of two tabs, the second counts the passkey of the first.
    present(&mut transaction, user.id()).await?;
    let there_are = sqlx::query_scalar!(
        r#"select count(*) as "count!" from user_passkeys where user_id = $1"#,
        user.id().0
    )
    .fetch_one(&mut *transaction)
    .await?;
    require_room(usize::try_from(there_are).map_err(Error::fault)?)?;
    let id: PasskeyId = deps.id();
    sqlx::query!(
        "insert into user_passkeys (id, user_id, name, credential_id, credential, created_at) \
         values ($1, $2, $3, $4, $5, $6)",
        id.0,
        user.id().0,
        name.as_str(),
        passkey.cred_id().as_slice(),
        serde_json::to_value(&passkey).map_err(Error::fault)?,
        deps.now(),
    )
    .execute(&mut *transaction)
    .await
    .on_constraint("user_passkeys_credential_key", || {
        contract::Error::field("form", FieldCode::WrongPasskey)
    })?;
    note_proof(&mut transaction, deps, user).await?;
    if !recovery_codes::any_left(&mut transaction, user.id()).await? {
        recovery_codes::issue(&mut transaction, deps, user.id()).await?;
    }
    let mail = Mail::SecondFactor {
        user: user.id(),
        news: FactorNews::PasskeyAdded,
    };
    mail::enqueue(&mut transaction, &mail).await?;
    user.audit(Action::UserPasskeyAdded)
        .subject(user.id().0)
        .after(json!({ "passkey": id }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(id)
}

fn require_proven(user: &UserActor) -> Result<()> {
    match user.person().verification {
        Verification::Verified => Ok(()),
        Verification::Grace { .. } | Verification::Required => Err(contract::Error::EmailUnverified.into()),
    }
}

fn require_room(there_are: usize) -> Result<()> {
    if there_are < MOST {
        Ok(())
    } else {
        let max = u32::try_from(MOST).map_err(Error::fault)?;
        Err(contract::Error::field("form", FieldCode::NoMorePasskeys { max }).into())
    }
}
