//! The document around every page.

use std::sync::Arc;

use contract::preferences::{Locale, Theme};
use http::{HeaderMap, header::COOKIE, request::Parts};
use leptos::prelude::*;
use leptos_meta::MetaTags;

pub use crate::frame::visit::BarInDoubt;
use crate::{App, Settings, assets::Assets, frame::visit::EveryBar, messages, session::THEME_COOKIE};

/// What the browser was told to look like. Read from a cookie, so that the first paint is right.
pub fn theme_cookie(headers: &HeaderMap) -> Option<Theme> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == THEME_COOKIE)
        .and_then(|(_, value)| Theme::from_key(value))
}

/// The same, of the browser that asks now.
pub fn chosen_theme() -> Option<Theme> {
    use_context::<Parts>().and_then(|parts| theme_cookie(&parts.headers))
}

/// Pages for everybody carry no island, so nothing is fetched for one ahead of time.
fn is_site(path: &str) -> bool {
    matches!(path, "/" | "/pricing")
}

pub fn shell() -> impl IntoView {
    let parts = use_context::<Parts>();
    let assets = Assets::current();
    let theme = chosen_theme().unwrap_or_default();
    let locale = use_context::<Locale>().unwrap_or_default();
    let site = parts.as_ref().is_some_and(|parts| is_site(parts.uri.path()));
    let reload = use_context::<Arc<Settings>>().is_some_and(|settings| settings.dev_reload);
    let (js, wasm) = (assets.url("plinth.js"), assets.url("plinth.wasm"));
    let preload = (!site).then(|| {
        view! {
            <link rel="modulepreload" href=js.clone()/>
            <link rel="preload" href=wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-theme=theme.key() data-prefetch=site.then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="description" content=messages::current().site.description/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="preload" href=assets.url("inter.woff2") r#as="font" r#type="font/woff2" crossorigin="anonymous"/>
                <link rel="stylesheet" href=assets.url("main.css")/>
                {preload}
                <script
                    r#type="module"
                    id="plinth-boot"
                    src=assets.url("boot.js")
                    data-js=js
                    data-wasm=wasm
                ></script>
                {reload.then(|| view! { <script r#type="module" src=assets.url("dev-reload.js")></script> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
                <EveryBar/>
            </body>
        </html>
    }
}
