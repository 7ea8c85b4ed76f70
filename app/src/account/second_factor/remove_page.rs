//! `/account/security/two-step/remove`: asks before it is done.

use domain::identity::second_factor::overview::overview;
use leptos::{prelude::*, server_fn::ServerFn};

use super::remove_second_factor::RemoveSecondFactor;
use crate::{
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    org::refusal::{SignInAgain, wants_sign_in},
    page::{self, PageTitle},
    response::redirect_to,
    session,
};

#[component]
pub fn RemovePage() -> impl IntoView {
    account_page(Section::Security, |_| async {
        let user = session::user().await?;
        if user.staff().is_some() || overview(&user, &session::deps()?).await?.is_none() {
            redirect_to("/account/security");
            return Ok(().into_any());
        }
        let messages = messages::current();
        let texts = &messages.second_factor.remove;
        let form = FormState::of::<RemoveSecondFactor>();
        let again = wants_sign_in::<RemoveSecondFactor>().then(|| view! { <SignInAgain next=page::requested()/> });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.text/>
            <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
            {again}
            <form class="form" method="post" action=RemoveSecondFactor::PATH data-pending="">
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Danger>{texts.button}</ui::Button>
                    <ui::Button href="/account/security" variant=ui::ButtonVariant::Quiet>{messages.account.cancel}</ui::Button>
                </div>
            </form>
        }
        .into_any())
    })
}
