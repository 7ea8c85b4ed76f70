//! The second half of a sign-in.

use contract::FieldCode;

use super::{
    challenge,
    check::{Typed, check},
    count_coming_in, forgive,
};
use crate::{
    Deps, Result,
    actor::Visitor,
    audit::Action,
    database::{Mode, Transaction},
    identity::{
        NewSession, account,
        session::{self, Method},
    },
};

/// By what somebody can prove their second factor, beside the codes that they have kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ways {
    pub app: bool,
    pub passkey: bool,
}

/// By what the sign-in goes on that waits for its second half under this token, if one does.
pub async fn awaits(deps: &Deps, token: &str) -> Result<Option<Ways>> {
    let Some(found) = challenge::find(deps, token).await? else {
        return Ok(None);
    };
    let ways = sqlx::query_as!(
        Ways,
        r#"select exists (select from user_second_factors where user_id = $1 and confirmed_at is not null) as "app!",
            exists (select from user_passkeys where user_id = $1) as "passkey!""#,
        found.user.0,
    )
    .fetch_one(deps.database.global())
    .await?;
    Ok(Some(ways))
}

/// Signs in whom the code proves to be the owner, once. A code that is wrong costs a try, of the challenge and of the person's
/// own counter; the last one ends the challenge, and the first half is done again.
pub async fn complete(visitor: &Visitor, deps: &Deps, token: &str, typed: &str) -> Result<NewSession> {
    let typed = Typed::parse(typed).map_err(|reason| contract::Error::field("code", reason))?;
    let found = challenge::find(deps, token).await?.ok_or_else(challenge::over)?;
    count_coming_in(deps, found.user, visitor.request()).await?;
    challenge::take_try(deps, token).await?;
    let mut transaction = deps.database.begin_for_user(found.user, Mode::Writing).await?;
    let reused = visitor.audit(Action::UserTokenReused).actor(found.user);
    if check(&mut transaction, deps, found.user, &typed, reused)
        .await?
        .is_none()
    {
        visitor
            .audit(Action::UserSecondFactorFailed)
            .actor(found.user)
            .subject(found.user.0)
            .write(&mut transaction, deps)
            .await?;
        transaction.commit().await?;
        return Err(contract::Error::field("code", FieldCode::WrongCode).into());
    }
    finish(transaction, visitor, deps, token, found).await
}

/// The session that the first half has begun, now that the second is proven.
pub(super) async fn finish(
    mut transaction: Transaction,
    visitor: &Visitor,
    deps: &Deps,
    token: &str,
    found: challenge::Challenge,
) -> Result<NewSession> {
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
    account::record_arrival(
        &mut transaction,
        visitor,
        deps,
        found.user,
        session.id,
        found.method,
        notify,
    )
    .await?;
    transaction.commit().await?;
    forgive(deps, found.user).await?;
    Ok(session)
}
