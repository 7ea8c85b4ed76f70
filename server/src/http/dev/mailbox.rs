//! Mail that stayed on this machine.

use axum::{
    Json,
    extract::{Path, State as From},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use leptos::prelude::*;

use super::page::page;
use crate::{http::State, mail::mailbox::StoredMail};

fn mails(state: &State) -> Vec<StoredMail> {
    state
        .mailbox
        .as_ref()
        .and_then(|mailbox| mailbox.list().ok())
        .unwrap_or_default()
}

pub async fn list(From(state): From<State>) -> Html<String> {
    let mails = mails(&state);
    page(&state, "Mailbox", move || {
        if mails.is_empty() {
            return view! { <p class="muted">"No mail yet. It appears here a moment after something sends it."</p> }
                .into_any();
        }
        let rows = mails
            .into_iter()
            .map(|mail| {
                view! {
                    <li class="list-row">
                        <div class="list-main">
                            <a class="list-title" href=format!("/dev/mailbox/{}", mail.id)>{mail.subject}</a>
                            <p class="list-detail">{mail.to} " · " {mail.sent_at.format("%Y-%m-%d %H:%M:%S UTC").to_string()}</p>
                        </div>
                    </li>
                }
            })
            .collect_view();
        view! {
            <ul class="list">{rows}</ul>
            <form method="post" action="/dev/mailbox/clear">
                <ui::Button variant=ui::ButtonVariant::Secondary>"Delete all"</ui::Button>
            </form>
        }
        .into_any()
    })
}

pub async fn json(From(state): From<State>) -> Json<Vec<StoredMail>> {
    Json(mails(&state))
}

pub async fn clear(From(state): From<State>) -> Response {
    match state.mailbox.as_ref().map(|mailbox| mailbox.clear()) {
        Some(Err(_)) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => Redirect::to("/dev/mailbox").into_response(),
    }
}

fn find(state: &State, id: &str) -> Option<StoredMail> {
    state.mailbox.as_ref()?.get(id)
}

pub async fn show(From(state): From<State>, Path(id): Path<String>) -> Response {
    let Some(mail) = find(&state, &id) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let links: Vec<String> = mail
        .text
        .split_whitespace()
        .filter_map(|word| word.strip_prefix(&state.settings.base_url).map(str::to_owned))
        .filter(|path| path.starts_with('/'))
        .collect();
    page(&state, "Mail", move || {
        let links = links
            .into_iter()
            .map(|path| view! { <p><ui::Button href=path.clone()>"Open the link"</ui::Button></p> })
            .collect_view();
        view! {
            <h2>{mail.subject}</h2>
            <p class="muted">"To " {mail.to}</p>
            {links}
            <iframe class="mailbox-message" title="The mail as HTML" src=format!("/dev/mailbox/{}/html", mail.id)></iframe>
            <ui::CodeBlock code=mail.text label="The text part"/>
        }
        .into_any()
    })
    .into_response()
}

pub async fn html(From(state): From<State>, Path(id): Path<String>) -> Response {
    find(&state, &id).map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |mail| mail_document(mail.html),
    )
}

/// A mail as a document of its own: its inline styles, and nothing else.
pub fn mail_document(html: String) -> Response {
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'",
        ),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    response
}
