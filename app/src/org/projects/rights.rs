//! What somebody can do with a project at this moment. What they cannot do is not offered; the domain refuses it anyway.

use contract::{
    iam::{MemberType, Permission},
    project::{ProjectRow, ProjectStatus},
    tenant::{Organization, TenantStatus},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each right stands for itself")]
pub struct Rights {
    pub edit: bool,
    /// Deciding who sees it. Guests give nothing on, and visits decide nothing of the kind.
    pub share: bool,
    pub archive: bool,
    pub unarchive: bool,
    pub delete: bool,
    pub restore: bool,
    pub create_tasks: bool,
    pub update_tasks: bool,
    pub delete_tasks: bool,
}

pub fn may_create(organization: &Organization) -> bool {
    organization.is_open_for_work() && organization.permissions.contains(Permission::ProjectsCreate)
}

impl Rights {
    pub fn of(organization: &Organization, project: &ProjectRow) -> Self {
        let may = |permission| organization.is_open_for_work() && organization.permissions.contains(permission);
        // What exceeds the plan is read and not changed.
        let change = |permission| !project.paused && may(permission);
        // What makes an organization smaller is possible also when it is not paid for.
        let relief =
            |permission| organization.status == TenantStatus::Active && organization.permissions.contains(permission);
        let in_bin = project.deleted.is_some();
        let active = !in_bin && project.status == ProjectStatus::Active;
        Self {
            edit: active && change(Permission::ProjectsUpdate),
            share: !in_bin
                && change(Permission::ProjectsUpdate)
                && organization.member_type == MemberType::Member
                && organization.visit.is_none(),
            archive: active && relief(Permission::ProjectsUpdate),
            unarchive: !in_bin && !active && change(Permission::ProjectsUpdate),
            delete: !in_bin && relief(Permission::ProjectsDelete),
            restore: in_bin && may(Permission::ProjectsDelete),
            create_tasks: active && change(Permission::TasksCreate),
            update_tasks: active && change(Permission::TasksUpdate),
            delete_tasks: active && change(Permission::TasksDelete),
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::{
        billing::{BillingStanding, BillingState, Pill},
        iam::DefaultRole,
        ids::ProjectId,
        project::Visibility,
        slug::Slug,
        time::Moment,
    };

    use super::*;

    fn organization(role: DefaultRole, status: TenantStatus) -> Organization {
        Organization {
            flags: contract::flag::FlagSet::default(),
            slug: Slug::parse("acme").unwrap(),
            name: "Acme".to_owned(),
            status,
            plan: "Starter".to_owned(),
            features: Vec::new(),
            billing: BillingStanding {
                state: BillingState::Active,
                pill: Pill::Paid,
                banner: None,
                days_left: None,
                until: None,
            },
            paused: false,
            purge_after: None,
            role: role.name().to_owned(),
            member_type: MemberType::Member,
            permissions: role.permissions().iter().copied().collect(),
            ownership_offered: false,
            memberships: Vec::new(),
            maintenance: None,
            visit: None,
        }
    }

    fn project(status: ProjectStatus, in_bin: bool) -> ProjectRow {
        let moment = Moment {
            iso: String::new(),
            text: String::new(),
        };
        ProjectRow {
            id: ProjectId("01890a5d-ac96-774b-bcce-b302099a8057".parse().unwrap()),
            name: String::new(),
            description: String::new(),
            status,
            visibility: Visibility::Organization,
            workspace: None,
            open_tasks: 0,
            done_tasks: 0,
            paused: false,
            updated: moment.clone(),
            deleted: in_bin.then_some(moment),
        }
    }

    const NOTHING: Rights = Rights {
        edit: false,
        share: false,
        archive: false,
        unarchive: false,
        delete: false,
        restore: false,
        create_tasks: false,
        update_tasks: false,
        delete_tasks: false,
    };

    #[test]
    fn an_inactive_organization_offers_nothing() {
        let suspended = organization(DefaultRole::Owner, TenantStatus::Suspended);
        assert_eq!(Rights::of(&suspended, &project(ProjectStatus::Active, false)), NOTHING);
        assert!(!may_create(&suspended));
    }

    #[test]
    fn what_exceeds_the_plan_can_be_put_away_and_nothing_else() {
        let owner = organization(DefaultRole::Owner, TenantStatus::Active);
        let paused = ProjectRow {
            paused: true,
            ..project(ProjectStatus::Active, false)
        };
        let relief = Rights {
            archive: true,
            delete: true,
            ..NOTHING
        };
        assert_eq!(Rights::of(&owner, &paused), relief);
    }

    #[test]
    fn in_the_bin_there_is_only_the_way_out() {
        let owner = organization(DefaultRole::Owner, TenantStatus::Active);
        let rights = Rights::of(&owner, &project(ProjectStatus::Active, true));
        assert_eq!(
            rights,
            Rights {
                restore: true,
                ..NOTHING
            }
        );
    }

    #[test]
    fn an_archived_project_can_be_taken_up_or_deleted() {
        let owner = organization(DefaultRole::Owner, TenantStatus::Active);
        let rights = Rights::of(&owner, &project(ProjectStatus::Archived, false));
        assert_eq!(
            rights,
            Rights {
                share: true,
                unarchive: true,
                delete: true,
                ..NOTHING
            }
        );
    }

    #[test]
    fn a_member_works_but_does_not_delete_projects() {
        let member = organization(DefaultRole::Member, TenantStatus::Active);
        let rights = Rights::of(&member, &project(ProjectStatus::Active, false));
        assert!(rights.edit && rights.archive && rights.create_tasks && rights.delete_tasks && !rights.delete);
        assert!(rights.share);
        let guest = Organization {
            member_type: MemberType::Guest,
            ..member
        };
        let rights = Rights::of(&guest, &project(ProjectStatus::Active, false));
        assert!(rights.edit && !rights.share, "whatever their role says");
    }
}
