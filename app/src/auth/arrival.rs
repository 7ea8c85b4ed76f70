//! What happens when somebody has proven who they are: the cookies, and the page they land on.

use contract::{error::Result, tenant::TenantStatus};
use domain::{
    Deps,
    actor::UserActor,
    identity::{Admission, NewSession, sign_out},
    tenants::memberships,
};

use crate::{
    account::theme,
    response::{redirect_to, safe_next},
    session,
};

/// Where somebody starts: in their first organization, one that can be worked in if there is any, or where one is made. Staff
/// have none, and a place of their own.
pub async fn home(user: &UserActor, deps: &Deps) -> Result<String> {
    if user.staff().is_some() {
        return Ok(crate::frame::platform::HOME.to_owned());
    }
    let mut all = memberships::list(user, deps).await?;
    all.sort_by_key(|membership| membership.status != TenantStatus::Active);
    Ok(all.into_iter().next().map_or_else(
        || "/welcome".to_owned(),
        |membership| format!("/o/{}/projects", membership.slug),
    ))
}

/// Where somebody was going, or where they start.
pub async fn onward(user: &UserActor, deps: &Deps, next: Option<&str>) -> Result<String> {
    match next.and_then(safe_next) {
        Some(next) => Ok(next.to_owned()),
        None => home(user, deps).await,
    }
}

/// Signs the browser in with a session that was just made, and sends it on. The session it had before ends. Whose account is
/// paused is asked whether to take it up again, and who has a second factor for that.
pub async fn arrive(session: &NewSession, deps: &Deps, next: Option<&str>) -> Result<()> {
    match session.admission {
        Admission::Session => {}
        Admission::PausedAccount => {
            let next = next.and_then(safe_next);
            redirect_to(&super::resume_account_page::path(session.token.expose(), next));
            return Ok(());
        }
        Admission::SecondFactor => {
            session::set_challenge(session);
            redirect_to(&super::second_factor_page::path(next.and_then(safe_next)));
            return Ok(());
        }
    }
    let request = session::visitor()?.request().clone();
    let before = session::maybe_user().await?;
    let Some(user) = UserActor::authenticate(deps, session.token.expose(), request).await? else {
        tracing::error!("a session that was just made signs nobody in");
        return Err(contract::Error::Internal);
    };
    if let Some(before) = before {
        sign_out::sign_out(&before, deps).await?;
    }
    session::set_session(session);
    theme::take_on(user.person().theme);
    redirect_to(&onward(&user, deps, next).await?);
    Ok(())
}
