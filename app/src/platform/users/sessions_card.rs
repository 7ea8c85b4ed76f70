//! Where somebody is signed in, and how staff end it.

use contract::customers::{PersonDetail, PersonSession};
use leptos::{prelude::*, server_fn::ServerFn};

use super::end_user_sessions::EndUserSessions;
use crate::{messages, org::post_form::PostForm};

#[component]
pub fn Sessions(found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().customers.users;
    if found.sessions.is_empty() {
        return view! { <ui::Card title=texts.sessions><p class="muted">{texts.no_sessions}</p></ui::Card> }.into_any();
    }
    let user = found.id.to_string();
    let all = found.may_manage.then(|| {
        view! {
            <PostForm action=EndUserSessions::PATH fields=vec![("user", user.clone())]>
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>{texts.end_all}</ui::Button>
            </PostForm>
        }
    });
    let may = found.may_manage;
    let rows = found
        .sessions
        .into_iter()
        .map(|session| view! { <Row user=user.clone() session=session may=may/> })
        .collect_view();
    view! {
        <ui::Card title=texts.sessions flush=true actions=all.into_any()>
            <ul class="list">{rows}</ul>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn Row(user: String, session: PersonSession, may: bool) -> impl IntoView {
    let texts = &messages::current().customers.users;
    let device = session.device.clone();
    let end = may.then(|| {
        let fields = vec![("user", user), ("session", session.id.to_string())];
        view! {
            <PostForm action=EndUserSessions::PATH fields=fields>
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Quiet>
                    {texts.end} <span class="visually-hidden">" " {device}</span>
                </ui::Button>
            </PostForm>
        }
    });
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{session.device}</p>
                <p class="list-detail">{(texts.session_facts)(&session.address, &session.signed_in.text, &session.last_seen.text)}</p>
            </div>
            {end}
        </li>
    }
}
