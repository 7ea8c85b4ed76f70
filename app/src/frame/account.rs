//! The frame of one's own pages, outside of any organization.

use std::future::Future;

use contract::{account::Viewer, error::Result, maintenance::Surface, tenant::Membership};
use leptos::prelude::*;

use super::{
    board,
    menus::{AccountMenu, Appearance, Palette, palette, verify_banner},
    notice::Notices,
    visit,
};
use crate::{
    account::{memberships::memberships, viewer::viewer},
    messages, page,
    report::link::ReportEntry,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Profile,
    Security,
    Sessions,
    Organizations,
    Activity,
    Access,
}

impl Section {
    /// A log has columns; everything else is read and filled in.
    fn is_narrow(self) -> bool {
        !matches!(self, Self::Activity | Self::Access)
    }
}

/// A page about the person who is signed in.
pub fn account_page<F>(section: Section, body: impl FnOnce(Viewer) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = Result<AnyView>> + Send + 'static,
{
    page::load(async move {
        let viewer = viewer().await?;
        let memberships = memberships().await?;
        let content = match body(viewer.clone()).await {
            Ok(content) => content,
            Err(error) => page::failed(&error),
        };
        let board = board::for_people(board::maintenance_on(Surface::Account).await).await;
        let bars = visit::bars();
        Ok(view! {
            <AccountFrame section=section viewer=viewer memberships=memberships board=board bars=bars content=content/>
        }
        .into_any())
    })
}

#[component]
fn AccountFrame(
    section: Section,
    viewer: Viewer,
    memberships: Vec<Membership>,
    board: board::Over,
    /// What else is put up over the page.
    bars: usize,
    content: AnyView,
) -> impl IntoView {
    let texts = &messages::current().frame;
    let brand = view! { <a class="brand" href="/"><ui::Icon name=ui::IconName::Brand/>{texts.product}</a> };
    let link = move |target: Section, href: &'static str, label: &'static str, icon| {
        view! { <ui::NavLink href=href label=label icon=icon current=section == target/> }
    };
    let organizations = memberships
        .iter()
        .map(|membership| {
            let href = format!("/o/{}/projects", membership.slug);
            view! { <ui::NavLink href=href label=membership.name.clone() icon=ui::IconName::Building/> }
        })
        .collect_view();
    let sidebar = view! {
        <ui::NavGroup label=texts.account>
            {link(Section::Profile, "/account/profile", texts.profile, ui::IconName::User)}
            {link(Section::Security, "/account/security", texts.security, ui::IconName::Shield)}
            {link(Section::Sessions, "/account/sessions", texts.sessions, ui::IconName::Laptop)}
            {link(Section::Organizations, "/account/organizations", texts.organizations, ui::IconName::Building)}
            {link(Section::Activity, "/account/activity", texts.activity, ui::IconName::Activity)}
            {link(Section::Access, "/account/access", messages::current().visits.own.title, ui::IconName::Eye)}
        </ui::NavGroup>
        <ui::NavGroup label=texts.organizations>
            {organizations}
            <ui::NavLink href="/welcome" label=texts.new_organization icon=ui::IconName::Plus/>
        </ui::NavGroup>
        <ReportEntry/>
    };
    let topbar = view! {
        <Palette items=palette(None, &memberships) search_href="/account/profile"/>
        <div class="topbar-end"><Appearance otherwise=viewer.theme/> <AccountMenu viewer=viewer.clone()/></div>
    };
    let banners = board
        .maintenance
        .into_iter()
        .chain(board.incidents)
        .chain(verify_banner(&viewer.verification))
        .collect();
    let banners = view! { <ui::Banners banners=banners more=messages::current().standing.more elsewhere=bars/> };
    view! {
        <ui::AppFrame
            skip_label=texts.skip
            nav_label=texts.navigation
            menu_label=texts.menu
            sidebar_top=brand.into_any()
            sidebar=sidebar.into_any()
            topbar=topbar.into_any()
            banners=banners.into_any()
            narrow=section.is_narrow()
        >
            {content}
        </ui::AppFrame>
        <Notices/>
    }
}
