//! `/goodbye`: what somebody sees whose account was just paused or deleted.

use leptos::prelude::*;

use crate::{frame::auth::AuthPage, messages, page};

#[component]
pub fn GoodbyePage() -> impl IntoView {
    let texts = &messages::current().danger.account;
    if page::query("account").is_some_and(|what| what == "paused") {
        view! {
            <AuthPage title=texts.paused_title description=texts.paused_text>
                <div class="form-actions">
                    <ui::Button href="/sign-in" variant=ui::ButtonVariant::Secondary>{texts.sign_in}</ui::Button>
                </div>
            </AuthPage>
        }
        .into_any()
    } else {
        view! {
            <AuthPage title=texts.deleted_title description=texts.deleted_text>
                <div class="form-actions">
                    <ui::Button href="/" variant=ui::ButtonVariant::Secondary>{messages::current().errors.home}</ui::Button>
                </div>
            </AuthPage>
        }
        .into_any()
    }
}
