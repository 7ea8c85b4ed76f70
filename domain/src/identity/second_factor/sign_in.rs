//! The second half of a sign-in.

use contract::FieldCode;

use super::{
    challenge,
    check::{Typed, check},
    count, forgive,
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    database::Mode,
    identity::{
        NewSession, account,
        session::{self, Method},
    },
};

/// Whether a sign-in waits for its second half under this token.
pub async fn awaits(deps: &Deps, token: &str) -> Result<bool> {
    Ok(challenge::find(deps, token).await?.is_some())
}

/// Signs in whom the code proves to be the owner, once. A code that is wrong costs a try, of the challenge and of the person's
/// own counter; the last one ends the challenge, and the first half is done again.
pub async fn complete(visitor: &Visitor, deps: &Deps, token: &str, typed: &str) -> Result<NewSession> {
    let typed = Typed::parse(typed).map_err(|reason| contract::Error::field("code", reason))?;
    let found = challenge::find(deps, token).await?.ok_or_else(challenge::over)?;
    count(deps, found.user).await?;
    challenge::take_try(deps, token).await?;
    let mut transaction = deps.database.begin_for_user(found.user, Mode::Writing).await?;
    if check(&mut transaction, deps, found.user, &typed).await?.is_none() {
        visitor
            .audit(Action::UserSecondFactorFailed)
            .actor(found.user)
            .subject(found.user.0)
            .write(&mut transaction, deps)
            .await?;
        transaction.commit().await?;
        return Err(contract::Error::field("code", FieldCode::WrongCode).into());
    }
    challenge::close(&mut transaction, token).await?;
    let session = session::start(
        &mut transaction,
        deps,
        found.user,
        visitor.request(),
        found.method,
        Some(deps.now()),
    )
    .await?;
    // The mail that brought a link has told the owner already.
    let notify = found.method == Method::Password
        && sqlx::query_scalar!("select notify_new_sign_in from users where id = $1", found.user.0)
            .fetch_one(&mut *transaction)
            .await?;
    account::record_arrival(&mut transaction, visitor, deps, found.user, session.id, notify).await?;
    transaction.commit().await?;
    forgive(deps, found.user).await?;
    Ok(session)
}
