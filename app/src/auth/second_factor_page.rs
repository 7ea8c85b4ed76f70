//! `/second-factor`: the second half of a sign-in, and the same once more for what asks for it. Who has no second factor is
//! led to set one up.

use contract::FieldCode;
use domain::identity::second_factor::{overview, sign_in};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{arrival, prove_second_factor::ProveSecondFactor, sign_in_page::keeping};
use crate::{
    account::second_factor::setup_page, form::FormState, frame::auth::AuthPage, messages, page, response::redirect_to,
    session,
};

const PATH: &str = "/second-factor";

/// This page, from which one goes on to where one was going.
pub(super) fn path(next: Option<&str>) -> String {
    keeping(PATH, next)
}

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    page::load(async {
        let (next, deps) = (page::query("next"), session::deps()?);
        let token = session::challenge();
        if let Some(token) = &token
            && sign_in::awaits(&deps, token).await?
        {
            return Ok(view! { <CodeForm next=next again=false/> }.into_any());
        }
        let Some(user) = session::maybe_user().await? else {
            if token.is_some() || FormState::of::<ProveSecondFactor>().has(FieldCode::LinkExpired) {
                return Ok(view! { <Over next=next/> }.into_any());
            }
            redirect_to(&keeping("/sign-in", next.as_deref()));
            return Ok(().into_any());
        };
        if user.proved_recently(&deps) {
            redirect_to(&arrival::onward(&user, &deps, next.as_deref()).await?);
            return Ok(().into_any());
        }
        if overview::overview(&user, &deps).await?.is_none() {
            redirect_to(&setup_page::path(next.as_deref()));
            return Ok(().into_any());
        }
        Ok(view! { <CodeForm next=next again=true/> }.into_any())
    })
}

/// With `again` for who is signed in and proves it once more.
#[component]
fn CodeForm(next: Option<String>, again: bool) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.second_factor.prove;
    let form = FormState::of::<ProveSecondFactor>();
    let kept = page::query("recovery").is_some();
    let this = path(next.as_deref());
    let (input, other) = if kept {
        let input = view! {
            <ui::TextInput
                name="code"
                label=texts.recovery_code
                hint=texts.recovery_hint
                error=form.field_error("code")
                autocomplete="off"
                max_length=40
                required=true
                autofocus=true
            />
        };
        (input.into_any(), (this, texts.use_app))
    } else {
        let input = view! {
            <ui::TextInput
                name="code"
                label=texts.code
                kind=ui::InputKind::Code
                hint=texts.code_hint
                error=form.field_error("code")
                autocomplete="one-time-code"
                max_length=10
                required=true
                autofocus=true
            />
        };
        let separator = if this.contains('?') { '&' } else { '?' };
        (
            input.into_any(),
            (format!("{this}{separator}recovery"), texts.use_recovery),
        )
    };
    let description = if again { texts.again } else { texts.description };
    view! {
        <AuthPage title=texts.title description=description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=ProveSecondFactor::PATH data-pending="">
                {next.clone().map(|next| view! { <input type="hidden" name="next" value=next/> })}
                {input}
                <div class="form-actions"><ui::Button>{texts.button}</ui::Button></div>
            </form>
            <p class="auth-links">
                <ui::Link href=other.0>{other.1}</ui::Link>
                {(!again)
                    .then(|| {
                        view! { <ui::Link href=keeping("/sign-in", next.as_deref())>{texts.start_over}</ui::Link> }
                    })}
            </p>
        </AuthPage>
    }
}

/// The minutes of a sign-in are over, or its tries.
#[component]
fn Over(next: Option<String>) -> impl IntoView {
    let texts = &messages::current().second_factor.prove;
    view! {
        <AuthPage title=texts.over_title description=texts.over_text>
            <div class="form-actions">
                <ui::Button href=keeping("/sign-in", next.as_deref())>{texts.over_action}</ui::Button>
            </div>
        </AuthPage>
    }
}
