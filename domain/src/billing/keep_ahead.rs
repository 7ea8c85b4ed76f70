//! Choosing what will stay in use, before a smaller plan takes effect. Nothing is paused by it: it is kept, and goes before age
//! once there is too much.

use contract::{
    billing::PlanLimits,
    iam::{MemberType, Permission},
    ids::TenantId,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    answer,
    change_plan::{Changed, change_plan},
    keep::{self, Kept},
    quote,
    refusal::require_provider,
    wanted::Wanted,
};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::{self, Reach, Transaction, end_of_reading},
};

/// Another plan, and what stays in use with it. Of each kind not more than that plan allows, [`contract::FieldCode::TooMany`]:
/// then nothing is changed. The choice is kept once the change is taken, in place of what was chosen before; what has room
/// anyway is not remembered.
pub async fn change_and_keep(
    org: &OrgActor,
    deps: &Deps,
    wanted: &Wanted,
    version: i64,
    kept: &Kept,
) -> Result<Changed> {
    org.require(Permission::BillingManage)?;
    org.require_own_hands()?;
    require_provider(org, deps)?;
    let mut transaction = org.begin(deps).await?;
    let limits = quote::change(&mut transaction, org, deps, wanted).await?.limits();
    database::set_reach(&mut transaction, Reach::All).await?;
    keep::require_known(&mut transaction, org.tenant().id, kept).await?;
    let (projects, people) = chosen(&mut transaction, org.tenant().id, limits, kept).await?;
    end_of_reading(transaction);
    let changed = change_plan(org, deps, wanted, version).await?;
    let is_another = remember(org, deps, wanted, &projects, &people).await?;
    Ok(match changed {
        Changed::Already if is_another => Changed::Kept,
        changed => changed,
    })
}

/// False when it is what was chosen already.
async fn remember(org: &OrgActor, deps: &Deps, wanted: &Wanted, projects: &[Uuid], people: &[Uuid]) -> Result<bool> {
    let mut transaction = answer::held(org, deps).await?;
    if !replace(&mut transaction, org, deps, projects, people).await? {
        end_of_reading(transaction);
        return Ok(false);
    }
    org.audit(Action::BillingKept)
        .subject(org.tenant().id.0)
        .after(json!({ "plan": wanted.plan, "projects": projects, "people": people }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(true)
}

async fn chosen(
    transaction: &mut Transaction,
    tenant: TenantId,
    limits: PlanLimits,
    kept: &Kept,
) -> Result<(Vec<Uuid>, Vec<Uuid>)> {
    let keepable = keep::candidates(transaction, tenant, limits).await?;
    let (mut projects, mut people) = (Vec::new(), Vec::new());
    if let Some(choices) = &keepable.projects {
        let (stays, _) = choices.divide(&kept.projects, contract::error::Limit::Projects)?;
        projects.extend(stays.into_iter().map(|project| project.0));
    }
    for (class, choices) in [
        (MemberType::Member, &keepable.members),
        (MemberType::Guest, &keepable.guests),
    ] {
        if let Some(choices) = choices {
            let (stays, _) = choices.divide(&kept.people, contract::error::Limit::of(class))?;
            people.extend(stays.into_iter().map(|person| person.0));
        }
    }
    projects.sort_unstable();
    people.sort_unstable();
    Ok((projects, people))
}

/// False when it is what was chosen already.
async fn replace(
    transaction: &mut Transaction,
    org: &OrgActor,
    deps: &Deps,
    projects: &[Uuid],
    people: &[Uuid],
) -> Result<bool> {
    let tenant = org.tenant().id;
    let before = sqlx::query!(
        "select kind, kept_id from billing_kept where tenant_id = $1 order by kept_id",
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let of = |kind: &str| {
        let rows = before.iter().filter(|row| row.kind == kind);
        rows.map(|row| row.kept_id).collect::<Vec<Uuid>>()
    };
    if of("project") == projects && of("person") == people {
        return Ok(false);
    }
    forget(transaction, tenant).await?;
    sqlx::query!(
        "insert into billing_kept (tenant_id, kind, kept_id, chosen_by, chosen_at) \
         select $1::uuid, 'project', project, $4::uuid, $5::timestamptz from unnest($2::uuid[]) as project \
         union all select $1, 'person', person, $4, $5 from unnest($3::uuid[]) as person",
        tenant.0,
        projects,
        people,
        org.user().id().0,
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(true)
}

pub(super) async fn forget(transaction: &mut Transaction, tenant: TenantId) -> Result<()> {
    sqlx::query!("delete from billing_kept where tenant_id = $1", tenant.0)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
