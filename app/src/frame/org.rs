//! The frame of an organization's pages: switcher, navigation, palette, trial, banners.

use std::future::Future;

use contract::{
    account::{Verification, Viewer},
    error::Result,
    flag::Flag,
    iam::{MemberType, Permission, PermissionSet},
    tenant::{Organization, TenantStatus},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    billing::{BillingPill, billing_banner, is_urgent, paused_banner, refused},
    board,
    menus::{AccountMenu, Appearance, Palette, palette, verify_banner},
    notice::Notices,
    visit,
};
use crate::{
    account::viewer::viewer,
    form::PlanIsToldAround,
    messages,
    org::{
        danger::inactive::inactive,
        organization::{organization, organization_for_billing},
    },
    page,
    platform::support::view::areas,
    report::link::ReportEntry,
};

/// Which entry of the navigation is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Access,
    Projects,
    People,
    Workspaces,
    General,
    Audit,
    Billing,
    Bin,
    Danger,
    Roles,
    Support,
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
    framed(section, Door::Work, body)
}

/// The same for a page of the bills, which is also open to who has not proven their address in time.
pub fn billing_page<F>(body: impl FnOnce(Organization) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<AnyView>> + Send + 'static,
{
    framed(Section::Billing, Door::Bills, body)
}

/// By which way somebody comes in.
#[derive(Debug, Clone, Copy)]
enum Door {
    Work,
    Bills,
}

fn framed<F>(section: Section, door: Door, body: impl FnOnce(Organization) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<AnyView>> + Send + 'static,
{
    let slug = slug();
    provide_context(PlanIsToldAround);
    page::load(async move {
        let entered = match door {
            Door::Work => organization(slug.clone()).await,
            Door::Bills => organization_for_billing(&slug).await,
        };
        let organization = match entered {
            Err(contract::Error::NotFound) => {
                if let Some(outside) = visit::outside().await? {
                    return Ok(outside);
                }
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
        let viewer = match crate::session::visited() {
            Some(actor) => visit::visited_viewer(viewer().await?, &actor),
            None => viewer().await?,
        };
        let content = match body(organization.clone()).await {
            Ok(content) => content,
            Err(error) => page::failed(&error),
        };
        let board = board::for_people(organization.maintenance.clone()).await;
        let support = support_notice(&organization).await?;
        Ok(view! {
            <OrgFrame section=section organization=organization viewer=viewer board=board support=support content=content/>
        }
        .into_any())
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
fn inactive_banner(organization: &Organization) -> Option<AnyView> {
    let messages = messages::current();
    let texts = &messages.danger;
    let status = organization.status;
    let text = match status {
        TenantStatus::Active => return None,
        TenantStatus::Suspended => messages.frame.inactive_banner.to_owned(),
        TenantStatus::Deactivated => texts.paused_banner.to_owned(),
        TenantStatus::Deleting => {
            let until = organization.purge_after.as_ref().map(|until| until.text.as_str());
            (texts.deleted_banner)(until.unwrap_or_default())
        }
    };
    if status == TenantStatus::Suspended || !organization.permissions.contains(Permission::TenantDelete) {
        return Some(view! { <ui::Banner tone=ui::Tone::Warning>{text}</ui::Banner> }.into_any());
    }
    let action = view! {
        <ui::Button
            href=format!("/o/{}/settings/danger", organization.slug)
            size=ui::ButtonSize::Small
            variant=ui::ButtonVariant::Secondary
        >
            {texts.banner_action}
        </ui::Button>
    };
    Some(view! { <ui::Banner tone=ui::Tone::Warning action=action.into_any()>{text}</ui::Banner> }.into_any())
}

/// While support is in: everybody inside is told, and who may end it is led there.
async fn support_notice(organization: &Organization) -> Result<Vec<AnyView>> {
    if organization.visit.is_some() {
        // Whoever is in has the bar.
        return Ok(Vec::new());
    }
    let deps = crate::session::deps()?;
    let actor = match crate::session::org(organization.slug.as_str()).await {
        // They see to the bills, and are not let in any further.
        Err(contract::Error::EmailUnverified) => return Ok(Vec::new()),
        other => other?,
    };
    let formatter = crate::format::Formatter::from(actor.user().person());
    let texts = &messages::current().support.org;
    let present = domain::support_sessions::present::present(&actor, &deps).await?;
    let banner = |present: domain::support_sessions::present::Present| {
        let until = formatter.moment(present.until);
        let text = (texts.notice)(&present.operator_name, &areas(&present.scope), &until.text);
        let may_end = organization.permissions.contains(Permission::TenantUpdate);
        if may_end {
            let href = format!("/o/{}/settings/support", organization.slug);
            let action = view! { <ui::Link href=href>{texts.notice_action}</ui::Link> };
            view! { <ui::Banner tone=ui::Tone::Warning action=action.into_any()>{text}</ui::Banner> }.into_any()
        } else {
            view! { <ui::Banner tone=ui::Tone::Warning>{text}</ui::Banner> }.into_any()
        }
    };
    Ok(present.into_iter().map(banner).collect())
}

/// For whom an owner has offered the organization to.
fn offer_banner(organization: &Organization) -> Option<AnyView> {
    organization.ownership_offered.then(|| {
        let texts = &messages::current().people.ownership;
        let href = format!("/o/{}/ownership", organization.slug);
        let action = view! { <ui::Link href=href>{texts.banner_action}</ui::Link> };
        let text = (texts.banner)(&organization.name);
        view! { <ui::Banner action=action.into_any()>{text}</ui::Banner> }.into_any()
    })
}

/// What is said over the page, the strongest first. The pages of the bills say themselves how these stand.
fn banners(
    section: Section,
    organization: &Organization,
    verification: &Verification,
    support: Vec<AnyView>,
    board: board::Over,
) -> Vec<AnyView> {
    let bills = billing_banner(organization).filter(|_| section != Section::Billing);
    let (urgent, reminder) = match bills {
        Some((banner, view)) if is_urgent(banner) => (Some(view), None),
        other => (None, other.map(|(_, view)| view)),
    };
    let before = [
        board.maintenance,
        inactive_banner(organization),
        urgent,
        paused_banner(organization),
    ];
    let behind = [verify_banner(verification), offer_banner(organization), reminder];
    support
        .into_iter()
        .chain(before.into_iter().flatten())
        .chain(board.incidents)
        .chain(behind.into_iter().flatten())
        .collect()
}

#[component]
fn OrgFrame(
    section: Section,
    organization: Organization,
    viewer: Viewer,
    board: board::Over,
    /// Who of support is in, for everybody else.
    support: Vec<AnyView>,
    content: AnyView,
) -> impl IntoView {
    let texts = &messages::current().frame;
    let slug = organization.slug.as_str();
    let permissions = organization.permissions;
    let mut items = palette(Some(&organization), &organization.memberships);
    let visiting = organization.visit.is_some();
    if visiting {
        // The operator's own account is elsewhere.
        items.retain(|item| item.href.starts_with("/o/"));
    }
    let settings = settings(slug, permissions, section);
    let places = places(&organization, section);
    let sidebar = view! { <ui::NavGroup>{places}</ui::NavGroup> {settings} <ReportEntry/> };
    let findable = (permissions.contains(Permission::ProjectsRead) && organization.flags.is_on(Flag::PaletteProjects))
        .then(|| slug.to_owned());
    let topbar = view! {
        <Palette items=items search_href=format!("/o/{slug}/projects") organization=findable/>
        <div class="topbar-end">
            <BillingPill organization=organization.clone()/>
            <Appearance otherwise=viewer.theme/>
            <AccountMenu viewer=viewer.clone() visiting=visiting/>
        </div>
    };
    let banners = banners(section, &organization, &viewer.verification, support, board);
    let banners =
        view! { <ui::Banners banners=banners more=messages::current().standing.more elsewhere=usize::from(visiting)/> };
    let refused = refused(&organization);
    view! {
        <ui::AppFrame
            skip_label=texts.skip
            nav_label=texts.navigation
            menu_label=texts.menu
            sidebar_top=view! { <Switcher organization=organization/> }.into_any()
            sidebar=sidebar.into_any()
            topbar=topbar.into_any()
            banners=banners.into_any()
        >
            {refused}
            {content}
        </ui::AppFrame>
        <Notices/>
    }
}

/// The organization one is in, and the way to the others.
#[component]
fn Switcher(organization: Organization) -> impl IntoView {
    let texts = &messages::current().frame;
    let Organization {
        slug,
        name,
        status,
        memberships,
        plan,
        visit,
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
        name: name.into(),
        detail: standing(status).map_or(plan, ToOwned::to_owned).into(),
        href: format!("/o/{slug}/projects").into(),
        logo: None::<String>.into(),
        current: true,
    };
    let entries = memberships.iter().map(entry).collect::<Vec<_>>();
    let footer = visit
        .is_none()
        .then(|| view! { <ui::Link href="/welcome">{texts.new_organization}</ui::Link> });
    view! {
        <ui::Switcher
            label=texts.organizations
            current=current
            entries=entries
            filter_label=texts.filter_organizations
            empty_text=texts.no_organization
            footer=footer.into_any()
        />
    }
}

/// Where the work is.
fn places(organization: &Organization, section: Section) -> AnyView {
    let texts = &messages::current().frame;
    let Organization {
        slug,
        permissions,
        member_type,
        ..
    } = organization;
    let link = |path: &str, label: &'static str, icon, to| {
        let href = format!("/o/{slug}/{path}");
        view! { <ui::NavLink href=href label=label icon=icon current=section == to/> }
    };
    let projects = permissions
        .contains(Permission::ProjectsRead)
        .then(|| link("projects", texts.projects, ui::IconName::Folder, Section::Projects));
    // Guests reach what they were given from the list of projects.
    let workspaces =
        (permissions.contains(Permission::ProjectsRead) && *member_type == MemberType::Member).then(|| {
            link(
                "workspaces",
                texts.workspaces,
                ui::IconName::Layers,
                Section::Workspaces,
            )
        });
    // Who invites without seeing the people finds the page for that.
    let (path, label, right) = if permissions.contains(Permission::MembersRead) {
        ("people", texts.people, Permission::MembersRead)
    } else {
        ("people/invite", texts.invite, Permission::MembersInvite)
    };
    let people = permissions
        .contains(right)
        .then(|| link(path, label, ui::IconName::Users, Section::People));
    view! { {projects} {workspaces} {people} }.into_any()
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
            Permission::BillingRead,
            "billing",
            messages::current().billing.title,
            IconName::CreditCard,
            Section::Billing,
        ),
        entry(
            Permission::RolesRead,
            "roles",
            texts.roles,
            IconName::Key,
            Section::Roles,
        ),
        entry(
            Permission::AuditRead,
            "access",
            messages::current().visits.access.title,
            IconName::User,
            Section::Access,
        ),
        entry(
            update,
            "support",
            messages::current().support.org.title,
            IconName::Help,
            Section::Support,
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
