//! `/account/security/passkeys/new`: a passkey of this device, or of one beside it.

use contract::{Error, account::Verification};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    add_passkey::AddPasskey,
    begin_passkey::BeginPasskey,
    texts::{around, why_not},
};
use crate::{
    account::device,
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    org::{post_form::HiddenFields, refusal::SignInAgain},
    page::{self, PageTitle},
    session,
};

const PATH: &str = "/account/security/passkeys/new";

/// This page, from which one goes on to where one was going.
pub(crate) fn path(next: Option<&str>) -> String {
    match next {
        Some(next) => page::with_query(PATH, "next", next),
        None => PATH.to_owned(),
    }
}

#[component]
pub fn NewPasskeyPage() -> impl IntoView {
    account_page(Section::Security, |viewer| async move {
        if viewer.verification != Verification::Verified {
            return Err(Error::EmailUnverified);
        }
        let (user, deps) = (session::user().await?, session::deps()?);
        let next = page::query("next");
        let texts = &messages::current().passkeys.new;
        let content = match why_not(&deps) {
            Some(reason) => view! { <ui::Card><p>{reason}</p></ui::Card> }.into_any(),
            None if user.signed_in_recently(&deps) => {
                let name = device::name(&user.request().user_agent);
                view! { <Add name=name next=next/> }.into_any()
            }
            None => {
                let setup = &messages::current().second_factor.setup;
                view! {
                    <ui::Card title=setup.again_title description=setup.again_text>
                        <SignInAgain next=path(next.as_deref())/>
                    </ui::Card>
                }
                .into_any()
            }
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            {content}
        }
        .into_any())
    })
}

#[component]
fn Add(name: String, next: Option<String>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.passkeys.new;
    let form = FormState::of::<AddPasskey>();
    let hidden: Vec<_> = next.into_iter().map(|next| ("next", next)).collect();
    view! {
        <ui::Card title=texts.card_title description=texts.card_text>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <ui::PasskeyForm
                action=AddPasskey::PATH
                ask=BeginPasskey::PATH
                act=ui::PasskeyAct::Create
                label=texts.button
                texts=around(texts.without_script)
            >
                <HiddenFields fields=hidden/>
                <ui::TextInput
                    name="name"
                    label=texts.name
                    hint=texts.name_hint
                    value=form.value_or("name", &name)
                    error=form.field_error("name")
                    autocomplete="off"
                    max_length=60
                    required=true
                />
            </ui::PasskeyForm>
        </ui::Card>
    }
}
