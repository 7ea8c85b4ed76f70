//! The passkeys of the account, on its security page.

use domain::{
    actor::UserActor,
    identity::second_factor::passkeys::{
        add::MOST,
        list::{Passkey, list},
    },
};
use leptos::prelude::*;

use super::{new_page, passkey_page, texts::why_not};
use crate::{format::Formatter, messages, session};

/// What the card shows.
pub(crate) struct Passkeys {
    all: Vec<Passkey>,
    formatter: Formatter,
    why_not: Option<&'static str>,
}

impl Passkeys {
    pub async fn of(user: &UserActor) -> contract::error::Result<Self> {
        let deps = session::deps()?;
        Ok(Self {
            all: list(user, &deps).await?,
            formatter: Formatter::from(user.person()),
            why_not: why_not(&deps),
        })
    }
}

#[component]
pub(crate) fn PasskeysCard(passkeys: Passkeys) -> impl IntoView {
    let texts = &messages::current().passkeys.card;
    let Passkeys {
        all,
        formatter,
        why_not,
    } = passkeys;
    let action = match (why_not, all.len() < MOST) {
        (Some(reason), _) => view! { <p class="muted">{reason}</p> }.into_any(),
        (None, false) => view! { <p class="muted">{(texts.full)(MOST)}</p> }.into_any(),
        (None, true) => view! {
            <div class="form-actions">
                <ui::Button
                    href=new_page::path(None)
                    icon=ui::IconName::Key
                    variant=if all.is_empty() { ui::ButtonVariant::Primary } else { ui::ButtonVariant::Secondary }
                >
                    {texts.add}
                </ui::Button>
            </div>
        }
        .into_any(),
    };
    let rows = all
        .into_iter()
        .map(|passkey| view! { <Row passkey=passkey formatter=formatter/> })
        .collect_view();
    view! {
        <ui::Card title=texts.title description=texts.text>
            <div class="stack">
                <ul class="list">{rows}</ul>
                {action}
            </div>
        </ui::Card>
    }
}

#[component]
fn Row(passkey: Passkey, formatter: Formatter) -> impl IntoView {
    let texts = &messages::current().passkeys.card;
    let moment = move |instant| {
        let moment = formatter.moment(instant);
        view! { <ui::DateTime instant=moment.iso exact=moment.text.clone() text=moment.text/> }
    };
    let used = match passkey.last_used {
        Some(instant) => view! { {texts.last_used} " " {moment(instant)} }.into_any(),
        None => view! { {texts.never_used} }.into_any(),
    };
    let change = (texts.change_of)(&passkey.name);
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{passkey.name}</p>
                <p class="list-detail">{texts.added} " " {moment(passkey.created)} " · " {used}</p>
            </div>
            <a class="button button-secondary button-small" href=passkey_page::path(passkey.id) aria-label=change>
                <span class="button-text">{texts.change}</span>
            </a>
        </li>
    }
}
