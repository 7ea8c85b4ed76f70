//! What went wrong lately, and what has to wait.

use contract::customers::{OrganizationDetail, TroubleRow};
use leptos::prelude::*;

use crate::{messages, platform::users::lockouts::waiting_for};

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
    let at = trouble.at;
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{(texts.trouble)(trouble.kind, &trouble.what)}</p>
                {trouble.why.map(|why| view! { <p class="list-detail customers-why">{why}</p> })}
            </div>
            <span class="muted small"><ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/></span>
        </li>
    }
}
