//! The frame of the staff's pages: visibly another place. To everybody else there is no such page.

use std::future::Future;

use contract::{
    Error,
    account::Viewer,
    error::Result,
    staff::{StaffRight, StaffRole},
};
use leptos::prelude::*;

use super::{
    board,
    menus::{AccountMenu, Appearance, Palette},
    notice::Notices,
    visit,
};
use crate::{account::viewer::viewer, messages, page, report::link::ReportEntry};

/// Where staff start.
pub const HOME: &str = "/platform";

/// Which entry of the navigation is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Overview,
    Tenants,
    Users,
    Incidents,
    Maintenance,
    Visits,
    Billing,
    Plans,
    Webhooks,
    Support,
    Jobs,
    Reports,
    Audit,
    Flags,
    Security,
    Staff,
}

/// A place of the staff: where it is, and who finds it.
struct Place {
    section: Section,
    href: &'static str,
    label: &'static str,
    icon: ui::IconName,
    right: StaffRight,
}

/// The navigation, in its groups. A group in which somebody may see nothing is absent.
fn groups() -> Vec<(&'static str, Vec<Place>)> {
    let texts = messages::current();
    let overview = vec![Place {
        section: Section::Overview,
        href: HOME,
        label: texts.customers.overview.title,
        icon: ui::IconName::Home,
        right: StaffRight::OverviewRead,
    }];
    vec![
        ("", overview),
        (texts.platform.organizations, customers()),
        (texts.platform.money, money()),
        (texts.platform.operation, operation()),
        (texts.platform.house, house()),
    ]
}

/// Organizations, people, and who of the staff is with them.
fn customers() -> Vec<Place> {
    let texts = messages::current();
    vec![
        Place {
            section: Section::Tenants,
            href: "/platform/tenants",
            label: texts.customers.tenants.title,
            icon: ui::IconName::Building,
            right: StaffRight::TenantsRead,
        },
        Place {
            section: Section::Users,
            href: "/platform/users",
            label: texts.customers.users.title,
            icon: ui::IconName::Users,
            right: StaffRight::UsersRead,
        },
        Place {
            section: Section::Visits,
            href: "/platform/visits",
            label: texts.visits.title,
            icon: ui::IconName::User,
            right: StaffRight::VisitsRead,
        },
        Place {
            section: Section::Support,
            href: "/platform/support",
            label: texts.support.staff.title,
            icon: ui::IconName::Help,
            right: StaffRight::VisitsRead,
        },
    ]
}

/// Bills, and what the payment provider tells of them.
fn money() -> Vec<Place> {
    let texts = messages::current();
    vec![
        Place {
            section: Section::Billing,
            href: "/platform/billing",
            label: texts.repair.title,
            icon: ui::IconName::CreditCard,
            right: StaffRight::BillingRead,
        },
        Place {
            section: Section::Plans,
            href: "/platform/plans",
            label: texts.plans.title,
            icon: ui::IconName::Layers,
            right: StaffRight::BillingRead,
        },
        Place {
            section: Section::Webhooks,
            href: "/platform/webhooks",
            label: texts.webhooks.title,
            icon: ui::IconName::Inbox,
            right: StaffRight::BillingRead,
        },
    ]
}

/// How the product runs.
fn operation() -> Vec<Place> {
    let texts = messages::current();
    vec![
        Place {
            section: Section::Incidents,
            href: "/platform/incidents",
            label: texts.incidents.title,
            icon: ui::IconName::Bell,
            right: StaffRight::IncidentsRead,
        },
        Place {
            section: Section::Maintenance,
            href: "/platform/maintenance",
            label: texts.maintenance.title,
            icon: ui::IconName::Lock,
            right: StaffRight::MaintenanceRead,
        },
        Place {
            section: Section::Flags,
            href: "/platform/flags",
            label: texts.flags.title,
            icon: ui::IconName::Filter,
            right: StaffRight::FlagsRead,
        },
        Place {
            section: Section::Jobs,
            href: "/platform/jobs",
            label: texts.jobs.title,
            icon: ui::IconName::List,
            right: StaffRight::JobsRead,
        },
        Place {
            section: Section::Reports,
            href: "/platform/reports",
            label: texts.reports.inbox.title,
            icon: ui::IconName::Inbox,
            right: StaffRight::ReportsRead,
        },
    ]
}

/// Who watches over whom.
fn house() -> Vec<Place> {
    let texts = messages::current();
    vec![
        Place {
            section: Section::Security,
            href: "/platform/security",
            label: texts.security.title,
            icon: ui::IconName::Lock,
            right: StaffRight::SecurityRead,
        },
        Place {
            section: Section::Audit,
            href: "/platform/audit",
            label: texts.platform_audit.title,
            icon: ui::IconName::Activity,
            right: StaffRight::AuditRead,
        },
        Place {
            section: Section::Staff,
            href: "/platform/staff",
            label: texts.platform.staff.title,
            icon: ui::IconName::Shield,
            right: StaffRight::StaffRead,
        },
    ]
}

/// A page for staff with this right. Who is no staff is told that there is nothing, signed in or not.
pub fn platform_page<F>(
    section: Section,
    right: StaffRight,
    body: impl FnOnce(StaffRole) -> F + Send + 'static,
) -> AnyView
where
    F: Future<Output = Result<AnyView>> + Send + 'static,
{
    page::load(async move {
        let actor = match crate::session::staff().await {
            Err(Error::Unauthenticated) => return Err(Error::NotFound),
            other => other?,
        };
        let viewer = viewer().await?;
        let content = if actor.may(right) {
            body(actor.role()).await
        } else {
            Err(Error::Forbidden)
        };
        let content = content.unwrap_or_else(|error| page::failed(&error));
        let board = board::for_staff(&actor).await;
        let bars = visit::bars();
        Ok(view! {
            <PlatformFrame section=section role=actor.role() viewer=viewer board=board bars=bars content=content/>
        }
        .into_any())
    })
}

#[component]
fn PlatformFrame(
    section: Section,
    role: StaffRole,
    viewer: Viewer,
    board: board::Over,
    /// What else is put up over the page.
    bars: usize,
    content: AnyView,
) -> impl IntoView {
    let texts = messages::current();
    let brand = view! {
        <a class="brand" href=HOME>
            <ui::Icon name=ui::IconName::Brand/>
            {texts.frame.product}
            <span class="staff-mark">{texts.platform.mark}</span>
        </a>
    };
    let mut found = Vec::new();
    let sidebar = groups()
        .into_iter()
        .filter_map(|(label, places)| {
            let places: Vec<_> = places.into_iter().filter(|place| role.has(place.right)).collect();
            found.extend(
                places
                    .iter()
                    .map(|place| ui::PaletteItem::new(label, place.label, place.href, place.icon)),
            );
            let links = places
                .iter()
                .map(|place| {
                    let current = place.section == section;
                    view! { <ui::NavLink href=place.href label=place.label icon=place.icon current=current/> }
                })
                .collect_view();
            (!places.is_empty()).then(|| {
                if label.is_empty() {
                    view! { <ui::NavGroup>{links}</ui::NavGroup> }.into_any()
                } else {
                    view! { <ui::NavGroup label=label>{links}</ui::NavGroup> }.into_any()
                }
            })
        })
        .collect_view();
    let topbar = view! {
        <Palette items=found search_href="/platform/tenants"/>
        <div class="topbar-end"><Appearance otherwise=viewer.theme/> <AccountMenu viewer=viewer.clone()/></div>
    };
    let banners = board.maintenance.into_iter().chain(board.incidents).collect();
    let banners = view! { <ui::Banners banners=banners more=texts.standing.more elsewhere=bars/> };
    view! {
        <div class="platform">
            <ui::AppFrame
                skip_label=texts.frame.skip
                nav_label=texts.frame.navigation
                menu_label=texts.frame.menu
                sidebar_top=brand.into_any()
                sidebar=view! { {sidebar} <ReportEntry/> }.into_any()
                topbar=topbar.into_any()
                banners=banners.into_any()
            >
                {content}
            </ui::AppFrame>
            <Notices/>
        </div>
    }
}
