//! The forms that answer before something is done to a customer.

use contract::error::Result;
use leptos::prelude::*;

use crate::{
    form::FormState,
    messages,
    org::{post_form::HiddenFields, refusal::unbound},
};

/// Before a form is filled in that would only be refused: who proved a second factor too long ago proves it again, and comes back.
pub async fn require_fresh_factor() -> Result<()> {
    let actor = crate::session::staff().await?;
    Ok(actor.require_fresh_factor(&crate::session::deps()?)?)
}

/// One press.
#[component]
pub fn Answer(
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    errors: Vec<ui::FieldError>,
    back: String,
    button: &'static str,
    #[prop(optional)] danger: bool,
) -> impl IntoView {
    let variant = if danger {
        ui::ButtonVariant::Danger
    } else {
        ui::ButtonVariant::Primary
    };
    let messages = messages::current();
    view! {
        <form class="form" method="post" action=action data-pending="">
            <ui::FormErrorSummary title=messages.errors.summary_title errors=unbound(errors)/>
            <HiddenFields fields=fields/>
            <div class="form-actions">
                <ui::Button variant=variant>{button}</ui::Button>
                <ui::Button href=back variant=ui::ButtonVariant::Quiet>{messages.customers.cancel}</ui::Button>
            </div>
        </form>
    }
}

/// With the reason why.
#[component]
pub fn ReasonForm(
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    form: FormState,
    back: String,
    button: &'static str,
    /// Who reads it.
    hint: &'static str,
    /// What else is asked.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers;
    view! {
        <form class="form" method="post" action=action data-pending="">
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <HiddenFields fields=fields/>
            <ui::Textarea
                name="reason"
                label=texts.reason
                hint=hint
                value=form.value_or("reason", "")
                error=form.field_error("reason")
                rows=3
                max_length=500
                required=true
            />
            {children.map(|children| children())}
            <div class="form-actions">
                <ui::Button variant=ui::ButtonVariant::Danger>{button}</ui::Button>
                <ui::Button href=back variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}
