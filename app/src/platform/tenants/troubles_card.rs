//! What went wrong lately, and what has to wait.

use contract::customers::{OrganizationDetail, Trouble, TroubleRow};
use leptos::prelude::*;

use crate::{
    messages,
    platform::{reports::view::report_path, users::lockouts::waiting_for},
};

#[component]
pub fn Troubles(found: OrganizationDetail) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let waiting = found.waiting.into_iter().map(waiting_for).collect_view();
    if found.troubles.is_empty() {
        return view! {
            <ui::Card title=texts.troubles>
                <div class="stack">{waiting} <p class="muted">{texts.no_troubles}</p></div>
            </ui::Card>
        }
        .into_any();
    }
    let rows = found
        .troubles
        .into_iter()
        .map(|trouble| view! { <Row trouble=trouble/> })
        .collect_view();
    view! {
        <ui::Card title=texts.troubles flush=true>
            {waiting}
            <ul class="list">{rows}</ul>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn Row(trouble: TroubleRow) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let (at, title) = (trouble.at, (texts.trouble)(trouble.kind, &trouble.what));
    // What people say about it tells by itself neither that it was they nor where it goes on.
    let (title, reported) = match trouble.report {
        Some(report) => (
            view! { <ui::Link href=report_path(report) tone=ui::LinkTone::Quiet>{title}</ui::Link> }.into_any(),
            Some(view! { <p class="list-detail">{texts.reported}</p> }),
        ),
        None => (title.into_any(), None),
    };
    let met = match trouble.kind {
        Trouble::Fault => (texts.met)(trouble.times, trouble.person.as_deref()),
        _ => None,
    };
    let request = trouble
        .request
        .map(|id| view! { <p class="list-detail mono">{(texts.request)(&id)}</p> });
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title customers-why">{title}</p>
                {reported}
                {trouble.why.map(|why| view! { <p class="list-detail customers-why">{why}</p> })}
                {met.map(|met| view! { <p class="list-detail">{met}</p> })}
                {request}
            </div>
            <span class="muted small"><ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/></span>
        </li>
    }
}
