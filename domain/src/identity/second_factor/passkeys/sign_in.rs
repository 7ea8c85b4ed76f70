//! Signing in by a passkey alone: it says who somebody is, and its device has made sure that it is them.

use contract::ids::UserId;
use webauthn_rs::prelude::PublicKeyCredential;

use super::{
    answer::{self, Verdict},
    challenge::{self, Purpose, Question},
    wrong,
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    database::Mode,
    identity::{NewSession, account, session::Method},
    throttle::{self, Policy},
};

/// Asks the browser for any passkey of this installation. Says nothing of anybody.
pub async fn ask(visitor: &Visitor, deps: &Deps) -> Result<Question> {
    let (options, state) = answer::options(deps, &[])?;
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::PasskeyByAddress, &client).await?;
    challenge::put(deps, Purpose::SignIn, &options, &state).await
}

/// The session has proven both factors. A passkey that is not known, of an account that may not come in, or that proves nothing
/// is one answer. Failures count for the client's address, as those of the password do, and for no account: nobody is locked
/// out by them, and an account that must wait for its password is entered by a passkey.
pub async fn sign_in(visitor: &Visitor, deps: &Deps, token: &str, brought: &str) -> Result<NewSession> {
    let client = throttle::client(&visitor.request().address);
    throttle::attempt(deps, Policy::SignInByAddress, &client).await?;
    if let Some(session) = attempt(visitor, deps, token, brought).await? {
        throttle::give_back(deps, Policy::SignInByAddress, &client).await?;
        return Ok(session);
    }
    let mut transaction = deps.database.begin_anonymous(Mode::Writing).await?;
    account::record_failure(&mut transaction, visitor, deps, Method::Passkey).await?;
    transaction.commit().await?;
    Err(wrong())
}

async fn attempt(visitor: &Visitor, deps: &Deps, token: &str, brought: &str) -> Result<Option<NewSession>> {
    let webauthn = deps.passkeys.webauthn()?;
    let Some(state) = challenge::take(deps, token, Purpose::SignIn).await? else {
        return Ok(None);
    };
    let Some(brought) = answer::parse::<PublicKeyCredential>(brought) else {
        return Ok(None);
    };
    let Ok((said, _)) = webauthn.identify_discoverable_authentication(&brought) else {
        return Ok(None);
    };
    let user = UserId(said);
    let mut transaction = deps.database.begin_for_user(user, Mode::Writing).await?;
    // Held: whoever shuts the account out at this moment waits, and ends the session that begins here as well. First of all,
    // as it is done there.
    let person = sqlx::query!(
        r#"select notify_new_sign_in as notify from users
        where id = $1 and status <> 'suspended' and deleted_at is null for no key update"#,
        user.0,
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(person) = person else {
        transaction.rollback().await?;
        return Ok(None);
    };
    match answer::judge(&mut transaction, deps, user, state, &brought).await? {
        Verdict::Right => {}
        Verdict::Wrong => {
            transaction.rollback().await?;
            return Ok(None);
        }
        Verdict::Copied => {
            let entry = visitor.audit(Action::UserPasskeyCopied).actor(user);
            answer::record_copy(&mut transaction, deps, entry, user).await?;
            transaction.commit().await?;
            return Ok(None);
        }
    }
    let session = account::enter(&mut transaction, visitor, deps, user, Method::Passkey, person.notify).await?;
    transaction.commit().await?;
    Ok(Some(session))
}
