//! The document around a developer's page: plain, with the product's own styles.

use axum::{
    extract::{Request, State as From},
    http::{HeaderValue, header},
    middleware::Next,
    response::{Html, Response},
};
use leptos::prelude::*;

use crate::http::State;

/// Styles and frames of our own, and no script at all.
pub async fn policy(From(_): From<State>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'",
    ));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub fn page(state: &State, title: &'static str, content: impl FnOnce() -> AnyView) -> Html<String> {
    let html = Owner::new_root(None).with(|| {
        view! {
            <html lang="en" data-theme="system">
                <head>
                    <meta charset="utf-8"/>
                    <meta name="viewport" content="width=device-width, initial-scale=1"/>
                    <title>{title} " · Plinth"</title>
                    <link rel="icon" href="/favicon.svg"/>
                    <link rel="stylesheet" href=state.assets.url("main.css")/>
                </head>
                <body>
                    <main class="gallery-page">
                        <nav class="row" aria-label="Developer">
                            <ui::Link href="/">"Home"</ui::Link>
                            <ui::Link href="/dev/mailbox">"Mailbox"</ui::Link>
                            <ui::Link href="/dev/mails">"Mails"</ui::Link>
                            <ui::Link href="/dev/clock">"Clock"</ui::Link>
                            {state.sandbox.is_some().then(|| view! { <ui::Link href="/dev/sandbox">"Payments"</ui::Link> })}
                            <ui::Link href="/dev/components">"Components"</ui::Link>
                        </nav>
                        <h1>{title}</h1>
                        {content()}
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    Html(format!("<!DOCTYPE html>{html}"))
}
