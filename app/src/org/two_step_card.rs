//! Whether the organization requires two-step sign-in, on its general settings.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{refusal, require_second_factor::RequireSecondFactor};
use crate::{form::FormState, messages};

/// `active` is whether the organization can be changed at the moment.
#[component]
pub fn TwoStepCard(org: String, required: bool, active: bool) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.second_factor.organization;
    let form = FormState::of::<RequireSecondFactor>();
    view! {
        <ui::Card title=texts.title description=texts.text>
            <form class="form" method="post" action=active.then_some(RequireSecondFactor::PATH) data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=refusal::unbound(form.summary())/>
                <input type="hidden" name="org" value=org/>
                <ui::Checkbox name="required" hint=texts.hint checked=required disabled=!active>
                    {texts.required}
                </ui::Checkbox>
                {active.then(|| view! { <div class="form-actions"><ui::Button>{texts.save}</ui::Button></div> })}
            </form>
        </ui::Card>
    }
}
