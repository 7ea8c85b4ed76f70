//! `/account/security/recovery-codes`: codes that were just made, until their owner says that they keep them.

use domain::identity::second_factor::recovery_codes::fresh;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{keep_recovery_codes::KeepRecoveryCodes, onward};
use crate::{
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    org::post_form::HiddenFields,
    page::{self, PageTitle},
    response::redirect_to,
    session,
};

const PATH: &str = "/account/security/recovery-codes";

/// This page, from which one goes on to where one was going.
pub(crate) fn path(next: Option<&str>) -> String {
    match next {
        Some(next) => page::with_query(PATH, "next", next),
        None => PATH.to_owned(),
    }
}

#[component]
pub fn CodesPage() -> impl IntoView {
    account_page(Section::Security, |_| async {
        let next = page::query("next");
        let (user, deps) = (session::user().await?, session::deps()?);
        // New codes are shown for as long as a sign-in counts as recent: later there is nothing to see.
        let codes = if user.signed_in_recently(&deps) {
            fresh(&user, &deps).await?
        } else {
            Vec::new()
        };
        if codes.is_empty() {
            redirect_to(onward(next.as_deref()));
            return Ok(().into_any());
        }
        Ok(view! { <Codes codes=codes next=next/> }.into_any())
    })
}

#[component]
fn Codes(codes: Vec<String>, next: Option<String>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.second_factor.codes;
    let form = FormState::of::<KeepRecoveryCodes>();
    let fields: Vec<_> = next.map(|next| ("next", next)).into_iter().collect();
    // Letters, digits and hyphens: nothing in it needs to be written otherwise in an address.
    let file = format!("data:text/plain;charset=utf-8,{}%0A", codes.join("%0A"));
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description/>
        <ui::Card>
            <div class="stack">
                <ui::CodeBlock code=codes.join("\n") label=texts.list copy_label=texts.copy copied_label=texts.copied/>
                <p><a class="button button-secondary" href=file download="plinth-recovery-codes.txt">{texts.download}</a></p>
                <form class="form" method="post" action=KeepRecoveryCodes::PATH data-pending="">
                    <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                    <HiddenFields fields=fields/>
                    <ui::Checkbox name="kept" error=form.field_error("kept") required=true>{texts.kept}</ui::Checkbox>
                    <div class="form-actions"><ui::Button>{texts.go_on}</ui::Button></div>
                </form>
            </div>
        </ui::Card>
    }
}
