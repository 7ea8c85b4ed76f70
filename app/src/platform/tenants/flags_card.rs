//! What is switched on for an organization, and why.

use contract::flag::FlagForOne;
use leptos::prelude::*;

use crate::{messages, platform::flags::input::path};

#[component]
pub fn Flags(flags: Vec<FlagForOne>) -> impl IntoView {
    let texts = &messages::current().flags;
    let rows = flags
        .into_iter()
        .map(|FlagForOne { flag, value }| {
            view! {
                <li class="list-row">
                    <div class="list-main">
                        <p class="list-title"><ui::Link href=path(flag)>{flag.key()}</ui::Link></p>
                        <p class="list-detail">{flag.meaning()}</p>
                    </div>
                    <span class="muted small">{(texts.resolved)(value.on, value.reason)}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.title description=texts.for_organization flush=true>
            <ul class="list">{rows}</ul>
        </ui::Card>
    }
}
