//! Taking away what guards an account, for who has lost all of it: the telephone, the passkeys and the codes on paper.
//!
//! A mailed link does not go past a second factor, and a talk with support does not either: what is proven afterwards is the
//! mailbox. That is why the password goes as well. Whoever knows it, or talks support into this, is no further than before; whoever
//! has the mailbox chooses a new one, and is told there what was done, and what to do if it was not them.

use contract::{
    customers::AccountStatus,
    ids::{TenantId, UserId},
    text::{ClearingReason, VisitTicket},
};
use serde_json::json;

use super::{
    factors::factors,
    hold::{hold, require_care},
};
use crate::{
    Deps, Result,
    actor::StaffActor,
    audit::Action,
    database::Transaction,
    identity::{self, second_factor},
    mail::{self, Mail},
    throttle::{self, Policy},
};

/// Why it is done. Only staff read it.
#[derive(Debug, Clone)]
pub struct Clearing {
    pub reason: ClearingReason,
    pub ticket: VisitTicket,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleared {
    Done,
    /// They sign in without one: there is nothing to take away.
    Nothing,
    /// Of the staff. Their place ends, the account is then anybody's, and they are invited again.
    OfStaff,
}

/// Apps, passkeys and recovery codes are gone, with what was counted of wrong ones; so are the password, every session and every
/// link that leads in. A mail brings the way to a new password. Whoever is locked out is let in first:
/// [`contract::Error::Conflict`]. Needs a second factor that was proven a moment ago.
///
/// The entry is in the chain of who did it. Organizations that require a second factor of their people read it as well, without the
/// reason: it is their rule that somebody now has to fulfil anew.
pub async fn clear_factors(staff: &StaffActor, deps: &Deps, user: UserId, why: &Clearing) -> Result<Cleared> {
    require_care(staff, deps)?;
    let mut transaction = staff.begin(deps).await?;
    let held = hold(&mut transaction, staff, user).await?;
    if held.status == AccountStatus::Suspended {
        return Err(contract::Error::Conflict.into());
    }
    let lost = factors(&mut transaction, user).await?;
    if held.is_staff || !lost.guard() {
        transaction.rollback().await?;
        return Ok(if held.is_staff {
            Cleared::OfStaff
        } else {
            Cleared::Nothing
        });
    }
    second_factor::forget(&mut transaction, user).await?;
    identity::void_password(&mut transaction, user).await?;
    throttle::forget(&mut transaction, &[(Policy::SecondFactorByPerson, user.to_string())]).await?;
    mail::enqueue(&mut transaction, &Mail::SecondFactorCleared { user }).await?;
    for tenant in strict(&mut transaction, user).await? {
        staff
            .audit_in(tenant, Action::UserSecondFactorCleared)
            .subject(user.0)
            .write(&mut transaction, deps)
            .await?;
    }
    staff
        .audit(Action::UserSecondFactorCleared)
        .subject(user.0)
        .before(json!({ "app": lost.app, "passkeys": lost.passkeys, "recovery_codes": lost.codes }))
        .after(json!({ "reason": why.reason.as_str(), "ticket": why.ticket.as_str() }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(Cleared::Done)
}

/// The organizations of somebody that require a second factor, always in one order: their chains are locked one after the other.
async fn strict(transaction: &mut Transaction, user: UserId) -> Result<Vec<TenantId>> {
    let tenants = sqlx::query_scalar!(
        "select t.id from tenant_members m join tenants t on t.id = m.tenant_id \
         where m.user_id = $1 and t.second_factor_required and t.deleted_at is null order by t.id",
        user.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(tenants.into_iter().map(TenantId).collect())
}

#[cfg(test)]
mod tests;
