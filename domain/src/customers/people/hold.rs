//! The account of somebody to whom staff do something, held until that is done.

use contract::{
    customers::AccountStatus,
    ids::UserId,
    staff::{StaffRight, StaffRole},
};

use crate::{Deps, Error, Result, actor::StaffActor, database::Transaction, staff::hold as superadmins};

#[derive(Debug)]
pub(super) struct Held {
    pub email: String,
    pub status: AccountStatus,
    pub is_staff: bool,
}

/// Nobody does it to themselves, and to somebody of the staff only who decides about staff.
pub(super) fn may_touch(by: StaffRole, is_oneself: bool, target: Option<StaffRole>) -> bool {
    if is_oneself {
        return false;
    }
    match target {
        None => true,
        Some(_) => by.has(StaffRight::StaffManage),
    }
}

pub(super) async fn hold(transaction: &mut Transaction, staff: &StaffActor, user: UserId) -> Result<Held> {
    let role = sqlx::query_scalar!(
        "select role from platform_role_assignments where user_id = $1 and revoked_at is null",
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?;
    let target = role.as_deref().and_then(StaffRole::from_key);
    if !may_touch(staff.role(), user == staff.id(), target) {
        return Err(contract::Error::Forbidden.into());
    }
    if target.is_some() {
        // Of two who do it to each other, the second finds that they no longer may.
        superadmins::hold(transaction, staff).await?;
    }
    let row = sqlx::query!(
        // Not against new references to the row: whoever is coming in at this moment is waited for, and writes a session.
        r#"select email::text as "email!", status from users where id = $1 and deleted_at is null for no key update"#,
        user.0,
    )
    .fetch_optional(&mut **transaction)
    .await?
    .ok_or(contract::Error::NotFound)?;
    Ok(Held {
        email: row.email,
        status: AccountStatus::from_key(&row.status).ok_or_else(|| Error::fault("unknown status"))?,
        is_staff: target.is_some(),
    })
}

/// What cannot be taken lightly: the right, and a second factor proven a moment ago.
pub(super) fn require_care(staff: &StaffActor, deps: &Deps) -> Result<()> {
    staff.require(StaffRight::UsersManage)?;
    staff.require_fresh_factor(deps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_decides_about_staff_touches_staff_and_nobody_themselves() {
        for &by in StaffRole::ALL {
            assert!(!may_touch(by, true, Some(by)), "{by:?}");
            assert!(may_touch(by, false, None), "{by:?}");
            for &target in StaffRole::ALL {
                assert_eq!(
                    may_touch(by, false, Some(target)),
                    by.has(StaffRight::StaffManage),
                    "{by:?} {target:?}"
                );
            }
        }
    }
}
