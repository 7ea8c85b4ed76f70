//! `/magic-link`: the form, what to do once it is sent, and what the mailed link opens.

use contract::FieldCode;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    link_request::LinkRequest, mailed::Mailed, mailed_link::MailedLink, redeem_magic_link::RedeemMagicLink,
    request_magic_link::RequestMagicLink, sign_in_page::keeping,
};
use crate::{form::FormState, frame::auth::AuthPage, messages, page};

const PATH: &str = "/magic-link";

/// Where one is told that the mail is on its way.
pub(super) fn sent(next: Option<&str>) -> String {
    match next {
        Some(next) => format!("{}&sent", page::with_query(PATH, "next", next)),
        None => format!("{PATH}?sent"),
    }
}

#[component]
pub fn MagicLinkPage() -> impl IntoView {
    let texts = &messages::current().auth.magic;
    let next = page::query("next");
    let redeem = FormState::of::<RedeemMagicLink>();
    if redeem.has(FieldCode::LinkExpired) {
        return view! { <Expired next=next/> }.into_any();
    }
    if let Some(token) = page::query("token") {
        let action = RedeemMagicLink::PATH;
        return view! { <MailedLink texts=&texts.link action=action form=redeem token=token next=next/> }.into_any();
    }
    let form = FormState::of::<RequestMagicLink>();
    view! {
        <LinkRequest
            texts=&texts.request
            mailed=Mailed::MagicLink
            action=RequestMagicLink::PATH
            form=form
            path=PATH
            next=next
        />
    }
    .into_any()
}

#[component]
fn Expired(next: Option<String>) -> impl IntoView {
    let texts = &messages::current().auth.magic;
    let request = keeping(PATH, next.as_deref());
    let sign_in = keeping("/sign-in", next.as_deref());
    view! {
        <AuthPage title=texts.expired_title description=texts.expired_text>
            <div class="form-actions"><ui::Button href=request>{texts.request.title}</ui::Button></div>
            <p class="auth-links"><ui::Link href=sign_in>{texts.request.back}</ui::Link></p>
        </AuthPage>
    }
}
