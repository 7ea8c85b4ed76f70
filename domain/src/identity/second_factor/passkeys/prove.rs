//! A passkey in the place of a code: at the end of a sign-in, and once more for what asks for a fresh proof.

use contract::ids::UserId;

use super::{
    super::{challenge as half, count, count_coming_in, forgive, note_proof, sign_in::finish},
    answer::{self, Verdict},
    challenge::{self, Purpose, Question},
    wrong,
};
use crate::{
    Deps, Result,
    actor::{UserActor, Visitor},
    audit::Action,
    database::{Mode, Transaction},
    identity::NewSession,
    metrics,
};

/// Asks the browser of somebody who is signed in for one of their passkeys.
pub async fn ask(user: &UserActor, deps: &Deps) -> Result<Question> {
    put(deps, user.id(), Purpose::Prove(user.id(), Some(user.session()))).await
}

/// The same of somebody whose sign-in waits for its second half under this token.
pub async fn ask_half(deps: &Deps, waiting: &str) -> Result<Question> {
    let found = half::find(deps, waiting).await?.ok_or_else(half::over)?;
    put(deps, found.user, Purpose::Prove(found.user, None)).await
}

async fn put(deps: &Deps, user: UserId, purpose: Purpose) -> Result<Question> {
    let keys = sqlx::query_scalar!(
        "select credential_id from user_passkeys where user_id = $1 order by created_at, id",
        user.0
    )
    .fetch_all(deps.database.global())
    .await?;
    if keys.is_empty() {
        return Err(contract::Error::Conflict.into());
    }
    let (options, state) = answer::options(deps, &keys)?;
    challenge::put(deps, purpose, &options, &state).await
}

/// From here on this session has proven its second factor at this moment.
pub async fn prove(user: &UserActor, deps: &Deps, token: &str, brought: &str) -> Result<()> {
    count(deps, user.id()).await?;
    let mut transaction = user.begin(deps).await?;
    let purpose = Purpose::Prove(user.id(), Some(user.session()));
    match judge(&mut transaction, deps, user.id(), token, purpose, brought).await? {
        Verdict::Right => {}
        Verdict::Wrong => {
            user.audit(Action::UserSecondFactorFailed)
                .subject(user.id().0)
                .write(&mut transaction, deps)
                .await?;
            transaction.commit().await?;
            return Err(wrong());
        }
        Verdict::Copied => {
            let entry = user.audit(Action::UserPasskeyCopied);
            answer::record_copy(&mut transaction, deps, entry, user.id()).await?;
            transaction.commit().await?;
            return Err(wrong());
        }
    }
    note_proof(&mut transaction, deps, user).await?;
    user.audit(Action::UserSecondFactorProven)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    forgive(deps, user.id()).await
}

/// The second half of a sign-in, as [`super::super::sign_in::complete`] does it with a code: it costs a try as well.
pub async fn complete(visitor: &Visitor, deps: &Deps, waiting: &str, token: &str, brought: &str) -> Result<NewSession> {
    let found = half::find(deps, waiting).await?.ok_or_else(half::over)?;
    count_coming_in(deps, found.user, visitor.request()).await?;
    half::take_try(deps, waiting).await?;
    let mut transaction = deps.database.begin_for_user(found.user, Mode::Writing).await?;
    let purpose = Purpose::Prove(found.user, None);
    match judge(&mut transaction, deps, found.user, token, purpose, brought).await? {
        Verdict::Right => finish(transaction, visitor, deps, waiting, found).await,
        Verdict::Wrong => {
            visitor
                .audit(Action::UserSecondFactorFailed)
                .actor(found.user)
                .subject(found.user.0)
                .write(&mut transaction, deps)
                .await?;
            transaction.commit().await?;
            Err(wrong())
        }
        Verdict::Copied => {
            let entry = visitor.audit(Action::UserPasskeyCopied).actor(found.user);
            answer::record_copy(&mut transaction, deps, entry, found.user).await?;
            transaction.commit().await?;
            Err(wrong())
        }
    }
}

async fn judge(
    transaction: &mut Transaction,
    deps: &Deps,
    user: UserId,
    token: &str,
    purpose: Purpose,
    brought: &str,
) -> Result<Verdict> {
    let state = challenge::take(deps, token, purpose).await?;
    let verdict = match state.zip(answer::parse(brought)) {
        Some((state, brought)) => answer::judge(transaction, deps, user, state, &brought).await?,
        None => Verdict::Wrong,
    };
    metrics::second_factor("passkey", matches!(verdict, Verdict::Right));
    Ok(verdict)
}
