//! The people who see a project: the same rule that the policies keep, asked about others.

use contract::{
    iam::Permission,
    ids::{ProjectId, UserId},
};

use crate::{
    Result,
    actor::OrgActor,
    database::Transaction,
    workspaces::{Someone, member_type},
};

/// Active people whose role reads projects, by name; of one person, whether they do. Who may not read the organization's
/// people is told of those at work in the project: of its workspace, of the guests it was given to, of who began it, and of
/// who has or wrote its tasks.
pub(crate) async fn who_sees(
    transaction: &mut Transaction,
    org: &OrgActor,
    project: ProjectId,
    user: Option<UserId>,
) -> Result<Vec<Someone>> {
    let rows = sqlx::query!(
        r#"with seen as (
            select m.user_id, m.member_type,
                p.visibility = 'organization' and m.member_type = 'member' as everybodys,
                m.member_type = 'member' and exists (
                    select from iam_role_permissions r
                    where r.tenant_id = m.tenant_id and r.role_id = m.role_id and r.permission = 'workspaces.manage'
                ) as manages,
                m.user_id in (
                    select w.user_id from workspace_members w where w.tenant_id = $1 and w.workspace_id = p.workspace_id
                ) or m.user_id in (
                    select g.user_id from project_guests g where g.tenant_id = $1 and g.project_id = $2
                ) as inside,
                m.user_id = p.created_by or m.user_id in (
                    select t.created_by from tasks t where t.tenant_id = $1 and t.project_id = $2 and t.deleted_at is null
                ) or m.user_id in (
                    select t.assignee_id from tasks t where t.tenant_id = $1 and t.project_id = $2 and t.deleted_at is null
                ) as at_work
            from projects p
            join tenant_members m on m.tenant_id = p.tenant_id and m.status = 'active'
            where p.tenant_id = $1 and p.id = $2 and ($3::uuid is null or m.user_id = $3) and exists (
                select from iam_role_permissions r
                where r.tenant_id = m.tenant_id and r.role_id = m.role_id and r.permission = 'projects.read'
            )
        )
        select u.id, u.name, u.email::text as "email!", s.member_type
        from seen s join users u on u.id = s.user_id
        where (s.everybodys or s.manages or s.inside) and ($4 or s.inside or s.at_work or s.user_id = $5)
        order by lower(u.name), u.id"#,
        org.tenant().id.0,
        project.0,
        user.map(|user| user.0),
        org.permissions().contains(Permission::MembersRead),
        org.user().id().0,
    )
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Someone {
                id: row.id.into(),
                name: row.name,
                email: row.email,
                member_type: member_type(&row.member_type)?,
            })
        })
        .collect()
}
