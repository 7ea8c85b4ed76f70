//! What a mailed link opens: a button that uses it up. Following the link does not, because mail filters follow links.

use leptos::prelude::*;

use crate::{
    form::FormState,
    frame::auth::AuthPage,
    messages::{self, auth::MailedLink as Texts},
};

/// `next` is where one was going when the link was asked for.
#[component]
pub fn MailedLink(
    texts: &'static Texts,
    action: &'static str,
    form: FormState,
    token: String,
    #[prop(optional_no_strip)] next: Option<String>,
) -> impl IntoView {
    let messages = messages::current();
    view! {
        <AuthPage title=texts.title description=texts.text>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=action data-pending="">
                <input type="hidden" name="token" value=token/>
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                <div class="form-actions"><ui::Button>{texts.button}</ui::Button></div>
            </form>
        </AuthPage>
    }
}
