//! `/resume-account`: what a sign-in to a paused account leads to. A button takes it up again.

use contract::FieldCode;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{resume_account::ResumeAccount, sign_in_page::keeping};
use crate::{form::FormState, frame::auth::AuthPage, messages, page};

const PATH: &str = "/resume-account";

pub(super) fn path(token: &str, next: Option<&str>) -> String {
    let path = page::with_query(PATH, "token", token);
    match next {
        Some(next) => format!("{path}&{}", page::with_query("", "next", next).trim_start_matches('?')),
        None => path,
    }
}

#[component]
pub fn ResumeAccountPage() -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.danger.account;
    let (token, next) = (page::query("token"), page::query("next"));
    let form = FormState::of::<ResumeAccount>();
    let sign_in = keeping("/sign-in", next.as_deref());
    let Some(token) = token.filter(|_| !form.has(FieldCode::LinkExpired)) else {
        return view! {
            <AuthPage title=texts.late_title description=texts.late_text>
                <div class="form-actions"><ui::Button href=sign_in>{texts.late_action}</ui::Button></div>
            </AuthPage>
        }
        .into_any();
    };
    view! {
        <AuthPage title=texts.resume_title description=texts.resume_text>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            <form class="form" method="post" action=ResumeAccount::PATH data-pending="">
                <input type="hidden" name="token" value=token/>
                {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                <div class="form-actions"><ui::Button>{texts.resume_button}</ui::Button></div>
            </form>
            <p class="auth-links"><ui::Link href="/">{texts.stay_paused}</ui::Link></p>
        </AuthPage>
    }
    .into_any()
}
