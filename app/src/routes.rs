//! Every page there is, surface by surface.

use http::StatusCode;
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute},
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    account::{
        access::access_page::AccountAccessPage,
        activity_page::ActivityPage,
        close_page::ClosePage,
        organizations_page::OrganizationsPage,
        passkeys::{new_page::NewPasskeyPage, passkey_page::PasskeyPage},
        profile_page::ProfilePage,
        second_factor::{
            codes_page::CodesPage, remove_page::RemovePage as RemoveSecondFactorPage, setup_page::SetupPage,
        },
        security_page::SecurityPage,
        sessions_page::SessionsPage,
    },
    auth::{
        forgot_password_page::ForgotPasswordPage, goodbye_page::GoodbyePage, magic_link_page::MagicLinkPage,
        reset_password_page::ResetPasswordPage, resume_account_page::ResumeAccountPage,
        second_factor_page::SecondFactorPage, sign_in_page::SignInPage, sign_out_page::SignOutPage,
        sign_up_page::SignUpPage, verify_email_page::VerifyEmailPage,
    },
    dev::ComponentsPage,
    invitation::accept_page::AcceptInvitePage,
    org::{
        access::access_page::AccessPage,
        audit::audit_page::AuditPage,
        billing::{
            cancel_page::CancelPage, change_page::ChangePage, choose_page::ChoosePlanPage, keep_page::KeepPage,
            overview_page::BillingPage, plans_page::PlansPage, return_page::ReturnPage,
        },
        bin::bin_page::BinPage,
        danger::danger_page::DangerPage,
        general_settings_page::GeneralSettingsPage,
        people::{
            change_role_page::ChangeRolePage, change_type_page::ChangeTypePage,
            invitation_link_page::InvitationLinkPage, invite_page::InvitePage, leave_page::LeavePage,
            ownership_page::OwnershipPage, people_page::PeoplePage, person_page::PersonPage, remove_page::RemovePage,
            suspend_page::SuspendPage,
        },
        projects::{
            access_page::ProjectAccessPage, list_page::ProjectsPage, new_page::NewProjectPage,
            project_page::ProjectPage,
        },
        roles::{delete_page::DeleteRolePage, list_page::RolesPage, new_page::NewRolePage, role_page::RolePage},
        support::support_page::SupportPage,
        welcome_page::WelcomePage,
        workspaces::{delete_page::DeleteWorkspacePage, list_page::WorkspacesPage, workspace_page::WorkspacePage},
    },
    page,
    platform::{
        audit::audit_page::PlatformAuditPage,
        billing::{desk_page::RepairDeskPage, list_page::RepairListPage, repair_page::RepairPage},
        flags::{flag_page::FlagPage, list_page::FlagsPage},
        incidents::{incident_page::IncidentPage, list_page::IncidentsPage, new_page::NewIncidentPage},
        jobs::{board_page::JobsPage, history_page::JobHistoryPage, job_page::JobPage, schedule_page::JobSchedulePage},
        maintenance::maintenance_page::MaintenancePage,
        overview::overview_page::OverviewPage,
        plans::{list_page::PlatformPlansPage, plan_page::PlanPage, review_page::PlanReviewPage},
        reports::{list_page::ReportsPage, report_page::ReportPage},
        security::{block_page::BlockAddressPage, security_page::SecurityCentrePage},
        staff::{list_page::StaffPage, member_page::StaffMemberPage},
        support::{list_page::SupportSessionsPage, new_page::NewSupportPage, session_page::SupportSessionPage},
        tenants::{list_page::TenantsPage, suspension_page::TenantSuspensionPage, tenant_page::TenantPage},
        users::{
            factor_page::ClearSecondFactorPage, list_page::UsersPage, reset_page::PasswordResetPage,
            suspension_page::UserSuspensionPage, user_page::UserPage,
        },
        visits::{list_page::VisitsPage, new_page::NewVisitPage, visit_page::VisitPage},
        webhooks::{event_page::WebhookPage, list_page::WebhooksPage, replay_page::ReplayPage},
    },
    report::report_page::ReportProblemPage,
    response::set_status,
    site::{home::HomePage, pricing::PricingPage, status::StatusPage},
    staff_invitation::accept_page::AcceptStaffInvitePage,
};

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <FlatRoutes fallback=NotFound>
                <SiteRoutes/>
                <AuthRoutes/>
                <AccountRoutes/>
                <OrgRoutes/>
                <PlatformRoutes/>
            </FlatRoutes>
        </Router>
    }
}

/// What is for everybody, and the gallery of the pieces.
#[component(transparent)]
fn SiteRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
        <Route path=path!("/pricing") view=PricingPage ssr=SsrMode::Async/>
        <Route path=path!("/status") view=StatusPage ssr=SsrMode::Async/>
        <Route path=path!("/report") view=ReportProblemPage ssr=SsrMode::Async/>
        <Route path=path!("/dev/components") view=ComponentsPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// Coming in, going out, and joining.
#[component(transparent)]
fn AuthRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/sign-up") view=SignUpPage ssr=SsrMode::Async/>
        <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
        <Route path=path!("/sign-out") view=SignOutPage ssr=SsrMode::Async/>
        <Route path=path!("/verify-email") view=VerifyEmailPage ssr=SsrMode::Async/>
        <Route path=path!("/forgot-password") view=ForgotPasswordPage ssr=SsrMode::Async/>
        <Route path=path!("/reset-password") view=ResetPasswordPage ssr=SsrMode::Async/>
        <Route path=path!("/magic-link") view=MagicLinkPage ssr=SsrMode::Async/>
        <Route path=path!("/resume-account") view=ResumeAccountPage ssr=SsrMode::Async/>
        <Route path=path!("/second-factor") view=SecondFactorPage ssr=SsrMode::Async/>
        <Route path=path!("/goodbye") view=GoodbyePage ssr=SsrMode::Async/>
        <Route path=path!("/accept-invite") view=AcceptInvitePage ssr=SsrMode::Async/>
        <Route path=path!("/accept-staff-invite") view=AcceptStaffInvitePage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// One's own account.
#[component(transparent)]
fn AccountRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/account/profile") view=ProfilePage ssr=SsrMode::Async/>
        <Route path=path!("/account/security") view=SecurityPage ssr=SsrMode::Async/>
        <Route path=path!("/account/security/two-step") view=SetupPage ssr=SsrMode::Async/>
        <Route path=path!("/account/security/two-step/remove") view=RemoveSecondFactorPage ssr=SsrMode::Async/>
        <Route path=path!("/account/security/recovery-codes") view=CodesPage ssr=SsrMode::Async/>
        <Route path=path!("/account/security/passkeys/new") view=NewPasskeyPage ssr=SsrMode::Async/>
        <Route path=path!("/account/security/passkeys/:passkey") view=PasskeyPage ssr=SsrMode::Async/>
        <Route path=path!("/account/sessions") view=SessionsPage ssr=SsrMode::Async/>
        <Route path=path!("/account/organizations") view=OrganizationsPage ssr=SsrMode::Async/>
        <Route path=path!("/account/activity") view=ActivityPage ssr=SsrMode::Async/>
        <Route path=path!("/account/access") view=AccountAccessPage ssr=SsrMode::Async/>
        <Route path=path!("/account/close") view=ClosePage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// An organization, and the way to one.
#[component(transparent)]
fn OrgRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/choose-plan") view=ChoosePlanPage ssr=SsrMode::Async/>
        <Route path=path!("/welcome") view=WelcomePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/projects") view=ProjectsPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/projects/new") view=NewProjectPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/projects/:project") view=ProjectPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people") view=PeoplePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people/invite") view=InvitePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people/invite/link") view=InvitationLinkPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people/:person") view=PersonPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people/:person/role") view=ChangeRolePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people/:person/type") view=ChangeTypePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people/:person/suspend") view=SuspendPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/people/:person/remove") view=RemovePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/ownership") view=OwnershipPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/leave") view=LeavePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/projects/:project/access") view=ProjectAccessPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/workspaces") view=WorkspacesPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/workspaces/:workspace") view=WorkspacePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/workspaces/:workspace/delete") view=DeleteWorkspacePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/general") view=GeneralSettingsPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/billing") view=BillingPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/billing/plans") view=PlansPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/billing/change") view=ChangePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/billing/return") view=ReturnPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/billing/cancel") view=CancelPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/billing/keep") view=KeepPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/bin") view=BinPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/danger") view=DangerPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/roles") view=RolesPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/roles/new") view=NewRolePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/roles/:role") view=RolePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/roles/:role/delete") view=DeleteRolePage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/access") view=AccessPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/support") view=SupportPage ssr=SsrMode::Async/>
        <Route path=path!("/o/:org/settings/audit") view=AuditPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

/// Where the staff work.
#[component(transparent)]
fn PlatformRoutes() -> AnyNestedRoute {
    view! {
        <Route path=path!("/platform/visits") view=VisitsPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/visits/new") view=NewVisitPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/visits/:visit") view=VisitPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/billing") view=RepairListPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/billing/:tenant") view=RepairDeskPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/billing/:tenant/:repair") view=RepairPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/plans") view=PlatformPlansPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/plans/:plan") view=PlanPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/plans/:plan/review") view=PlanReviewPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/webhooks") view=WebhooksPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/webhooks/replay") view=ReplayPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/webhooks/:event") view=WebhookPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/support") view=SupportSessionsPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/support/new") view=NewSupportPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/support/:session") view=SupportSessionPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/jobs") view=JobsPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/jobs/history") view=JobHistoryPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/jobs/schedule") view=JobSchedulePage ssr=SsrMode::Async/>
        <Route path=path!("/platform/jobs/:job") view=JobPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/reports") view=ReportsPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/reports/:report") view=ReportPage ssr=SsrMode::Async/>
        <Route path=path!("/platform") view=OverviewPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/tenants") view=TenantsPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/tenants/:tenant") view=TenantPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/tenants/:tenant/suspension") view=TenantSuspensionPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/users") view=UsersPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/users/:user") view=UserPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/users/:user/suspension") view=UserSuspensionPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/users/:user/reset") view=PasswordResetPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/users/:user/second-factor") view=ClearSecondFactorPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/incidents") view=IncidentsPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/incidents/new") view=NewIncidentPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/incidents/:incident") view=IncidentPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/maintenance") view=MaintenancePage ssr=SsrMode::Async/>
        <Route path=path!("/platform/audit") view=PlatformAuditPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/flags") view=FlagsPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/flags/:flag") view=FlagPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/security") view=SecurityCentrePage ssr=SsrMode::Async/>
        <Route path=path!("/platform/security/block") view=BlockAddressPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/staff") view=StaffPage ssr=SsrMode::Async/>
        <Route path=path!("/platform/staff/:staff") view=StaffMemberPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}

#[component]
fn NotFound() -> impl IntoView {
    set_status(StatusCode::NOT_FOUND);
    page::failed_alone(&contract::Error::NotFound)
}
