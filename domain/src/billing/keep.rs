//! Choosing what stays in use of what exceeds the plan.

use std::collections::{HashMap, HashSet};

use contract::{
    billing::KeepChoices,
    error::{FieldCode, Limit},
    iam::{MemberType, Permission},
    ids::{ProjectId, TenantId, UserId},
};
use serde_json::json;
use uuid::Uuid;

use super::{apply_limits, excess, keep_ahead, standing};
use crate::{
    Deps, Result,
    actor::OrgActor,
    audit::Action,
    database::{self, Reach, Transaction},
    standing::hold_for_relief,
};

/// What exceeds the plan; `None` for what fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keepable {
    pub projects: Option<Choices<ProjectId>>,
    pub members: Option<Choices<UserId>>,
    pub guests: Option<Choices<UserId>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices<Id> {
    /// How many of them may stay in use.
    pub allowed: u32,
    /// The oldest first.
    pub choices: Vec<Choice<Id>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<Id> {
    pub id: Id,
    /// `None` for a project that the one who asks does not see.
    pub name: Option<String>,
    pub in_use: bool,
    /// What stays unless somebody chooses otherwise.
    pub stays: bool,
    /// Owners stay in any case.
    pub fixed: bool,
}

/// What somebody wants to stay in use; everything else of what exceeds the plan is paused. What fits is left alone.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    pub projects: Vec<ProjectId>,
    /// Members and guests.
    pub people: Vec<UserId>,
}

pub async fn choices(org: &OrgActor, deps: &Deps) -> Result<Keepable> {
    org.require(Permission::BillingManage)?;
    let mut transaction = org.begin(deps).await?;
    org.see_everything(&mut transaction).await?;
    let mut keepable = candidates(&mut transaction, org.tenant().id, org.tenant().plan.limits).await?;
    name_projects(&mut transaction, org, &mut keepable).await?;
    transaction.commit().await?;
    Ok(keepable)
}

/// Those that the one who asks sees; from here on the transaction sees no more than that.
pub(super) async fn name_projects(
    transaction: &mut Transaction,
    org: &OrgActor,
    keepable: &mut Keepable,
) -> Result<()> {
    database::set_reach(transaction, org.reach()).await?;
    if let Some(projects) = &mut keepable.projects {
        let ids: Vec<Uuid> = projects.choices.iter().map(|project| project.id.0).collect();
        let seen = sqlx::query!(
            "select id, name from projects where tenant_id = $1 and id = any($2)",
            org.tenant().id.0,
            &ids,
        )
        .fetch_all(&mut **transaction)
        .await?;
        let mut names: HashMap<Uuid, String> = seen.into_iter().map(|row| (row.id, row.name)).collect();
        for project in &mut projects.choices {
            project.name = names.remove(&project.id.0);
        }
    }
    Ok(())
}

/// Holds at once, also in the days of grace. Of each kind not more than the plan allows, [`FieldCode::TooMany`];
/// where fewer are chosen, the oldest of the others stay as well. Nothing exceeds the plan any more is no error.
pub async fn keep(org: &OrgActor, deps: &Deps, kept: &Kept) -> Result<()> {
    org.require_relief(Permission::BillingManage)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    hold_for_relief(&mut transaction, org, Permission::BillingManage).await?;
    database::set_reach(&mut transaction, Reach::All).await?;
    require_known(&mut transaction, tenant, kept).await?;
    let plan = standing::of(&mut transaction, tenant, deps.billing, deps.now()).await?;
    let keepable = candidates(&mut transaction, tenant, plan.limits).await?;
    if keepable == Keepable::default() {
        transaction.rollback().await?;
        return Ok(());
    }
    let mut people = Vec::new();
    for (class, choices) in [
        (MemberType::Member, &keepable.members),
        (MemberType::Guest, &keepable.guests),
    ] {
        if let Some(choices) = choices {
            let (stays, goes) = choices.divide(&kept.people, Limit::of(class))?;
            pause_people(&mut transaction, deps, tenant, &stays, &goes).await?;
            people.extend(stays);
        }
    }
    let mut projects = Vec::new();
    if let Some(choices) = &keepable.projects {
        let (stays, goes) = choices.divide(&kept.projects, Limit::Projects)?;
        pause_projects(&mut transaction, deps, tenant, &stays, &goes).await?;
        projects = stays;
    }
    // What was chosen for another time gives way to what is chosen for now.
    keep_ahead::forget(&mut transaction, tenant).await?;
    apply_limits::apply(&mut transaction, deps, tenant).await?;
    org.audit(Action::BillingKept)
        .subject(tenant.0)
        .after(json!({ "projects": projects, "people": people }))
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    Ok(())
}

/// Whatever is named is the organization's, also what is in the bin by now.
pub(super) async fn require_known(transaction: &mut Transaction, tenant: TenantId, kept: &Kept) -> Result<()> {
    let projects: HashSet<Uuid> = kept.projects.iter().map(|project| project.0).collect();
    let people: HashSet<Uuid> = kept.people.iter().map(|person| person.0).collect();
    let known = sqlx::query_scalar!(
        r#"select (select count(*) from projects where tenant_id = $1 and id = any($2))
            + (select count(*) from tenant_members where tenant_id = $1 and user_id = any($3)) as "known!""#,
        tenant.0,
        &projects.iter().copied().collect::<Vec<_>>(),
        &people.iter().copied().collect::<Vec<_>>(),
    )
    .fetch_one(&mut **transaction)
    .await?;
    if usize::try_from(known).is_ok_and(|known| known == projects.len() + people.len()) {
        Ok(())
    } else {
        Err(contract::Error::NotFound.into())
    }
}

impl<Id: Copy + Eq> Choices<Id> {
    /// What stays and what goes. What is no choice of this kind fits, is another kind's, or was deleted meanwhile.
    pub(super) fn divide(&self, wanted: &[Id], limit: Limit) -> Result<(Vec<Id>, Vec<Id>)> {
        let (stays, goes): (Vec<&Choice<Id>>, Vec<_>) = self
            .choices
            .iter()
            .partition(|choice| choice.fixed || wanted.contains(&choice.id));
        let used = u32::try_from(stays.len()).unwrap_or(u32::MAX);
        if used > self.allowed && stays.iter().any(|choice| !choice.fixed) {
            let code = FieldCode::TooMany { max: self.allowed };
            return Err(contract::Error::field(KeepChoices::field(limit), code).into());
        }
        let ids = |choices: Vec<&Choice<Id>>| choices.into_iter().map(|choice| choice.id).collect();
        Ok((ids(stays), ids(goes)))
    }
}

/// Without the names of projects, which not everybody sees.
pub(super) async fn candidates(
    transaction: &mut Transaction,
    tenant: TenantId,
    limits: contract::billing::PlanLimits,
) -> Result<Keepable> {
    let excess = excess::of(transaction, tenant, limits).await?;
    let exceeds = excess.exceeds;
    let projects = sqlx::query!(
        r#"select id, paused_at is null as "in_use!" from projects where tenant_id = $1 and deleted_at is null
        order by created_at, id"#,
        tenant.0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    let projects = limits.projects.filter(|_| exceeds.projects).map(|allowed| Choices {
        allowed,
        choices: projects
            .into_iter()
            .map(|row| Choice {
                id: row.id.into(),
                name: None,
                in_use: row.in_use,
                stays: !excess.projects.contains(&row.id.into()),
                fixed: false,
            })
            .collect(),
    });
    let members = people(transaction, tenant, MemberType::Member, &excess.members).await?;
    let guests = people(transaction, tenant, MemberType::Guest, &excess.guests).await?;
    Ok(Keepable {
        projects,
        members: limits.members.filter(|_| exceeds.members).map(|allowed| Choices {
            allowed,
            choices: members,
        }),
        guests: limits.guests.filter(|_| exceeds.guests).map(|allowed| Choices {
            allowed,
            choices: guests,
        }),
    })
}

async fn people(
    transaction: &mut Transaction,
    tenant: TenantId,
    class: MemberType,
    beyond: &[UserId],
) -> Result<Vec<Choice<UserId>>> {
    let rows = sqlx::query!(
        r#"select m.user_id, u.name, m.paused_at is null as "in_use!", r.key = 'owner' and m.member_type = 'member' as "owner!"
        from tenant_members m
        join users u on u.id = m.user_id
        join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.tenant_id = $1 and m.member_type = $2 and m.status = 'active' order by m.joined_at, m.user_id"#,
        tenant.0,
        class.key(),
    )
    .fetch_all(&mut **transaction)
    .await?;
    let choices = rows.into_iter().map(|row| Choice {
        id: row.user_id.into(),
        name: Some(row.name),
        in_use: row.in_use,
        stays: !beyond.contains(&row.user_id.into()),
        fixed: row.owner,
    });
    Ok(choices.collect())
}

async fn pause_projects(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    stays: &[ProjectId],
    goes: &[ProjectId],
) -> Result<()> {
    let ids = |projects: &[ProjectId]| projects.iter().map(|project| project.0).collect::<Vec<Uuid>>();
    sqlx::query!(
        "update projects set paused_at = case when id = any($2) then null else coalesce(paused_at, $4) end \
         where tenant_id = $1 and (id = any($2) or id = any($3))",
        tenant.0,
        &ids(stays),
        &ids(goes),
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn pause_people(
    transaction: &mut Transaction,
    deps: &Deps,
    tenant: TenantId,
    stays: &[UserId],
    goes: &[UserId],
) -> Result<()> {
    let ids = |people: &[UserId]| people.iter().map(|person| person.0).collect::<Vec<Uuid>>();
    sqlx::query!(
        "update tenant_members set paused_at = case when user_id = any($2) then null else coalesce(paused_at, $4) end \
         where tenant_id = $1 and (user_id = any($2) or user_id = any($3))",
        tenant.0,
        &ids(stays),
        &ids(goes),
        deps.now(),
    )
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
