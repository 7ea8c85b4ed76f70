//! What somebody has to wait for, and the button that lets them try again at once.

use contract::customers::{LockoutRow, PersonDetail};
use leptos::{prelude::*, server_fn::ServerFn};

use super::lift_user_lockouts::LiftUserLockouts;
use crate::{messages, org::post_form::PostForm};

#[component]
pub fn Lockouts(found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().customers.users;
    if found.lockouts.is_empty() {
        return view! { <ui::Card title=texts.lockouts><p class="muted">{texts.no_lockouts}</p></ui::Card> }.into_any();
    }
    let lift = found.may_manage.then(|| {
        view! {
            <PostForm action=LiftUserLockouts::PATH fields=vec![("user", found.id.to_string())]>
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>{texts.lift}</ui::Button>
            </PostForm>
        }
    });
    let rows = found.lockouts.into_iter().map(waiting_for).collect_view();
    view! {
        <ui::Card title=texts.lockouts description=texts.lockouts_text flush=true actions=lift.into_any()>
            <ul class="list">{rows}</ul>
        </ui::Card>
    }
    .into_any()
}

/// One counter, in words.
pub fn waiting_for(row: LockoutRow) -> AnyView {
    let texts = &messages::current().customers;
    let (tone, state) = match &row.until {
        Some(until) => (ui::Tone::Danger, (texts.waits_until)(&until.text)),
        None => (ui::Tone::Neutral, texts.let_in.to_owned()),
    };
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{(texts.policy)(&row.policy)}</p>
                <p class="list-detail">{(texts.attempts)(row.attempts)}</p>
            </div>
            <ui::Badge tone=tone>{state}</ui::Badge>
        </li>
    }
    .into_any()
}
