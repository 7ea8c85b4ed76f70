//! Which projects and people a plan has no room for.

use contract::{
    billing::PlanLimits,
    iam::MemberType,
    ids::{ProjectId, TenantId, UserId},
};

use crate::{Result, database::Transaction};

/// All that there is no room for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Excess {
    pub projects: Vec<ProjectId>,
    pub members: Vec<UserId>,
    pub guests: Vec<UserId>,
    pub exceeds: Exceeds,
}

impl Excess {
    /// Without the kinds that are not meant.
    pub fn only(&self, projects: bool, members: bool, guests: bool) -> Self {
        let people = |people: &Vec<UserId>, meant: bool| if meant { people.clone() } else { Vec::new() };
        Self {
            projects: if projects { self.projects.clone() } else { Vec::new() },
            members: people(&self.members, members),
            guests: people(&self.guests, guests),
            exceeds: self.exceeds,
        }
    }
}

/// Of what there is more than the plan allows, also when it is owners, who are never paused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Exceeds {
    pub projects: bool,
    pub members: bool,
    pub guests: bool,
}

/// What somebody chose ahead stays before what nobody chose, what is in use before what is paused, and the older before the newer;
/// owners stay whatever the plan says. Projects in the bin and people who are suspended take no room. In a transaction that
/// sees everything, behind the organization's row where something follows from it.
pub(crate) async fn of(transaction: &mut Transaction, tenant: TenantId, limits: PlanLimits) -> Result<Excess> {
    let projects = projects(transaction, tenant, limits.projects).await?;
    let members = people(transaction, tenant, MemberType::Member, limits.members).await?;
    let guests = people(transaction, tenant, MemberType::Guest, limits.guests).await?;
    let exceeds = Exceeds {
        projects: !projects.is_empty(),
        members: !members.is_empty(),
        guests: !guests.is_empty(),
    };
    let pausable = |people: Vec<(UserId, bool)>| {
        let others = people.into_iter().filter(|(_, owner)| !owner);
        others.map(|(person, _)| person).collect()
    };
    Ok(Excess {
        projects,
        members: pausable(members),
        guests: pausable(guests),
        exceeds,
    })
}

async fn projects(transaction: &mut Transaction, tenant: TenantId, allowed: Option<u32>) -> Result<Vec<ProjectId>> {
    let Some(allowed) = allowed else { return Ok(Vec::new()) };
    let beyond = sqlx::query_scalar!(
        "select id from projects where tenant_id = $1 and deleted_at is null \
         order by id not in (select kept_id from billing_kept where tenant_id = $1 and kind = 'project'), \
            paused_at is not null, created_at, id offset $2",
        tenant.0,
        i64::from(allowed),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(beyond.into_iter().map(ProjectId).collect())
}

/// With whether they are an owner.
async fn people(
    transaction: &mut Transaction,
    tenant: TenantId,
    class: MemberType,
    allowed: Option<u32>,
) -> Result<Vec<(UserId, bool)>> {
    let Some(allowed) = allowed else { return Ok(Vec::new()) };
    let rows = sqlx::query!(
        r#"select m.user_id, r.key = 'owner' and m.member_type = 'member' as "owner!"
        from tenant_members m join iam_roles r on r.tenant_id = m.tenant_id and r.id = m.role_id
        where m.tenant_id = $1 and m.member_type = $2 and m.status = 'active'
        order by r.key = 'owner' desc,
            m.user_id not in (select kept_id from billing_kept where tenant_id = $1 and kind = 'person'),
            m.paused_at is not null, m.joined_at, m.user_id offset $3"#,
        tenant.0,
        class.key(),
        i64::from(allowed),
    )
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows.into_iter().map(|row| (row.user_id.into(), row.owner)).collect())
}
