//! `/account/security/two-step`: setting an authenticator app up, in two steps of its own.

use contract::{Error, account::Verification};
use domain::identity::second_factor::{
    enrol::{self, Setup},
    overview,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{begin_setup::BeginSetup, confirm_setup::ConfirmSetup};
use crate::{
    account::passkeys::{new_page, texts::why_not},
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    org::{post_form::HiddenFields, refusal::SignInAgain},
    page::{self, PageTitle},
    session,
};

const PATH: &str = "/account/security/two-step";

/// This page, from which one goes on to where one was going.
pub(crate) fn path(next: Option<&str>) -> String {
    match next {
        Some(next) => page::with_query(PATH, "next", next),
        None => PATH.to_owned(),
    }
}

#[component]
pub fn SetupPage() -> impl IntoView {
    account_page(Section::Security, |viewer| async move {
        if viewer.verification != Verification::Verified {
            return Err(Error::EmailUnverified);
        }
        let (user, deps) = (session::user().await?, session::deps()?);
        let next = page::query("next");
        let content = if user.signed_in_recently(&deps) {
            // With one already this asks for it first.
            if let Some(setup) = enrol::pending(&user, &deps).await? {
                view! { <Scan setup=setup next=next/> }.into_any()
            } else {
                let other = why_not(&deps).is_none().then(|| new_page::path(next.as_deref()));
                view! { <Begin next=next other=other/> }.into_any()
            }
        } else {
            view! { <Again next=path(next.as_deref())/> }.into_any()
        };
        let texts = &messages::current().second_factor.setup;
        let app = overview::overview(&user, &deps).await?.and_then(|guards| guards.app);
        let description = match (user.staff(), app) {
            (_, Some(_)) => texts.replace_text,
            (Some(_), None) => texts.staff_text,
            (None, None) => texts.description,
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=description/>
            {content}
        }
        .into_any())
    })
}

fn hidden(next: Option<String>) -> Vec<(&'static str, String)> {
    next.map(|next| ("next", next)).into_iter().collect()
}

/// For who signed in too long ago to change what guards their account.
#[component]
fn Again(next: String) -> impl IntoView {
    let texts = &messages::current().second_factor.setup;
    view! {
        <ui::Card title=texts.again_title description=texts.again_text>
            <SignInAgain next=next/>
        </ui::Card>
    }
}

/// `other` leads to the other second factor there is.
#[component]
fn Begin(next: Option<String>, other: Option<String>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.second_factor.setup;
    let form = FormState::of::<BeginSetup>();
    view! {
        <ui::Card title=texts.begin_title description=texts.begin_text>
            <form class="form" method="post" action=BeginSetup::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                <HiddenFields fields=hidden(next)/>
                <div class="form-actions"><ui::Button>{texts.begin}</ui::Button></div>
            </form>
        </ui::Card>
        {other
            .map(|other| {
                let texts = &messages.passkeys.new;
                view! {
                    <ui::Card title=texts.instead_title description=texts.instead_text>
                        <div class="form-actions">
                            <ui::Button href=other variant=ui::ButtonVariant::Secondary icon=ui::IconName::Key>
                                {texts.instead}
                            </ui::Button>
                        </div>
                    </ui::Card>
                }
            })}
    }
}

#[component]
fn Scan(setup: Setup, next: Option<String>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.second_factor.setup;
    let form = FormState::of::<ConfirmSetup>();
    // As people type it.
    let secret = setup
        .secret
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect::<Vec<_>>()
        .join(" ");
    view! {
        <ui::Card title=texts.scan_title description=texts.scan_text>
            <div class="stack">
                <img class="qr-code" src=setup.picture alt=texts.picture width="200" height="200"/>
                <p><ui::Link href=setup.address>{texts.open_app}</ui::Link></p>
                <ui::CodeBlock code=secret label=texts.secret copy_label=texts.copy copied_label=texts.copied/>
            </div>
        </ui::Card>
        <ui::Card title=texts.confirm_title description=texts.confirm_text>
            <form class="form" method="post" action=ConfirmSetup::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                <HiddenFields fields=hidden(next)/>
                <ui::TextInput
                    name="code"
                    label=messages.second_factor.prove.code
                    kind=ui::InputKind::Code
                    hint=messages.second_factor.prove.code_hint
                    error=form.field_error("code")
                    autocomplete="one-time-code"
                    max_length=10
                    required=true
                />
                <div class="form-actions"><ui::Button>{texts.confirm}</ui::Button></div>
            </form>
        </ui::Card>
    }
}
