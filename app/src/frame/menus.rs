//! The pieces that the frames of signed-in pages share.

use contract::{
    account::{Verification, Viewer},
    iam::{MemberType, Permission},
    preferences::Theme,
    tenant::{Membership, Organization},
};
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    account::theme::{self, SetTheme},
    auth::sign_out::SignOut,
    messages,
    org::projects::search_projects::SearchProjects,
    shell,
};

/// The person's own menu: account, appearance, the way out.
#[component]
pub fn AccountMenu(
    viewer: Viewer,
    /// Whether it is somebody else's frame, that of a visit: there is no signing out of it, and no account of theirs.
    #[prop(optional)]
    visiting: bool,
) -> impl IntoView {
    let texts = &messages::current().frame;
    let items = if visiting {
        view! { <ui::MenuItem href="/platform/visits" icon=ui::IconName::User>{messages::current().visits.bar.menu}</ui::MenuItem> }
            .into_any()
    } else {
        view! {
            <ui::MenuItem href="/account/profile" icon=ui::IconName::User>{texts.profile}</ui::MenuItem>
            <ui::MenuItem href="/account/security" icon=ui::IconName::Shield>{texts.security}</ui::MenuItem>
            <ui::MenuItem href="/account/sessions" icon=ui::IconName::Laptop>{texts.sessions}</ui::MenuItem>
            <ui::MenuSeparator/>
            <ui::MenuItem action=SignOut::PATH icon=ui::IconName::SignOut>{texts.sign_out}</ui::MenuItem>
        }
        .into_any()
    };
    let name = viewer.name.clone();
    let trigger = view! { <ui::Avatar name=name size=ui::AvatarSize::Small/> }.into_any();
    view! {
        <ui::Menu label=texts.your_account trigger=trigger align=ui::MenuAlign::End>
            <ui::MenuLabel><strong>{viewer.name}</strong> <span>{viewer.email}</span></ui::MenuLabel>
            {items}
        </ui::Menu>
    }
}

/// The browser's own choice shows, so that the choice and what one sees are the same; `otherwise` where it has none.
#[component]
pub fn Appearance(#[prop(default = Theme::System)] otherwise: Theme, #[prop(optional)] plain: bool) -> impl IntoView {
    let texts = &messages::current().frame;
    let current = shell::chosen_theme().unwrap_or(otherwise);
    view! {
        <ui::ThemeToggle
            action=SetTheme::PATH
            current=ui::Theme::from_name(current.key())
            cookie=theme::cookie_of
            label=texts.theme
            system_label=texts.theme_system
            light_label=texts.theme_light
            dark_label=texts.theme_dark
            plain=plain
        />
    }
}

/// Reminds of the address that is still to be proven.
pub fn verify_banner(verification: &Verification) -> Option<AnyView> {
    let texts = &messages::current().frame;
    match verification {
        Verification::Grace { until } => {
            let action = view! {
                <ui::Button href="/verify-email" size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                    {texts.verify_action}
                </ui::Button>
            };
            let text = (texts.verify_banner)(&until.text);
            let banner = view! { <ui::Banner tone=ui::Tone::Warning action=action.into_any()>{text}</ui::Banner> };
            Some(banner.into_any())
        }
        Verification::Verified | Verification::Required => None,
    }
}

/// Every page there is a way to from here, for the palette: of an organization, those its member may see.
pub fn palette(organization: Option<&Organization>, memberships: &[Membership]) -> Vec<ui::PaletteItem> {
    let texts = &messages::current().frame;
    let mut items = organization.map(organization_pages).unwrap_or_default();
    items.extend(account_pages());
    items.extend(memberships.iter().map(|membership| {
        let href = format!("/o/{}/projects", membership.slug);
        ui::PaletteItem::new(
            texts.organizations,
            membership.name.clone(),
            href,
            ui::IconName::Building,
        )
    }));
    items
}

fn palette_page(label: &'static str, href: String, icon: ui::IconName) -> ui::PaletteItem {
    ui::PaletteItem::new(messages::current().frame.pages, label, href, icon)
}

/// The right that a page asks for, what it is called, and where it stands in the organization.
type OrganizationPage = (Permission, &'static str, &'static str, ui::IconName);

fn organization_pages(organization: &Organization) -> Vec<ui::PaletteItem> {
    // Guests reach what they were given from the list of projects.
    let for_all = |path: &str| organization.member_type == MemberType::Member || path != "workspaces";
    work_pages()
        .into_iter()
        .chain(settings_pages())
        .filter(|(right, _, path, _)| organization.permissions.contains(*right) && for_all(path))
        .map(|(_, label, path, icon)| palette_page(label, format!("/o/{}/{path}", organization.slug), icon))
        .collect()
}

fn work_pages() -> [OrganizationPage; 4] {
    let texts = &messages::current().frame;
    [
        (
            Permission::ProjectsRead,
            texts.projects,
            "projects",
            ui::IconName::Folder,
        ),
        (
            Permission::ProjectsRead,
            texts.workspaces,
            "workspaces",
            ui::IconName::Layers,
        ),
        (Permission::MembersRead, texts.people, "people", ui::IconName::Users),
        (
            Permission::MembersInvite,
            texts.invite,
            "people/invite",
            ui::IconName::Plus,
        ),
    ]
}

fn settings_pages() -> [OrganizationPage; 8] {
    let messages = messages::current();
    let texts = &messages.frame;
    [
        (
            Permission::TenantUpdate,
            texts.settings,
            "settings/general",
            ui::IconName::Settings,
        ),
        (Permission::RolesRead, texts.roles, "settings/roles", ui::IconName::Key),
        (
            Permission::BillingRead,
            messages.billing.title,
            "settings/billing",
            ui::IconName::CreditCard,
        ),
        (
            Permission::BillingRead,
            messages.purchase.plans.title,
            "settings/billing/plans",
            ui::IconName::Layers,
        ),
        (
            Permission::AuditRead,
            messages.visits.access.title,
            "settings/access",
            ui::IconName::User,
        ),
        (
            Permission::TenantUpdate,
            messages.support.org.title,
            "settings/support",
            ui::IconName::Help,
        ),
        (
            Permission::AuditRead,
            texts.audit,
            "settings/audit",
            ui::IconName::Activity,
        ),
        (
            Permission::TenantDelete,
            texts.danger,
            "settings/danger",
            ui::IconName::Warning,
        ),
    ]
}

fn account_pages() -> [ui::PaletteItem; 7] {
    let texts = &messages::current().frame;
    let access = messages::current().visits.own.title;
    [
        (texts.profile, "/account/profile", ui::IconName::User),
        (texts.security, "/account/security", ui::IconName::Shield),
        (texts.sessions, "/account/sessions", ui::IconName::Laptop),
        (texts.activity, "/account/activity", ui::IconName::Activity),
        (access, "/account/access", ui::IconName::Eye),
        (texts.organizations, "/account/organizations", ui::IconName::Building),
        (texts.new_organization, "/welcome", ui::IconName::Plus),
    ]
    .map(|(label, href, icon)| palette_page(label, href.to_owned(), icon))
}

/// With an organization its projects are found too.
#[component]
pub fn Palette(
    items: Vec<ui::PaletteItem>,
    #[prop(into)] search_href: String,
    #[prop(optional_no_strip)] organization: Option<String>,
) -> impl IntoView {
    let texts = &messages::current().frame;
    let search = organization.map(|slug| ui::PaletteSearch {
        url: format!("{}?org={slug}", SearchProjects::PATH).into(),
        group: texts.projects.into(),
        icon: ui::IconName::Folder,
        searching: texts.search_waiting.into(),
        failed: texts.search_failed.into(),
    });
    let placeholder = if search.is_some() {
        texts.search_placeholder
    } else {
        texts.search_pages_placeholder
    };
    view! {
        <ui::CommandPalette
            label=texts.search
            trigger_label=texts.search
            placeholder=placeholder
            empty_text=texts.search_empty
            search_href=search_href
            items=items
            search=search
        />
    }
}
