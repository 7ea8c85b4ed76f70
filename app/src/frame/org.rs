//! The frame of an organization's pages: switcher, navigation, palette, trial, banners.

use std::future::Future;

use contract::{
    account::Viewer,
    billing::{BillingStanding, BillingState},
    error::Result,
    iam::{MemberType, Permission, PermissionSet},
    tenant::{Organization, TenantStatus},
    time::Moment,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    menus::{AccountMenu, Appearance, Palette, VerifyBanner, palette},
    notice::Notices,
};
use crate::{
    account::viewer::viewer,
    messages,
    org::{danger::inactive::inactive, organization::organization},
    page,
};

/// Which entry of the navigation is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Projects,
    People,
    Workspaces,
    General,
    Audit,
    Bin,
    Danger,
    Roles,
}

/// The slug in the URL.
pub fn slug() -> String {
    use_params_map()
        .with_untracked(|params| params.get("org"))
        .unwrap_or_default()
}

/// A page of the organization in the URL. The frame is shown as soon as the person may be in it, also around a page that
/// cannot be shown.
pub fn org_page<F>(section: Section, body: impl FnOnce(Organization) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<AnyView>> + Send + 'static,
{
    let slug = slug();
    page::load(async move {
        let organization = match organization(slug.clone()).await {
            Err(contract::Error::NotFound) => {
                return if moved(&slug).await? {
                    Ok(().into_any())
                } else {
                    Err(contract::Error::NotFound)
                };
            }
            // Out of their reach: they hear why, and whom to ask.
            Err(contract::Error::TenantInactive) => return inactive(&slug).await,
            other => other?,
        };
        let viewer = viewer().await?;
        let content = match body(organization.clone()).await {
            Ok(content) => content,
            Err(error) => page::failed(&error),
        };
        Ok(view! { <OrgFrame section=section organization=organization viewer=viewer content=content/> }.into_any())
    })
}

/// Leads from an organization's old address to the same page at the new one, if this is an old address.
async fn moved(slug: &str) -> Result<bool> {
    let user = crate::session::user().await?;
    let deps = crate::session::deps()?;
    let Some(current) = domain::tenants::current_slug::current_slug(&user, &deps, slug).await? else {
        return Ok(false);
    };
    let rest = page::requested();
    let rest = rest.strip_prefix(&format!("/o/{slug}")).unwrap_or_default();
    crate::response::redirect_to(&format!("/o/{current}{rest}"));
    Ok(true)
}

/// What is said of an organization that cannot be worked in, instead of anything else.
pub fn standing(status: TenantStatus) -> Option<&'static str> {
    let texts = &messages::current().danger;
    match status {
        TenantStatus::Active => None,
        TenantStatus::Suspended => Some(texts.suspended_word),
        TenantStatus::Deactivated => Some(texts.paused_word),
        TenantStatus::Deleting => Some(texts.deleted_word),
    }
}

/// Over every page of an organization that cannot be worked in: why, and the way out for who may take it.
#[component]
fn Standing(slug: String, status: TenantStatus, until: Option<Moment>, permissions: PermissionSet) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.danger;
    let text = match status {
        TenantStatus::Active => return ().into_any(),
        TenantStatus::Suspended => messages.frame.inactive_banner.to_owned(),
        TenantStatus::Deactivated => texts.paused_banner.to_owned(),
        TenantStatus::Deleting => (texts.deleted_banner)(&until.map(|until| until.text).unwrap_or_default()),
    };
    if status == TenantStatus::Suspended || !permissions.contains(Permission::TenantDelete) {
        return view! { <ui::Banner tone=ui::Tone::Warning>{text}</ui::Banner> }.into_any();
    }
    let action = view! {
        <ui::Button
            href=format!("/o/{slug}/settings/danger")
            size=ui::ButtonSize::Small
            variant=ui::ButtonVariant::Secondary
        >
            {texts.banner_action}
        </ui::Button>
    };
    view! { <ui::Banner tone=ui::Tone::Warning action=action.into_any()>{text}</ui::Banner> }.into_any()
}

/// Whole days that remain of the trial; none once it is over, `None` when there is no trial.
pub fn trial_days_left(billing: &BillingStanding) -> Option<u32> {
    match billing.state {
        BillingState::Trialing => billing.days_left,
        BillingState::None => Some(0),
        _ => None,
    }
}

#[component]
fn OrgFrame(section: Section, organization: Organization, viewer: Viewer, content: AnyView) -> impl IntoView {
    let texts = &messages::current().frame;
    let items = palette(Some(&organization), &organization.memberships);
    let Organization {
        slug,
        name,
        status,
        purge_after,
        billing,
        member_type,
        permissions,
        memberships,
        plan,
        ownership_offered,
        ..
    } = organization;
    let entry = |membership: &contract::tenant::Membership| ui::SwitcherEntry {
        name: membership.name.clone().into(),
        detail: standing(membership.status)
            .unwrap_or(&membership.role)
            .to_owned()
            .into(),
        href: format!("/o/{}/projects", membership.slug).into(),
        logo: None::<String>.into(),
        current: membership.slug == slug,
    };
    let current = ui::SwitcherEntry {
        name: name.clone().into(),
        detail: standing(status).map_or(plan, ToOwned::to_owned).into(),
        href: format!("/o/{slug}/projects").into(),
        logo: None::<String>.into(),
        current: true,
    };
    let entries = memberships.iter().map(entry).collect::<Vec<_>>();
    let footer = view! { <ui::Link href="/welcome">{texts.new_organization}</ui::Link> };
    let switcher = view! {
        <ui::Switcher
            label=texts.organizations
            current=current
            entries=entries
            filter_label=texts.filter_organizations
            empty_text=texts.no_organization
            footer=footer.into_any()
        />
    };
    let projects_path = format!("/o/{slug}/projects");
    let projects = permissions.contains(Permission::ProjectsRead).then(|| {
        view! {
            <ui::NavLink
                href=projects_path
                label=texts.projects
                icon=ui::IconName::Folder
                current=section == Section::Projects
            />
        }
    });
    // Guests reach what they were given from the list of projects.
    let workspaces_path = format!("/o/{slug}/workspaces");
    let workspaces = (permissions.contains(Permission::ProjectsRead) && member_type == MemberType::Member).then(|| {
        view! {
            <ui::NavLink
                href=workspaces_path
                label=texts.workspaces
                icon=ui::IconName::Layers
                current=section == Section::Workspaces
            />
        }
    });
    let people_path = format!("/o/{slug}/people");
    // Who invites without seeing the people finds the page for that.
    let (people_path, people_label, right) = if permissions.contains(Permission::MembersRead) {
        (people_path, texts.people, Permission::MembersRead)
    } else {
        (format!("{people_path}/invite"), texts.invite, Permission::MembersInvite)
    };
    let people = permissions.contains(right).then(|| {
        view! {
            <ui::NavLink
                href=people_path
                label=people_label
                icon=ui::IconName::Users
                current=section == Section::People
            />
        }
    });
    let settings = settings(slug.as_str(), permissions, section);
    let sidebar = view! { <ui::NavGroup>{projects} {workspaces} {people}</ui::NavGroup> {settings} };
    let trial = trial_days_left(&billing).map(|days| {
        let text = if days == 0 {
            texts.trial_over.to_owned()
        } else {
            (texts.trial)(days)
        };
        view! { <span class="pill">{text}</span> }
    });
    let findable = permissions.contains(Permission::ProjectsRead).then(|| slug.to_string());
    let topbar = view! {
        <Palette items=items search_href=format!("/o/{slug}/projects") organization=findable/>
        <div class="topbar-end">{trial} <Appearance otherwise=viewer.theme/> <AccountMenu viewer=viewer.clone()/></div>
    };
    let inactive = view! { <Standing slug=slug.to_string() status=status until=purge_after permissions=permissions/> };
    let offered = ownership_offered.then(|| {
        let texts = &messages::current().people.ownership;
        let action = view! { <ui::Link href=format!("/o/{slug}/ownership")>{texts.banner_action}</ui::Link> };
        view! { <ui::Banner action=action.into_any()>{(texts.banner)(&name)}</ui::Banner> }
    });
    let banners = view! { <VerifyBanner verification=viewer.verification/> {inactive} {offered} };
    view! {
        <ui::AppFrame
            skip_label=texts.skip
            nav_label=texts.navigation
            menu_label=texts.menu
            sidebar_top=switcher.into_any()
            sidebar=sidebar.into_any()
            topbar=topbar.into_any()
            banners=banners.into_any()
        >
            {content}
        </ui::AppFrame>
        <Notices/>
    }
}

/// The settings that somebody with these rights finds something in.
fn settings(slug: &str, permissions: PermissionSet, section: Section) -> Option<AnyView> {
    use ui::IconName;

    let texts = &messages::current().frame;
    let entry = |right, name: &str, label: &'static str, icon, target| {
        permissions.contains(right).then(|| {
            let href = format!("/o/{slug}/settings/{name}");
            view! { <ui::NavLink href=href label=label icon=icon current=section == target/> }.into_any()
        })
    };
    let (update, delete) = (Permission::TenantUpdate, Permission::TenantDelete);
    let entries: Vec<AnyView> = [
        entry(update, "general", texts.general, IconName::Settings, Section::General),
        entry(
            Permission::RolesRead,
            "roles",
            texts.roles,
            IconName::Key,
            Section::Roles,
        ),
        entry(
            Permission::AuditRead,
            "audit",
            texts.audit,
            IconName::Shield,
            Section::Audit,
        ),
        entry(
            Permission::ProjectsDelete,
            "bin",
            texts.bin,
            IconName::Trash,
            Section::Bin,
        ),
        entry(delete, "danger", texts.danger, IconName::Warning, Section::Danger),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!entries.is_empty()).then(|| view! { <ui::NavGroup label=texts.settings>{entries}</ui::NavGroup> }.into_any())
}
