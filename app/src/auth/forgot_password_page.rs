//! `/forgot-password`: the form, and what to do once it is sent.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{forgot_password::ForgotPassword, link_request::LinkRequest, mailed::Mailed};
use crate::{form::FormState, messages};

#[component]
pub fn ForgotPasswordPage() -> impl IntoView {
    let form = FormState::of::<ForgotPassword>();
    view! {
        <LinkRequest
            texts=&messages::current().auth.forgot
            mailed=Mailed::PasswordReset
            action=ForgotPassword::PATH
            form=form
            path="/forgot-password"
            next=None
        />
    }
}
