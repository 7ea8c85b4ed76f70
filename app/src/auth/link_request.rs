//! Asking for a link by mail: the form, and what to do once it is sent.

use contract::email::EmailAddress;
use leptos::prelude::*;

use super::{
    mailed::{Mailed, recall},
    sign_in_page::keeping,
};
use crate::{
    form::FormState,
    frame::auth::AuthPage,
    messages::{self, auth::LinkRequest as Texts},
    page,
};

/// `path` is the page this is on, and `next` where one was going.
#[component]
pub fn LinkRequest(
    texts: &'static Texts,
    mailed: Mailed,
    action: &'static str,
    form: FormState,
    path: &'static str,
    next: Option<String>,
) -> impl IntoView {
    let sign_in = keeping("/sign-in", next.as_deref());
    if page::query("sent").is_some() && !form.failed() {
        let again = keeping(path, next.as_deref());
        let address = recall(mailed);
        let text = (texts.sent_text)(address.as_ref().map(EmailAddress::as_str));
        return view! {
            <AuthPage title=texts.sent_title description=text>
                <p class="muted small">{texts.nothing_arrived}</p>
                <div class="form-actions">
                    <ui::Button href=again variant=ui::ButtonVariant::Secondary>{texts.again}</ui::Button>
                </div>
                <p class="auth-links"><ui::Link href=sign_in>{texts.back}</ui::Link></p>
            </AuthPage>
        }
        .into_any();
    }
    let messages = messages::current();
    view! {
        <AuthPage title=texts.title description=texts.description>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=action data-pending="">
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                <ui::TextInput
                    name="email"
                    label=messages.auth.email
                    kind=ui::InputKind::Email
                    value=form.value("email")
                    error=form.field_error("email")
                    autocomplete="username"
                    required=true
                    autofocus=!form.failed()
                />
                <div class="form-actions"><ui::Button>{texts.button}</ui::Button></div>
            </form>
            <p class="auth-links"><ui::Link href=sign_in>{texts.back}</ui::Link></p>
        </AuthPage>
    }
    .into_any()
}
