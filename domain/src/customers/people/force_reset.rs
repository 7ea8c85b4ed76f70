//! Making somebody choose a new password, because the one they have may be known to others.

use contract::{customers::AccountStatus, ids::UserId};

use super::hold::{hold, require_care};
use crate::{
    Deps, Result,
    actor::StaffActor,
    audit::Action,
    identity,
    mail::{self, Mail},
};

/// The password is gone, every device is signed out, links that lead in are void; a mail brings the way to a new one. Whoever is
/// locked out is let in first: [`contract::Error::Conflict`]. Needs a second factor that was proven a moment ago.
pub async fn force_reset(staff: &StaffActor, deps: &Deps, user: UserId) -> Result<()> {
    require_care(staff, deps)?;
    let mut transaction = staff.begin(deps).await?;
    let held = hold(&mut transaction, staff, user).await?;
    if held.status == AccountStatus::Suspended {
        return Err(contract::Error::Conflict.into());
    }
    identity::void_password(&mut transaction, user).await?;
    mail::enqueue(&mut transaction, &Mail::PasswordResetForced { user }).await?;
    staff
        .audit(Action::UserResetForced)
        .subject(user.0)
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use contract::{email::EmailAddress, password::Password, staff::StaffRole};

    use super::*;
    use crate::{
        identity::{reset_password::reset, sign_in::sign_in},
        mail::compose,
        testing::{PASSWORD, TestDatabase, deps, person, staff, visitor},
    };

    #[tokio::test]
    async fn the_old_password_and_every_session_end_and_the_mail_leads_to_a_new_one() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let ann = person(&deps, "ann").await;
        let sue = staff(&database, &deps, "sue", StaffRole::Support).await;
        force_reset(&sue, &deps, ann.id()).await.unwrap();
        assert_eq!(
            database
                .count(&format!("user_sessions where user_id = '{}'", ann.id()))
                .await,
            0
        );
        let email = || EmailAddress::parse("ann@example.test").unwrap();
        assert!(sign_in(&visitor(), &deps, email(), PASSWORD.to_owned()).await.is_err());
        let queued = "graphile_worker._private_jobs where payload::text like '%PasswordResetForced%'";
        assert_eq!(database.count(queued).await, 1);
        let mail = Mail::PasswordResetForced { user: ann.id() };
        let mail = compose(&database.platform(), &deps, "https://plinth.example", &mail)
            .await
            .unwrap()
            .unwrap();
        let link = mail.text.split_once("/reset-password?token=").unwrap().1;
        let token = link.split_whitespace().next().unwrap();
        let new = Password::parse("a wholly different phrase 7").unwrap();
        reset(&visitor(), &deps, token, new).await.unwrap();
        sign_in(&visitor(), &deps, email(), "a wholly different phrase 7".to_owned())
            .await
            .unwrap();
    }
}
