//! The frame of public pages. It is the same for all visitors, so that it may be cached for them. Who is signed in does not see
//! the notices they have put away, and what they get is kept by nobody.

use contract::maintenance::Surface;
use leptos::prelude::*;

use super::{board, menus::Appearance};
use crate::{messages, report::link};

/// Which entry of the navigation is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Product,
    Pricing,
    Status,
}

#[component]
pub fn SitePage(place: Place, children: Children) -> impl IntoView {
    let texts = messages::current();
    let links = move || {
        [
            (Place::Product, "/", texts.site.product),
            (Place::Pricing, "/pricing", texts.site.pricing),
        ]
        .map(|(to, href, label)| view! { <a href=href aria-current=(to == place).then_some("page")>{label}</a> })
        .into_iter()
        .collect_view()
    };
    let header = view! {
        <a class="brand" href="/"><ui::Icon name=ui::IconName::Brand/>{texts.frame.product}</a>
        <nav class="site-nav" aria-label=texts.site.navigation>{links()}</nav>
        <div class="site-header-end">
            <ui::Button href="/sign-in" variant=ui::ButtonVariant::Quiet>{texts.site.sign_in}</ui::Button>
            <ui::Button href="/sign-up">{texts.site.start}</ui::Button>
        </div>
    };
    let footer = view! {
        <div class="footer-end">
            <p class="small muted">{texts.site.footer}</p>
            <nav class="footer-links" aria-label=texts.site.footer_navigation>
                {links()}
                <a href="/status" aria-current=(place == Place::Status).then_some("page")>{texts.notices.status}</a>
                {link::from_public_page().map(|href| view! { <a href=href>{texts.reports.report}</a> })}
            </nav>
            <Appearance plain=true/>
        </div>
    };
    view! {
        <ui::SiteFrame
            skip_label=texts.frame.skip
            header=header.into_any()
            footer=footer.into_any()
            banners=board::for_anybody(Surface::Site).into_any()
        >
            {children()}
        </ui::SiteFrame>
    }
}
