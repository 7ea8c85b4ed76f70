//! Every server function, who may call it, and what it takes. One that is missing here fails the tests.

use contract::iam::{Permission as P, PermissionSet};
use leptos::server_fn::axum::server_fn_paths;

use crate::{
    harness::{Answer, Browser, form},
    work::Work,
};

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    Anybody,
    SignedIn,
    Member,
    /// Whoever is inside and whom it concerns: what they do with their own place.
    Own,
    /// Members whose role has this right.
    Right(P),
}

impl Guard {
    /// Whether it lets in a member with these rights.
    pub fn admits(self, rights: PermissionSet) -> bool {
        match self {
            Self::Anybody | Self::SignedIn | Self::Member | Self::Own => true,
            Self::Right(right) => rights.contains(right),
        }
    }

    /// Whether it stands inside an organization.
    pub fn is_inside(self) -> bool {
        matches!(self, Self::Member | Self::Own | Self::Right(_))
    }
}

/// Where an argument comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Org,
    Project,
    BinnedProject,
    ArchivedProject,
    Task,
    BinnedTask,
    Session,
    Role,
    RoleVersion,
    /// Somebody of the organization in a role without any right, whom everybody may touch.
    Person,
    SuspendedPerson,
    /// Another role without any right.
    EmptyRole,
    /// An open offer of the organization.
    Offer,
    Workspace,
    /// Of the organization, and given the project.
    Guest,
    /// One that is open.
    Invitation,
    /// What became of a paste.
    Batch,
    /// A visit of the staff that goes on.
    Visit,
    /// Somebody of the staff asks to be let in.
    SupportRequest,
    /// Somebody of the staff who was let in, and is in.
    SupportSession,
    Text(&'static str),
}

#[derive(Debug, Clone, Copy)]
pub struct Function {
    pub path: &'static str,
    pub guard: Guard,
    pub fields: &'static [(&'static str, Source)],
}

const fn function(path: &'static str, guard: Guard, fields: &'static [(&'static str, Source)]) -> Function {
    Function { path, guard, fields }
}

use Guard::{Anybody, Member, Own, Right, SignedIn};
use Source::{
    ArchivedProject, Batch, BinnedProject, BinnedTask, EmptyRole, Guest, Invitation, Offer, Org, Person, Project, Role,
    RoleVersion, Session, SupportRequest, SupportSession, SuspendedPerson, Task, Text, Visit, Workspace,
};

const NEW_PASSWORD: Source = Text("another fine horse battery 77");

pub const FUNCTIONS: &[Function] = &[
    function(
        "/api/app/auth/sign_up/sign_up",
        Anybody,
        &[
            ("name", Text("Zoe")),
            ("email", Text("zoe@example.test")),
            ("password", NEW_PASSWORD),
            ("terms", Text("on")),
        ],
    ),
    function(
        "/api/app/auth/sign_in/sign_in",
        Anybody,
        &[("email", Text("zoe@example.test")), ("password", Text("wrong horse"))],
    ),
    function("/api/app/auth/sign_out/sign_out", Anybody, &[]),
    function(
        "/api/app/auth/verify_email/verify_email",
        SignedIn,
        &[("token", Text("nothing"))],
    ),
    function(
        "/api/app/auth/forgot_password/forgot_password",
        Anybody,
        &[("email", Text("zoe@example.test"))],
    ),
    function(
        "/api/app/auth/reset_password/reset_password",
        Anybody,
        &[("token", Text("nothing")), ("password", NEW_PASSWORD)],
    ),
    function(
        "/api/app/auth/request_magic_link/request_magic_link",
        Anybody,
        &[("email", Text("zoe@example.test"))],
    ),
    function(
        "/api/app/auth/redeem_magic_link/redeem_magic_link",
        Anybody,
        &[("token", Text("nothing"))],
    ),
    function(
        "/api/app/auth/password_strength/password_strength",
        Anybody,
        &[("password", Text("abc"))],
    ),
    function(
        "/api/app/auth/enter_demo/enter_demo",
        Anybody,
        &[("who", Text("owner"))],
    ),
    function("/api/app/auth/resend_verification/resend_verification", SignedIn, &[]),
    function(
        "/api/app/auth/prove_second_factor/prove_second_factor",
        Anybody,
        &[("code", Text("000000"))],
    ),
    function(
        "/api/app/auth/begin_passkey_sign_in/begin_passkey_sign_in",
        Anybody,
        &[],
    ),
    function(
        "/api/app/auth/sign_in_by_passkey/sign_in_by_passkey",
        Anybody,
        &[("credential", Text("{}"))],
    ),
    function("/api/app/auth/begin_passkey_proof/begin_passkey_proof", Anybody, &[]),
    function(
        "/api/app/auth/prove_by_passkey/prove_by_passkey",
        Anybody,
        &[("credential", Text("{}"))],
    ),
    function("/api/app/account/passkeys/begin_passkey/begin_passkey", SignedIn, &[]),
    function(
        "/api/app/account/passkeys/add_passkey/add_passkey",
        SignedIn,
        &[("name", Text("Laptop")), ("credential", Text("{}"))],
    ),
    function(
        "/api/app/account/passkeys/rename_passkey/rename_passkey",
        SignedIn,
        &[
            ("passkey", Text("00000000-0000-0000-0000-000000000000")),
            ("name", Text("Laptop")),
        ],
    ),
    function(
        "/api/app/account/passkeys/remove_passkey/remove_passkey",
        SignedIn,
        &[("passkey", Text("00000000-0000-0000-0000-000000000000"))],
    ),
    function("/api/app/account/second_factor/begin_setup/begin_setup", SignedIn, &[]),
    function(
        "/api/app/account/second_factor/confirm_setup/confirm_setup",
        SignedIn,
        &[("code", Text("000000"))],
    ),
    function(
        "/api/app/account/second_factor/keep_recovery_codes/keep_recovery_codes",
        SignedIn,
        &[("kept", Text("on"))],
    ),
    function(
        "/api/app/account/second_factor/renew_recovery_codes/renew_recovery_codes",
        SignedIn,
        &[],
    ),
    function(
        "/api/app/account/second_factor/remove_second_factor/remove_second_factor",
        SignedIn,
        &[],
    ),
    function("/api/app/account/theme/set_theme", Anybody, &[("theme", Text("dark"))]),
    function("/api/app/account/viewer/viewer", SignedIn, &[]),
    function(
        "/api/app/account/dismiss_incident/dismiss_incident",
        SignedIn,
        &[("incident", Text("nothing"))],
    ),
    function("/api/app/account/closing/closing", SignedIn, &[]),
    function("/api/app/account/deactivate_account/deactivate_account", SignedIn, &[]),
    function(
        "/api/app/account/delete_account/delete_account",
        SignedIn,
        &[("confirm", Text("nobody@example.test"))],
    ),
    function(
        "/api/app/auth/resume_account/resume_account",
        Anybody,
        &[("token", Text("nothing"))],
    ),
    function("/api/app/account/memberships/memberships", SignedIn, &[]),
    function("/api/app/account/profile/profile", SignedIn, &[]),
    function("/api/app/account/sessions/sessions", SignedIn, &[]),
    function("/api/app/account/activity/activity", SignedIn, &[]),
    function(
        "/api/app/account/access/list_account_access/list_account_access",
        SignedIn,
        &[],
    ),
    function(
        "/api/app/account/access/get_account_access/get_account_access",
        SignedIn,
        &[("id", Visit)],
    ),
    function(
        "/api/app/account/access/end_own_visit/end_own_visit",
        SignedIn,
        &[("visit", Visit)],
    ),
    function(
        "/api/app/account/update_profile/update_profile",
        SignedIn,
        &[
            ("name", Text("Zoe")),
            ("locale", Text("en")),
            ("time_zone", Text("UTC")),
            ("theme", Text("dark")),
        ],
    ),
    function(
        "/api/app/account/change_password/change_password",
        SignedIn,
        &[("current_password", Text("wrong horse")), ("password", NEW_PASSWORD)],
    ),
    function(
        "/api/app/account/revoke_session/revoke_session",
        SignedIn,
        &[("session", Session)],
    ),
    function(
        "/api/app/account/revoke_other_sessions/revoke_other_sessions",
        SignedIn,
        &[],
    ),
    function(
        "/api/app/org/check_slug/check_slug",
        SignedIn,
        &[("value", Text("somewhere"))],
    ),
    function(
        "/api/app/org/create_organization/create_organization",
        SignedIn,
        &[("name", Text("Elsewhere")), ("slug", Text("elsewhere"))],
    ),
    function(
        "/api/app/staff_invitation/look_up_staff_invitation/look_up_staff_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/staff_invitation/join_staff/join_staff",
        Anybody,
        &[
            ("code", Text("nothing")),
            ("name", Text("Somebody")),
            ("password", Text("correct horse battery staple 42")),
        ],
    ),
    function(
        "/api/app/staff_invitation/accept_staff_invitation/accept_staff_invitation",
        SignedIn,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/look_up_invitation/look_up_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/accept_invitation/accept_invitation",
        SignedIn,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/decline_invitation/decline_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/ask_for_invitation/ask_for_invitation",
        Anybody,
        &[("code", Text("nothing"))],
    ),
    function(
        "/api/app/invitation/waiting_invitations/waiting_invitations",
        SignedIn,
        &[],
    ),
    function(
        "/api/app/org/people/invite_choices/invite_choices",
        Right(P::MembersInvite),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/invite_report/invite_report",
        Right(P::MembersInvite),
        &[("org", Org), ("batch", Batch)],
    ),
    function(
        "/api/app/org/people/invite_people/invite_people",
        Right(P::MembersInvite),
        &[
            ("org", Org),
            ("addresses", Text("planted@example.test")),
            ("role", EmptyRole),
        ],
    ),
    function(
        "/api/app/org/people/resend_invitation/resend_invitation",
        Right(P::MembersInvite),
        &[("org", Org), ("invitation", Invitation)],
    ),
    function(
        "/api/app/org/people/revoke_invitation/revoke_invitation",
        Right(P::MembersInvite),
        &[("org", Org), ("invitation", Invitation)],
    ),
    function(
        "/api/app/org/people/copy_invitation_link/copy_invitation_link",
        Right(P::MembersInvite),
        &[("org", Org), ("invitation", Invitation)],
    ),
    function("/api/app/org/organization/organization", Member, &[("org", Org)]),
    function(
        "/api/app/org/update_organization/update_organization",
        Right(P::TenantUpdate),
        &[("org", Org), ("name", Text("Taken over")), ("slug", Text("taken-over"))],
    ),
    function(
        "/api/app/org/require_second_factor/require_second_factor",
        Right(P::TenantUpdate),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/access/list_access/list_access",
        Right(P::AuditRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/access/get_access/get_access",
        Right(P::AuditRead),
        &[("org", Org), ("visit", Visit)],
    ),
    function(
        "/api/app/org/access/end_visit/end_visit",
        Right(P::TenantDelete),
        &[("org", Org), ("visit", Visit)],
    ),
    function(
        "/api/app/org/support/support_overview/support_overview",
        Right(P::TenantUpdate),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/support/support_session/support_session",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportSession)],
    ),
    function(
        "/api/app/org/support/set_support_policy/set_support_policy",
        Right(P::TenantUpdate),
        &[("org", Org), ("policy", Text("always_read_only"))],
    ),
    function(
        "/api/app/org/support/offer_support/offer_support",
        Right(P::TenantUpdate),
        &[
            ("org", Org),
            ("areas[]", Text("work")),
            ("mode", Text("read")),
            ("hours", Text("4")),
            ("reason", Text("Our board looks strange")),
        ],
    ),
    function(
        "/api/app/org/support/approve_support/approve_support",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportRequest), ("hours", Text("1"))],
    ),
    function(
        "/api/app/org/support/deny_support/deny_support",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportRequest)],
    ),
    function(
        "/api/app/org/support/end_support/end_support",
        Right(P::TenantUpdate),
        &[("org", Org), ("session", SupportSession)],
    ),
    function(
        "/api/app/org/audit/list_audit/list_audit",
        Right(P::AuditRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/bin/list_bin/list_bin",
        Right(P::ProjectsDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/ending/ending",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/deactivate_organization/deactivate_organization",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/reactivate_organization/reactivate_organization",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/danger/delete_organization/delete_organization",
        Right(P::TenantDelete),
        &[("org", Org), ("confirm", Text("acme"))],
    ),
    function(
        "/api/app/org/danger/restore_organization/restore_organization",
        Right(P::TenantDelete),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/roles/list_roles/list_roles",
        Right(P::RolesRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/roles/get_role/get_role",
        Right(P::RolesRead),
        &[("org", Org), ("role", Role)],
    ),
    function(
        "/api/app/org/roles/create_role/create_role",
        Right(P::RolesManage),
        &[
            ("org", Org),
            ("name", Text("Planted")),
            ("permissions[]", Text("projects.read")),
        ],
    ),
    function(
        "/api/app/org/roles/update_role/update_role",
        Right(P::RolesManage),
        &[
            ("org", Org),
            ("role", Role),
            ("version", RoleVersion),
            ("name", Text("Mine")),
            ("permissions[]", Text("projects.read")),
        ],
    ),
    function(
        "/api/app/org/roles/delete_role/delete_role",
        Right(P::RolesManage),
        &[("org", Org), ("role", Role)],
    ),
    function(
        "/api/app/org/people/list_people/list_people",
        Right(P::MembersRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/get_person/get_person",
        Right(P::MembersRead),
        &[("org", Org), ("person", Person)],
    ),
    function(
        "/api/app/org/people/preview_role/preview_role",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("role", EmptyRole)],
    ),
    function(
        "/api/app/org/people/preview_type/preview_type",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("member_type", Text("guest"))],
    ),
    function(
        "/api/app/org/people/change_role/change_role",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("role", EmptyRole)],
    ),
    function(
        "/api/app/org/people/change_type/change_type",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person), ("member_type", Text("guest"))],
    ),
    function(
        "/api/app/org/people/suspend_person/suspend_person",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", Person)],
    ),
    function(
        "/api/app/org/people/restore_person/restore_person",
        Right(P::MembersUpdate),
        &[("org", Org), ("person", SuspendedPerson)],
    ),
    function(
        "/api/app/org/people/remove_person/remove_person",
        Right(P::MembersRemove),
        &[("org", Org), ("person", Person)],
    ),
    function(
        "/api/app/org/people/leave_organization/leave_organization",
        Own,
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/offer_ownership/offer_ownership",
        Right(P::TenantDelete),
        &[("org", Org), ("person", Person), ("confirm", Text("acme"))],
    ),
    function(
        "/api/app/org/people/ownership_offer/ownership_offer",
        Member,
        &[("org", Org)],
    ),
    function(
        "/api/app/org/people/accept_ownership/accept_ownership",
        Own,
        &[("org", Org), ("offer", Offer)],
    ),
    function(
        "/api/app/org/people/decline_ownership/decline_ownership",
        Own,
        &[("org", Org), ("offer", Offer)],
    ),
    function(
        "/api/app/org/people/withdraw_ownership/withdraw_ownership",
        Right(P::TenantDelete),
        &[("org", Org), ("offer", Offer)],
    ),
    function(
        "/api/app/org/projects/list_projects/list_projects",
        Right(P::ProjectsRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/projects/search_projects/search_projects",
        Right(P::ProjectsRead),
        &[("org", Org), ("text", Text("e"))],
    ),
    function(
        "/api/app/org/projects/get_project/get_project",
        Right(P::ProjectsRead),
        &[("org", Org), ("project", Project)],
    ),
    function(
        "/api/app/org/projects/create_project/create_project",
        Right(P::ProjectsCreate),
        &[("org", Org), ("name", Text("Planted"))],
    ),
    function(
        "/api/app/org/projects/update_project/update_project",
        Right(P::ProjectsUpdate),
        &[
            ("org", Org),
            ("project", Project),
            ("name", Text("Mine")),
            ("description", Text("")),
        ],
    ),
    function(
        "/api/app/org/projects/rename_project/rename_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project), ("name", Text("Mine"))],
    ),
    function(
        "/api/app/org/projects/archive_project/archive_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project)],
    ),
    function(
        "/api/app/org/projects/unarchive_project/unarchive_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", ArchivedProject)],
    ),
    function(
        "/api/app/org/projects/delete_project/delete_project",
        Right(P::ProjectsDelete),
        &[("org", Org), ("project", Project)],
    ),
    function(
        "/api/app/org/projects/restore_project/restore_project",
        Right(P::ProjectsDelete),
        &[("org", Org), ("project", BinnedProject)],
    ),
    function(
        "/api/app/org/projects/create_task/create_task",
        Right(P::TasksCreate),
        &[("org", Org), ("project", Project), ("title", Text("Planted"))],
    ),
    function(
        "/api/app/org/projects/update_task/update_task",
        Right(P::TasksUpdate),
        &[("org", Org), ("task", Task), ("title", Text("Mine"))],
    ),
    function(
        "/api/app/org/projects/set_task_state/set_task_state",
        Right(P::TasksUpdate),
        &[("org", Org), ("task", Task), ("state", Text("done"))],
    ),
    function(
        "/api/app/org/projects/plan_task/plan_task",
        Right(P::TasksUpdate),
        &[("org", Org), ("task", Task), ("due_on", Text("2026-05-01"))],
    ),
    function(
        "/api/app/org/projects/delete_task/delete_task",
        Right(P::TasksDelete),
        &[("org", Org), ("task", Task)],
    ),
    function(
        "/api/app/org/projects/restore_task/restore_task",
        Right(P::TasksDelete),
        &[("org", Org), ("task", BinnedTask)],
    ),
    function(
        "/api/app/org/projects/get_project_access/get_project_access",
        Right(P::ProjectsRead),
        &[("org", Org), ("project", Project)],
    ),
    function(
        "/api/app/org/projects/share_project/share_project",
        Right(P::ProjectsUpdate),
        &[
            ("org", Org),
            ("project", Project),
            ("workspace", Workspace),
            ("visibility", Text("organization")),
        ],
    ),
    function(
        "/api/app/org/projects/give_project/give_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project), ("person", Guest)],
    ),
    function(
        "/api/app/org/projects/take_back_project/take_back_project",
        Right(P::ProjectsUpdate),
        &[("org", Org), ("project", Project), ("person", Guest)],
    ),
    function(
        "/api/app/org/workspaces/list_workspaces/list_workspaces",
        Right(P::ProjectsRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/workspaces/workspace_choices/workspace_choices",
        Right(P::ProjectsRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/workspaces/get_workspace/get_workspace",
        Right(P::ProjectsRead),
        &[("org", Org), ("workspace", Workspace)],
    ),
    function(
        "/api/app/org/workspaces/create_workspace/create_workspace",
        Right(P::WorkspacesManage),
        &[("org", Org), ("name", Text("Planted"))],
    ),
    function(
        "/api/app/org/workspaces/rename_workspace/rename_workspace",
        Right(P::WorkspacesManage),
        &[("org", Org), ("workspace", Workspace), ("name", Text("Team"))],
    ),
    function(
        "/api/app/org/workspaces/add_workspace_member/add_workspace_member",
        Right(P::WorkspacesManage),
        &[("org", Org), ("workspace", Workspace), ("person", Guest)],
    ),
    function(
        "/api/app/org/workspaces/remove_workspace_member/remove_workspace_member",
        Right(P::WorkspacesManage),
        &[("org", Org), ("workspace", Workspace), ("person", Guest)],
    ),
    function(
        "/api/app/org/workspaces/delete_workspace/delete_workspace",
        Right(P::WorkspacesManage),
        &[
            ("org", Org),
            ("workspace", Workspace),
            ("confirm", Text("Team")),
            ("projects", Text("organization")),
        ],
    ),
    function(
        "/api/app/org/billing/billing_overview/billing_overview",
        Right(P::BillingRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/plan_choices/plan_choices",
        Right(P::BillingRead),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/preview_change/preview_change",
        Right(P::BillingManage),
        &[
            ("org", Org),
            ("plan", Text("team")),
            ("interval", Text("month")),
            ("seats", Text("5")),
        ],
    ),
    function(
        "/api/app/org/billing/start_checkout/start_checkout",
        Right(P::BillingManage),
        &[
            ("org", Org),
            ("plan", Text("team")),
            ("interval", Text("month")),
            ("seats", Text("5")),
        ],
    ),
    function(
        "/api/app/org/billing/confirm_checkout/confirm_checkout",
        Right(P::BillingManage),
        &[("org", Org), ("checkout", Text("nothing"))],
    ),
    function(
        "/api/app/org/billing/change_plan/change_plan",
        Right(P::BillingManage),
        &[
            ("org", Org),
            ("plan", Text("team")),
            ("interval", Text("month")),
            ("seats", Text("5")),
            ("version", Text("0")),
        ],
    ),
    function(
        "/api/app/org/billing/change_seats/change_seats",
        Right(P::BillingManage),
        &[("org", Org), ("seats", Text("5")), ("version", Text("0"))],
    ),
    function(
        "/api/app/org/billing/drop_change/drop_change",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/cancel_subscription/cancel_subscription",
        Right(P::BillingManage),
        &[("org", Org), ("reason", Text("just_testing"))],
    ),
    function(
        "/api/app/org/billing/undo_cancel/undo_cancel",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/keep_choices/keep_choices",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/keep_in_use/keep_in_use",
        Right(P::BillingManage),
        &[("org", Org), ("projects[]", Project)],
    ),
    function(
        "/api/app/org/billing/open_portal/open_portal",
        Right(P::BillingManage),
        &[("org", Org)],
    ),
    function(
        "/api/app/org/billing/open_invoice/open_invoice",
        Right(P::BillingRead),
        &[("org", Org), ("invoice", Text("nothing"))],
    ),
];

impl Function {
    pub fn takes(&self, from: Source) -> bool {
        self.fields.iter().any(|(_, field)| *field == from)
    }

    /// Whether it is about bills, which the product of these tests has nobody to send to.
    pub fn is_about_bills(&self) -> bool {
        self.path.starts_with("/api/app/org/billing/")
    }

    /// What an owner is answered about the bills of an organization that has bought nothing, where there is nobody to pay.
    pub fn without_bills(&self) -> Option<u16> {
        let name = self.path.strip_prefix("/api/app/org/billing/")?.split('/').next()?;
        Some(match name {
            "billing_overview" | "plan_choices" | "keep_choices" | "keep_in_use" => 200,
            "confirm_checkout" => 404,
            "preview_change" => 409,
            _ => 503,
        })
    }

    /// Calls it with these things, and in the organization of that name.
    pub async fn call(&self, browser: &mut Browser, work: &Work, org: &str) -> Answer {
        self.call_with(browser, work, org, &[]).await
    }

    /// Sends it as a form without JavaScript, from the page that everybody comes in by.
    pub async fn press(&self, browser: &mut Browser, work: &Work, org: &str) -> Answer {
        let values = self.values(work, org);
        let fields: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, &**value)).collect();
        browser
            .post_form(&format!("/o/{org}/projects"), self.path, &fields)
            .await
    }

    /// The same with fields that it does not ask for.
    pub async fn call_with(&self, browser: &mut Browser, work: &Work, org: &str, more: &[(&str, &str)]) -> Answer {
        let values = self.values(work, org);
        let fields: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .chain(more.iter().copied().filter(|(name, _)| !self.asks_for(name)))
            .collect();
        self.send(browser, &fields).await
    }

    /// The same with these in the place of what it would be told.
    pub async fn call_instead(&self, browser: &mut Browser, work: &Work, instead: &[(&str, &str)]) -> Answer {
        let values = self.values(work, &work.slug);
        let fields: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .filter(|(name, _)| instead.iter().all(|(other, _)| other != name))
            .chain(instead.iter().copied())
            .collect();
        self.send(browser, &fields).await
    }

    async fn send(&self, browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
        if self.reads() {
            browser.get_json(&format!("{}?{}", self.path, form(fields))).await
        } else {
            browser.post(self.path, fields).await
        }
    }

    fn values(&self, work: &Work, org: &str) -> Vec<(&'static str, String)> {
        self.fields
            .iter()
            .map(|(name, from)| {
                (
                    *name,
                    if *from == Org {
                        org.to_owned()
                    } else {
                        work.value(*from)
                    },
                )
            })
            .collect()
    }

    pub fn asks_for(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| *name == field)
    }

    pub fn reads(&self) -> bool {
        server_fn_paths().any(|(path, method)| path == self.path && method == axum::http::Method::GET)
    }
}

#[test]
fn every_server_function_is_known_here() {
    let mut there: Vec<_> = server_fn_paths().map(|(path, _)| path).collect();
    let of_staff = crate::platform::functions::all().map(|function| function.path);
    let mut known: Vec<_> = FUNCTIONS.iter().map(|function| function.path).chain(of_staff).collect();
    there.sort_unstable();
    known.sort_unstable();
    assert_eq!(there, known);
}
