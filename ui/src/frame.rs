//! The frames pages sit in: site, auth and app. They place things and make them reachable; what stands in them the
//! surfaces decide.

use crate::{Icon, IconName, MaybeText, Text};
use leptos::prelude::*;

/// The id of the page's content, where the skip link leads.
const CONTENT: &str = "content";

/// The id of the sidebar, which is a popover on small windows: it opens without JavaScript.
const SIDEBAR: &str = "sidebar";

/// The first link of every page: past the navigation, to the content.
#[component]
pub fn SkipLink(
    /// "Skip to content".
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    view! { <a class="skip-link" href=format!("#{CONTENT}")>{label}</a> }
}

/// The frame of public pages: header, content, footer.
#[component]
pub fn SiteFrame(
    /// "Skip to content".
    #[prop(into)]
    skip_label: Text,
    /// Brand, `<nav>` and buttons.
    header: AnyView,
    /// Groups of links.
    footer: AnyView,
    /// [`crate::Banner`]s above everything.
    #[prop(optional)]
    banners: Option<AnyView>,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLink label=skip_label />
        {banners.map(|banners| view! { <div class="banners">{banners}</div> })}
        <div class="site-frame">
            <header class="site-header">
                <div class="site-width site-header-row">{header}</div>
            </header>
            <main class="site-main" id=CONTENT tabindex="-1">
                {children()}
            </main>
            <footer class="site-footer">
                <div class="site-width">{footer}</div>
            </footer>
        </div>
    }
}

/// The frame of signing in: one centred card, one task.
#[component]
pub fn AuthFrame(
    /// "Skip to content".
    #[prop(into)]
    skip_label: Text,
    /// The name beside the mark; it leads to `/`.
    #[prop(into)]
    brand: Text,
    /// The task, the page's `<h1>`.
    #[prop(into)]
    title: Text,
    /// One sentence below.
    #[prop(optional, into)]
    description: MaybeText,
    /// Below the card: the other way in.
    #[prop(optional_no_strip)]
    aside: Option<AnyView>,
    /// Banners above the card.
    #[prop(optional)]
    banners: Option<AnyView>,
    /// A wider card, for forms of two columns.
    #[prop(optional)]
    wide: bool,
    /// The card's content.
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLink label=skip_label />
        {banners.map(|banners| view! { <div class="banners">{banners}</div> })}
        <div class="auth-frame">
            <header>
                <a class="brand" href="/">
                    <Icon name=IconName::Brand size=crate::IconSize::Large />
                    {brand}
                </a>
            </header>
            <main class="auth-card" class:auth-card-wide=wide id=CONTENT tabindex="-1">
                <div class="auth-head">
                    <h1 class="auth-title">{title}</h1>
                    {description.0.map(|text| view! { <p class="auth-description">{text}</p> })}
                </div>
                {children()}
            </main>
            {aside.map(|aside| view! { <footer class="auth-aside">{aside}</footer> })}
        </div>
    }
}

/// The frame of signed-in pages: sidebar, top bar, content. Below 769 px the sidebar is a sheet opened by a
/// [`SidebarTrigger`] in the top bar.
#[component]
pub fn AppFrame(
    /// "Skip to content".
    #[prop(into)]
    skip_label: Text,
    /// "Main navigation".
    #[prop(into)]
    nav_label: Text,
    /// "Open navigation".
    #[prop(into)]
    menu_label: Text,
    /// On top of the sidebar: a [`crate::Switcher`] or the brand.
    sidebar_top: AnyView,
    /// [`NavGroup`]s.
    sidebar: AnyView,
    /// At the bottom of the sidebar.
    #[prop(optional)]
    sidebar_foot: Option<AnyView>,
    /// The top bar: a [`crate::CommandPalette`], then `<div class="topbar-end">` with pill and menus.
    topbar: AnyView,
    /// [`crate::Banner`]s above everything.
    #[prop(optional)]
    banners: Option<AnyView>,
    /// A narrow column, for forms and settings.
    #[prop(optional)]
    narrow: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <SkipLink label=skip_label />
        {banners.map(|banners| view! { <div class="banners">{banners}</div> })}
        <div class="app-frame">
            <aside class="sidebar" id=SIDEBAR popover="auto">
                <div class="sidebar-top">{sidebar_top}</div>
                <nav class="sidebar-nav" aria-label=nav_label>
                    {sidebar}
                </nav>
                {sidebar_foot.map(|foot| view! { <div class="sidebar-foot">{foot}</div> })}
            </aside>
            <div class="app-column">
                <header class="topbar">
                    <SidebarTrigger label=menu_label />
                    {topbar}
                </header>
                <main class="app-main" class:app-main-narrow=narrow id=CONTENT tabindex="-1">
                    {children()}
                </main>
            </div>
        </div>
    }
}

/// Opens the sidebar on small windows.
#[component]
pub fn SidebarTrigger(
    /// "Open navigation".
    #[prop(into)]
    label: Text,
) -> impl IntoView {
    view! {
        <button class="button button-quiet button-icon sidebar-trigger" type="button" popovertarget=SIDEBAR aria-label=label>
            <Icon name=IconName::MenuBars />
        </button>
    }
}

/// Links of the sidebar that belong together.
#[component]
pub fn NavGroup(
    /// Their common name.
    #[prop(optional, into)]
    label: MaybeText,
    /// [`NavLink`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="nav-group">
            {label.0.map(|label| view! { <p class="nav-label">{label}</p> })}
            <ul>{children()}</ul>
        </div>
    }
}

/// A place in the sidebar.
#[component]
pub fn NavLink(
    /// Where it leads.
    #[prop(into)]
    href: Text,
    /// Its name.
    #[prop(into)]
    label: Text,
    /// A drawing.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Whether one is there.
    #[prop(optional)]
    current: bool,
    /// How many things wait there.
    #[prop(optional, into)]
    count: MaybeText,
) -> impl IntoView {
    view! {
        <li>
            <a class="nav-link" href=href aria-current=current.then_some("page")>
                {icon.map(|name| view! { <Icon name=name /> })}
                <span class="nav-text">{label}</span>
                {count.0.map(|count| view! { <span class="nav-count">{count}</span> })}
            </a>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn the_skip_link_leads_to_the_content_and_the_sidebar_opens_without_javascript() {
        let html = render(|| {
            let sidebar =
                view! { <NavGroup label="Work"><NavLink href="/o/north" label="Home" current=true /></NavGroup> }
                    .into_any();
            view! {
                <AppFrame skip_label="Skip to content" nav_label="Main" menu_label="Open navigation" sidebar_top=().into_any() sidebar=sidebar topbar=().into_any()>
                    "page"
                </AppFrame>
            }
        });
        assert!(
            html.contains(r##"href="#content""##) && html.contains(r#"id="content""#),
            "{html}"
        );
        assert!(
            html.contains(r#"popovertarget="sidebar""#) && html.contains(r#"id="sidebar""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-current="page""#), "{html}");
    }
}
