//! What saving a plan would come to. Nothing is changed.

use contract::{
    Error as Refusal, FieldCode,
    billing::{BillingInterval, PlanSettings},
    error::Limit,
    staff::StaffRight,
};

use super::{
    PlanEdit,
    list::{Change, changes},
    prices::{Fate, fate},
    settings::{changed, is_of, read},
};
use crate::{
    Deps, Error, Result,
    actor::StaffActor,
    database::{Transaction, end_of_reading},
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    pub now: PlanSettings,
    /// As fields are called.
    pub fields: Vec<String>,
    /// Of each limit that is lowered, how many organizations would be over it that are not now.
    pub over: Vec<(Limit, u32)>,
    pub replaced: Vec<BillingInterval>,
    /// What somebody else saved since it was read, the oldest first: then it cannot be saved.
    pub meanwhile: Vec<Change>,
}

pub async fn review(staff: &StaffActor, deps: &Deps, edit: &PlanEdit) -> Result<Review> {
    staff.require(StaffRight::PlansManage)?;
    let mut transaction = staff.begin_reading(deps).await?;
    let now = read(&mut transaction, Some(std::slice::from_ref(&edit.key)))
        .await?
        .pop()
        .ok_or(Refusal::NotFound)?;
    let mut over = Vec::new();
    for limit in [Limit::Projects, Limit::Members, Limit::Guests] {
        let (before, after) = (now.limits.of(limit), edit.limits.of(limit));
        if let Some(after) = after.filter(|after| before.is_none_or(|before| *after < before)) {
            let organizations = newly_over(&mut transaction, deps, &edit.key, limit, after).await?;
            over.push((limit, organizations));
        }
    }
    let meanwhile = changes(&mut transaction, &edit.key, edit.version).await?;
    end_of_reading(transaction);
    let replaced = edit.prices.iter().filter(|price| {
        let before = now.prices.iter().find(|before| is_of(before, price));
        before.is_some_and(|before| fate(before.product.as_deref(), before.amount, price) == Fate::Replaced)
    });
    Ok(Review {
        fields: changed(&now, edit),
        replaced: replaced.map(|price| price.interval).collect(),
        over,
        meanwhile,
        now,
    })
}

/// Of members there are never more than seats that are paid for: `plan_at` has the lesser of both.
async fn newly_over(transaction: &mut Transaction, deps: &Deps, plan: &str, limit: Limit, after: u32) -> Result<u32> {
    let key = crate::billing::limits::key(limit).ok_or(Refusal::field("form", FieldCode::Malformed))?;
    let counted = sqlx::query_scalar!(
        r#"select count(*) as "organizations!" from (
            select case $3::text when 'projects' then p.project_limit when 'members' then p.member_limit else p.guest_limit end as allowed,
                case $3::text
                    when 'projects' then (select count(*) from projects x where x.tenant_id = t.id and x.deleted_at is null)
                    else (select count(*) from tenant_members m where m.tenant_id = t.id and m.status = 'active'
                        and m.member_type = case $3::text when 'members' then 'member' else 'guest' end)
                end as used
            from tenants t cross join lateral plan_at(t.id, t.plan_key, $1) p
            where p.plan_key = $2 and t.deleted_at is null
        ) has where used > $4 and used <= coalesce(allowed, used)"#,
        deps.now(),
        plan,
        key,
        i64::from(after),
    )
    .fetch_one(&mut **transaction)
    .await?;
    u32::try_from(counted).map_err(Error::fault)
}
