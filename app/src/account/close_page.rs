//! `/account/close`: pausing one's account, and deleting it.

use contract::{
    Error, FieldCode,
    account::{Closing, ClosingOrganization},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{closing::closing, deactivate_account::DeactivateAccount, delete_account::DeleteAccount};
use crate::{
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    org::refusal::SignInAgain,
    page::{self, PageTitle},
};

const PATH: &str = "/account/close";

#[component]
pub fn ClosePage() -> impl IntoView {
    account_page(Section::Security, |_| async {
        let closing = closing().await?;
        if page::query("confirm").is_some_and(|what| what == "pause") {
            return Ok(view! { <ConfirmPause closing=closing/> }.into_any());
        }
        let texts = &messages::current().danger.account;
        let blocked = !closing.blocking.is_empty();
        let pause = (!blocked).then(|| {
            view! {
                <div class="form-actions">
                    <ui::Button href=format!("{PATH}?confirm=pause") variant=ui::ButtonVariant::Secondary>
                        {texts.pause_button}
                    </ui::Button>
                </div>
            }
        });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <div class="stack-large">
                {blocked.then(|| view! { <Blocked organizations=closing.blocking.clone()/> })}
                <ui::Card title=texts.pause_title description=texts.pause_text>{pause}</ui::Card>
                <Delete closing=closing/>
            </div>
        }
        .into_any())
    })
}

#[component]
fn ConfirmPause(closing: Closing) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.danger.account;
    let form = FormState::of::<DeactivateAccount>();
    let content = if closing.blocking.is_empty() {
        view! {
            <form class="form" method="post" action=DeactivateAccount::PATH data-pending="">
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Danger>{texts.pause_button}</ui::Button>
                    <ui::Button href=PATH variant=ui::ButtonVariant::Quiet>{messages.danger.cancel}</ui::Button>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! { <Blocked organizations=closing.blocking/> }.into_any()
    };
    view! {
        <PageTitle text=texts.pause_question/>
        <ui::PageHeader title=texts.pause_question description=texts.pause_text/>
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        {content}
    }
}

#[component]
fn Delete(closing: Closing) -> impl IntoView {
    let texts = &messages::current().danger.account;
    let list = |text: &'static str, organizations: &[ClosingOrganization]| {
        (!organizations.is_empty()).then(|| view! { <p>{text} " " <strong>{names(organizations)}</strong></p> })
    };
    let form = closing
        .blocking
        .is_empty()
        .then(|| view! { <DeleteForm closing=closing.clone()/> });
    view! {
        <ui::Card title=texts.delete_title tone=ui::Tone::Danger>
            <div class="stack">
                <p>{texts.delete_text}</p>
                {list(texts.ending, &closing.ending)}
                {list(texts.leaving, &closing.leaving)}
                {form}
            </div>
        </ui::Card>
    }
}

/// Which organizations keep the account, and the two ways out of each.
#[component]
fn Blocked(organizations: Vec<ClosingOrganization>) -> impl IntoView {
    let texts = &messages::current().danger.account;
    let rows = organizations
        .into_iter()
        .map(|ClosingOrganization { name, slug }| {
            let (to_hand_over, to_delete) = (name.clone(), name.clone());
            view! {
                <li class="list-row">
                    <div class="list-main"><p class="list-title">{name}</p></div>
                    <div class="row">
                        <ui::Link href=format!("/o/{slug}/people")>
                            {texts.hand_over} <span class="visually-hidden">" " {to_hand_over}</span>
                        </ui::Link>
                        <ui::Link href=format!("/o/{slug}/settings/danger")>
                            {texts.delete_it} <span class="visually-hidden">" " {to_delete}</span>
                        </ui::Link>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stack">
            <ui::Banner tone=ui::Tone::Warning title=texts.blocked_title>{texts.blocked_text}</ui::Banner>
            <ui::Card><ul class="list">{rows}</ul></ui::Card>
        </div>
    }
}

#[component]
fn DeleteForm(closing: Closing) -> impl IntoView {
    let messages = messages::current();
    let (auth, texts) = (&messages.auth, &messages.danger.account);
    let form = FormState::of::<DeleteAccount>();
    // The code is that of a failed sign-in, whose words speak of an address too.
    let wrong = form.has(FieldCode::WrongCredentials);
    let wrong_text = messages.account.security.current_wrong;
    let summary = if wrong {
        vec![ui::FieldError::new("password", wrong_text)]
    } else {
        form.summary()
    };
    let too_late = matches!(form.error(), Some(Error::RecentSignInRequired));
    let proof = (!closing.signed_in_recently || wrong || too_late).then(|| {
        if !closing.has_password {
            return view! { <p>{texts.link_hint}</p> <SignInAgain next=PATH.to_owned()/> }.into_any();
        }
        let error = wrong.then(|| wrong_text.to_owned());
        view! {
            <ui::PasswordInput
                name="password"
                label=auth.password
                show_label=auth.show_password
                hide_label=auth.hide_password
                autocomplete="current-password"
                hint=texts.password_hint
                error=error
            />
            <p class="small">
                <ui::Link href=page::sign_in_again_path(PATH)>{texts.sign_in_instead}</ui::Link>
            </p>
        }
        .into_any()
    });
    view! {
        <ui::FormErrorSummary title=messages.errors.summary_title errors=summary/>
        <ui::Confirm
            expected=closing.email.clone()
            any_case=true
            label=(messages.danger.type_name)(&closing.email)
            button=texts.delete_button
            action=DeleteAccount::PATH
            error=form.field_error("confirm")
        >
            // Tells a password manager whose password it is.
            <input type="text" name="username" value=closing.email.clone() autocomplete="username" readonly hidden/>
            {proof}
        </ui::Confirm>
    }
}

fn names(organizations: &[ClosingOrganization]) -> String {
    let names: Vec<&str> = organizations
        .iter()
        .map(|organization| organization.name.as_str())
        .collect();
    names.join(", ")
}
