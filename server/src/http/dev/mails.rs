//! One of every mail, as it would be sent.

use axum::{
    extract::{Path, State as From},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use domain::mail::{Rendered, samples};
use leptos::prelude::*;

use super::{mailbox::mail_document, page::page};
use crate::http::State;

fn all(state: &State) -> Vec<Rendered> {
    samples(&state.settings.base_url).unwrap_or_default()
}

pub async fn list(From(state): From<State>) -> Html<String> {
    let mails = all(&state);
    page(&state, "Mails", move || {
        mails
            .into_iter()
            .enumerate()
            .map(|(number, mail)| {
                view! {
                    <section class="stack">
                        <h2>{mail.subject}</h2>
                        <iframe class="mailbox-message" title="The mail as HTML" src=format!("/dev/mails/{number}")></iframe>
                        <ui::CodeBlock code=mail.text label="The text part"/>
                    </section>
                }
            })
            .collect_view()
            .into_any()
    })
}

pub async fn html(From(state): From<State>, Path(number): Path<usize>) -> Response {
    let mail = all(&state).into_iter().nth(number);
    mail.map_or_else(
        || StatusCode::NOT_FOUND.into_response(),
        |mail| mail_document(mail.html),
    )
}
