//! The frame of public pages. It knows nobody: what it shows is the same for all, so that it may be cached.

use leptos::prelude::*;

use super::menus::Appearance;
use crate::messages;

#[component]
pub fn SitePage(children: Children) -> impl IntoView {
    let texts = messages::current();
    let header = view! {
        <a class="brand" href="/"><ui::Icon name=ui::IconName::Brand/>{texts.frame.product}</a>
        <div class="site-header-end">
            <ui::Button href="/sign-in" variant=ui::ButtonVariant::Quiet>{texts.site.sign_in}</ui::Button>
            <ui::Button href="/sign-up">{texts.site.start}</ui::Button>
        </div>
    };
    let footer = view! {
        <div class="footer-end">
            <p class="small muted">{texts.site.footer}</p>
            <Appearance plain=true/>
        </div>
    };
    view! {
        <ui::SiteFrame skip_label=texts.frame.skip header=header.into_any() footer=footer.into_any()>
            {children()}
        </ui::SiteFrame>
    }
}
