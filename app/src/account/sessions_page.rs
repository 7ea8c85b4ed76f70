//! `/account/sessions`: where one is signed in, and how to end it.

use contract::account::SessionRow;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{revoke_other_sessions::RevokeOtherSessions, revoke_session::RevokeSession, sessions::sessions};
use crate::{
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    page::{self, PageTitle},
};

#[component]
pub fn SessionsPage() -> impl IntoView {
    account_page(Section::Sessions, |_| async {
        let rows = sessions().await?;
        let others = rows.iter().filter(|row| !row.current).count();
        let confirming = page::query("confirm").is_some_and(|what| what == "others") && others > 0;
        Ok(if confirming {
            view! { <ConfirmOthers others=others/> }.into_any()
        } else {
            view! { <Devices rows=rows/> }.into_any()
        })
    })
}

#[component]
fn Devices(rows: Vec<SessionRow>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.account.sessions;
    let form = FormState::of::<RevokeSession>();
    let alone = rows.iter().all(|row| row.current);
    let others = (!alone).then(|| {
        view! {
            <ui::Button href="/account/sessions?confirm=others" variant=ui::ButtonVariant::Secondary>
                {texts.sign_out_others}
            </ui::Button>
        }
        .into_any()
    });
    let rows = rows.into_iter().map(|row| view! { <Device row=row/> }).collect_view();
    view! {
        <PageTitle text=texts.title/>
        {match others {
            Some(actions) => {
                view! { <ui::PageHeader title=texts.title description=texts.description actions=actions/> }.into_any()
            }
            None => view! { <ui::PageHeader title=texts.title description=texts.description/> }.into_any(),
        }}
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        <ui::Card flush=true>
            <ul class="list">{rows}</ul>
        </ui::Card>
        {alone.then(|| view! { <p class="muted small">{texts.only_this}</p> })}
    }
}

#[component]
fn Device(row: SessionRow) -> impl IntoView {
    let texts = &messages::current().account.sessions;
    let address = if row.address.is_empty() {
        texts.unknown_place.to_owned()
    } else {
        row.address
    };
    let device = row.device.clone();
    let end = if row.current {
        view! {
            <ui::Button href="/sign-out" size=ui::ButtonSize::Small variant=ui::ButtonVariant::Quiet>
                {texts.sign_out}
            </ui::Button>
        }
        .into_any()
    } else {
        view! {
            <form method="post" action=RevokeSession::PATH data-pending="">
                <input type="hidden" name="session" value=row.id.to_string()/>
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                    {texts.sign_out} <span class="visually-hidden">" " {device}</span>
                </ui::Button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title row">
                    <span>{row.device}</span>
                    {row.current.then(|| view! { <ui::Badge tone=ui::Tone::Success>{texts.current}</ui::Badge> })}
                </p>
                <p class="list-detail">
                    {address} " · " {texts.last_seen} " "
                    <ui::DateTime instant=row.last_seen.iso exact=row.last_seen.text.clone() text=row.last_seen.text/>
                </p>
                <p class="list-detail">
                    {texts.signed_in} " "
                    <ui::DateTime instant=row.signed_in.iso exact=row.signed_in.text.clone() text=row.signed_in.text/>
                </p>
            </div>
            {end}
        </li>
    }
}

#[component]
fn ConfirmOthers(others: usize) -> impl IntoView {
    let messages = messages::current();
    let (account, texts) = (&messages.account, &messages.account.sessions);
    let form = FormState::of::<RevokeOtherSessions>();
    let title = (texts.confirm_title)(others);
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader title=title description=texts.confirm_text/>
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        <form class="form" method="post" action=RevokeOtherSessions::PATH data-pending="">
            <div class="form-actions">
                <ui::Button variant=ui::ButtonVariant::Danger>{texts.confirm}</ui::Button>
                <ui::Button href="/account/sessions" variant=ui::ButtonVariant::Quiet>{account.cancel}</ui::Button>
            </div>
        </form>
    }
}
