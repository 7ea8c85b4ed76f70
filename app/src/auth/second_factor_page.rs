//! `/second-factor`: the second half of a sign-in, and the same once more for what asks for it. Who has no second factor is
//! led to set one up.

use contract::FieldCode;
use domain::{
    Deps,
    identity::second_factor::{
        overview,
        sign_in::{self, Ways},
    },
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    arrival, begin_passkey_proof::BeginPasskeyProof, prove_by_passkey::ProveByPasskey,
    prove_second_factor::ProveSecondFactor, sign_in_page::keeping,
};
use crate::{
    account::{
        passkeys::texts::{around, why_not},
        second_factor::setup_page,
    },
    form::FormState,
    frame::auth::AuthPage,
    messages, page,
    response::redirect_to,
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
            && let Some(ways) = sign_in::awaits(&deps, token).await?
        {
            let ways = usable(ways, &deps);
            return Ok(view! { <ProofForms next=next again=false ways=ways/> }.into_any());
        }
        let Some(user) = session::maybe_user().await? else {
            if token.is_some() || is_over() {
                return Ok(view! { <Over next=next/> }.into_any());
            }
            redirect_to(&keeping("/sign-in", next.as_deref()));
            return Ok(().into_any());
        };
        if user.proved_recently(&deps) && !is_asked_again() {
            redirect_to(&arrival::onward(&user, &deps, next.as_deref()).await?);
            return Ok(().into_any());
        }
        let Some(guards) = overview::overview(&user, &deps).await? else {
            redirect_to(&setup_page::path(next.as_deref()));
            return Ok(().into_any());
        };
        let ways = Ways {
            app: guards.app.is_some(),
            passkey: !guards.passkeys.is_empty(),
        };
        let ways = usable(ways, &deps);
        Ok(view! { <ProofForms next=next again=true ways=ways/> }.into_any())
    })
}

/// Whether it takes a proof of its own, see [`page::second_factor_again_path`].
fn is_asked_again() -> bool {
    page::query("again").is_some()
}

/// Whether either form was told so.
fn is_over() -> bool {
    FormState::of::<ProveSecondFactor>().has(FieldCode::LinkExpired)
        || FormState::of::<ProveByPasskey>().has(FieldCode::LinkExpired)
}

/// Passkeys are of no use under an address for which browsers make none.
fn usable(ways: Ways, deps: &Deps) -> Ways {
    Ways {
        passkey: ways.passkey && why_not(deps).is_none(),
        ..ways
    }
}

/// With `again` for who is signed in and proves it once more.
#[component]
fn ProofForms(next: Option<String>, again: bool, ways: Ways) -> impl IntoView {
    let messages = messages::current();
    let (texts, passkeys) = (&messages.second_factor.prove, &messages.passkeys.prove);
    let description = match (ways.passkey, ways.app, again) {
        (true, true, true) => passkeys.again_or_code,
        (true, true, false) => passkeys.description_or_code,
        (true, false, true) => passkeys.again,
        (true, false, false) => passkeys.description,
        (false, _, true) => texts.again,
        (false, _, false) => texts.description,
    };
    let form = FormState::of::<ProveByPasskey>();
    // Who has neither an app nor a passkey that can be used here has kept codes.
    let kept = page::query("recovery").is_some() || !(ways.app || ways.passkey);
    let plain = path(next.as_deref());
    let with = |path: &str, word: &str| format!("{path}{}{word}", if path.contains('?') { '&' } else { '?' });
    let this = if is_asked_again() { with(&plain, "again") } else { plain };
    let other = match (kept, ways.app, ways.passkey) {
        (false, ..) => Some((with(&this, "recovery"), texts.use_recovery)),
        (true, true, _) => Some((this, texts.use_app)),
        (true, false, true) => Some((this, passkeys.button)),
        (true, false, false) => None,
    };
    let by_passkey = (ways.passkey && !kept).then(|| view! { <PasskeyProof next=next.clone() app=ways.app/> });
    let by_code = (ways.app || kept).then(|| view! { <CodeForm next=next.clone() kept=kept autofocus=!ways.passkey/> });
    let both = (by_passkey.is_some() && by_code.is_some()).then(|| view! { <p class="divider">{passkeys.or}</p> });
    view! {
        <AuthPage title=texts.title description=description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary() id="passkey-errors"/>
            {by_passkey}
            {both}
            {by_code}
            <p class="auth-links">
                {other.map(|(path, text)| view! { <ui::Link href=path>{text}</ui::Link> })}
                {(!again)
                    .then(|| {
                        view! { <ui::Link href=keeping("/sign-in", next.as_deref())>{texts.start_over}</ui::Link> }
                    })}
            </p>
        </AuthPage>
    }
}

#[component]
fn PasskeyProof(next: Option<String>, app: bool) -> impl IntoView {
    let texts = &messages::current().passkeys.prove;
    let without_script = if app {
        texts.without_script
    } else {
        texts.without_script_no_app
    };
    view! {
        <ui::PasskeyForm
            action=ProveByPasskey::PATH
            ask=BeginPasskeyProof::PATH
            act=ui::PasskeyAct::Get
            label=texts.button
            texts=around(without_script)
        >
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
        </ui::PasskeyForm>
    }
}

/// With `kept` for a code that was kept in the place of one that the app shows.
#[component]
fn CodeForm(next: Option<String>, kept: bool, autofocus: bool) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.second_factor.prove;
    let form = FormState::of::<ProveSecondFactor>();
    let input = if kept {
        view! {
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
        }
        .into_any()
    } else {
        view! {
            <ui::TextInput
                name="code"
                label=texts.code
                kind=ui::InputKind::Code
                hint=texts.code_hint
                error=form.field_error("code")
                autocomplete="one-time-code"
                max_length=10
                required=true
                autofocus=autofocus
            />
        }
        .into_any()
    };
    view! {
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        <form class="form" method="post" action=ProveSecondFactor::PATH data-pending="">
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            {input}
            <div class="form-actions"><ui::Button>{texts.button}</ui::Button></div>
        </form>
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
