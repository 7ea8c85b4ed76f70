//! Whether what a browser brings was signed by a passkey of somebody, with whoever holds it verified by the device.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use contract::ids::UserId;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use webauthn_rs::prelude::{DiscoverableAuthentication, Passkey, PublicKeyCredential, WebauthnError};

use crate::{
    Deps, Error, Result,
    audit::Entry,
    database::Transaction,
    mail::{self, FactorNews, Mail},
};

/// The longest answer, in bytes: a key of RSA and a statement of its maker fit in a quarter of it.
const LONGEST: usize = 16 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    /// Not known, not theirs, not signed by it, not for this question or this place, or nobody was verified.
    Wrong,
    /// Its count of signatures is not ahead of the last one: another device may hold the same key.
    Copied,
}

/// What a browser has written, or `None`.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Option<T> {
    (text.len() <= LONGEST)
        .then(|| serde_json::from_str(text).ok())
        .flatten()
}

/// Asks for any passkey of this installation; where `keys` are given, for one of these.
pub(super) fn options(deps: &Deps, keys: &[Vec<u8>]) -> Result<(Value, DiscoverableAuthentication)> {
    let (options, state) = deps
        .passkeys
        .webauthn()?
        .start_discoverable_authentication()
        .map_err(Error::fault)?;
    let mut options = serde_json::to_value(options.public_key).map_err(Error::fault)?;
    options["allowCredentials"] = keys
        .iter()
        .map(|key| json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(key) }))
        .collect();
    Ok((options, state))
}

/// Judges an answer, and moves the passkey's count on when it is right. The passkey is held until the transaction ends: of two
/// answers that carry the same count, the second finds it used.
pub(super) async fn judge(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    state: DiscoverableAuthentication,
    answer: &PublicKeyCredential,
) -> Result<Verdict> {
    // A device that says whose passkey it is means this person.
    if answer
        .get_user_unique_id()
        .is_some_and(|said| said != user.0.as_bytes())
    {
        return Ok(Verdict::Wrong);
    }
    let stored = sqlx::query!(
        "select id, credential from user_passkeys where credential_id = $1 and user_id = $2 for update",
        answer.get_credential_id(),
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let Some(stored) = stored else {
        return Ok(Verdict::Wrong);
    };
    let mut passkey: Passkey = serde_json::from_value(stored.credential).map_err(Error::fault)?;
    let webauthn = deps.passkeys.webauthn()?;
    let proof = match webauthn.finish_discoverable_authentication_v2(answer, state, &passkey) {
        Ok(proof) if proof.user_verified() => proof,
        Ok(_) => return Ok(Verdict::Wrong),
        Err(WebauthnError::CredentialPossibleCompromise) => return Ok(Verdict::Copied),
        Err(error) => {
            tracing::info!(%error, "a passkey proved nothing");
            return Ok(Verdict::Wrong);
        }
    };
    passkey.update_credential(&proof);
    sqlx::query!(
        "update user_passkeys set credential = $2, last_used_at = $3 where id = $1",
        stored.id,
        serde_json::to_value(&passkey).map_err(Error::fault)?,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(Verdict::Right)
}

/// Puts on record, and tells the owner, that there may be a copy of one of their passkeys. `entry` is of
/// `user.passkey_copied`, by whoever came with it.
pub(super) async fn record_copy(
    transaction: &mut Transaction,
    deps: &Deps,
    entry: Entry<'_>,
    user: UserId,
) -> Result<()> {
    let mail = Mail::SecondFactor {
        user,
        news: FactorNews::PasskeyCopied,
    };
    mail::enqueue(transaction, &mail).await?;
    entry.subject(user.0).write(transaction, deps).await
}
