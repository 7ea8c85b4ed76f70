//! Who may work on their account: until the days of grace are over, or once the address is proven.

use contract::error::Result;
use domain::actor::UserActor;

use crate::session;

pub async fn admitted() -> Result<UserActor> {
    let user = session::user().await?;
    user.require_verified_or_grace()?;
    Ok(user)
}
