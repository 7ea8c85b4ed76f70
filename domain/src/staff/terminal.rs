//! What somebody at the terminal sees and ends of the staff: the way back when nobody can sign in any more.

use contract::email::EmailAddress;
use serde_json::json;

use super::{
    end::{self, Ended},
    list::{self, StaffMember},
};
use crate::{
    Deps, Result,
    actor::RequestInfo,
    audit::{self, Action, Entry, Origin},
    database::PlatformDatabase,
};

/// By name.
pub async fn list(platform: &PlatformDatabase) -> Result<Vec<StaffMember>> {
    list::everybody(&mut platform.begin().await?).await
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    Done,
    NotStaff,
}

/// Anybody, the last superadmin as well: afterwards another first one can be made.
pub async fn revoke(platform: &PlatformDatabase, deps: &Deps, email: &EmailAddress) -> Result<Revoked> {
    let mut transaction = platform.begin().await?;
    let user = sqlx::query_scalar!(
        "select id from users where email = $1::text::citext and deleted_at is null",
        email.as_str(),
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(user) = user else { return Ok(Revoked::NotStaff) };
    let request = RequestInfo::default();
    let ended = end::revoke(&mut transaction, deps, user.into(), None, &request).await?;
    let Some(Ended { role, mut entries }) = ended else {
        transaction.rollback().await?;
        return Ok(Revoked::NotStaff);
    };
    let ended = Entry::new(Action::StaffEnded, Origin::System, &request)
        .subject(user)
        .before(json!({ "role": role }));
    entries.push(ended);
    audit::write_all(&mut transaction, deps, entries).await?;
    transaction.commit().await?;
    Ok(Revoked::Done)
}
