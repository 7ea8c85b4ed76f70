//! The mail to somebody who is invited to the staff.

use contract::{ids::StaffInvitationId, preferences::Locale, staff::StaffRole};

use super::{Rendered, compose::write, messages};
use crate::{
    Deps, Result,
    database::PlatformDatabase,
    staff::invitation::{self, Mailed},
};

/// `None` once it was used, taken back or has expired.
pub(super) async fn compose(
    platform: &PlatformDatabase,
    deps: &Deps,
    base_url: &str,
    invitation: StaffInvitationId,
) -> Result<Option<Rendered>> {
    let mut transaction = platform.begin().await?;
    let Some((code, mailed)) = invitation::issue(&mut transaction, deps, invitation).await? else {
        return Ok(None);
    };
    transaction.commit().await?;
    written(&mailed, &format!("{base_url}{}", invitation::path(&code))).map(Some)
}

fn written(mailed: &Mailed, url: &str) -> Result<Rendered> {
    let locale = Locale::default();
    let until = mailed.expires_at.format("%-d %B %Y, %H:%M UTC").to_string();
    let content = messages::staff_invitation(locale, &mailed.inviter, mailed.role, &until);
    write(
        locale,
        mailed.email.clone(),
        url,
        &content,
        messages::footer_for_staff(locale),
    )
}

/// For the developer's gallery.
pub(super) fn sample(base_url: &str) -> Result<Rendered> {
    let mailed = Mailed {
        email: "person@example.test".to_owned(),
        role: StaffRole::Support,
        inviter: "Another Person".to_owned(),
        expires_at: chrono::DateTime::UNIX_EPOCH,
    };
    written(&mailed, &format!("{base_url}/accept-staff-invite"))
}
