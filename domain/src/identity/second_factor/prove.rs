//! Proving a second factor once more, for what asks for a fresh one.

use contract::FieldCode;

use super::{
    check::{Typed, check},
    count, forgive, note_proof,
};
use crate::{Deps, Result, actor::UserActor, audit::Action};

/// From here on this session has proven it at this moment.
pub async fn prove(user: &UserActor, deps: &Deps, typed: &str) -> Result<()> {
    let typed = Typed::parse(typed).map_err(|reason| contract::Error::field("code", reason))?;
    count(deps, user.id()).await?;
    let mut transaction = user.begin(deps).await?;
    let reused = user.audit(Action::UserTokenReused);
    if check(&mut transaction, deps, user.id(), &typed, reused)
        .await?
        .is_none()
    {
        user.audit(Action::UserSecondFactorFailed)
            .subject(user.id().0)
            .write(&mut transaction, deps)
            .await?;
        transaction.commit().await?;
        return Err(contract::Error::field("code", FieldCode::WrongCode).into());
    }
    note_proof(&mut transaction, deps, user).await?;
    user.audit(Action::UserSecondFactorProven)
        .subject(user.id().0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    forgive(deps, user.id()).await
}
