//! The frame of public pages. It knows nobody: what it shows is the same for all, so that it may be cached.

use contract::preferences::Theme;
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
    let theme = use_context::<http::request::Parts>()
        .and_then(|parts| crate::shell::theme_cookie(&parts.headers))
        .unwrap_or(Theme::System);
    let footer = view! {
        <div class="footer-end">
            <p class="small muted">{texts.site.footer}</p>
            <Appearance current=theme plain=true/>
        </div>
    };
    view! {
        <ui::SiteFrame skip_label=texts.frame.skip header=header.into_any() footer=footer.into_any()>
            {children()}
        </ui::SiteFrame>
    }
}
