//! `/account/security/two-step/remove`: asks before it is done, and says who cannot do without.

use domain::identity::second_factor::{
    last::kept_because,
    overview::{Guards, overview},
};
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
        let (user, deps) = (session::user().await?, session::deps()?);
        let Some(Guards {
            app: Some(_), passkeys, ..
        }) = overview(&user, &deps).await?
        else {
            redirect_to("/account/security");
            return Ok(().into_any());
        };
        let messages = messages::current();
        let texts = &messages.second_factor.remove;
        let kept = if passkeys.is_empty() {
            kept_because(&user, &deps).await?
        } else {
            None
        };
        if let Some(reason) = kept {
            return Ok(view! {
                <PageTitle text=texts.title/>
                <ui::PageHeader title=texts.title description=messages.errors.field(reason)/>
                <div class="form-actions">
                    <ui::Button href="/account/security" variant=ui::ButtonVariant::Secondary>
                        {messages.account.cancel}
                    </ui::Button>
                </div>
            }
            .into_any());
        }
        let text = if passkeys.is_empty() {
            texts.text
        } else {
            texts.text_with_passkeys
        };
        let form = FormState::of::<RemoveSecondFactor>();
        let again = wants_sign_in::<RemoveSecondFactor>().then(|| view! { <SignInAgain next=page::requested()/> });
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=text/>
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
