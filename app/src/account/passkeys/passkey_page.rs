//! `/account/security/passkeys/{id}`: its name, and its end.

use contract::{Error, FieldCode, ids::PasskeyId};
use domain::identity::second_factor::{last::kept_because, overview::overview, passkeys::list::Passkey};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{input, remove_passkey::RemovePasskey, rename_passkey::RenamePasskey};
use crate::{
    form::FormState,
    frame::account::{Section, account_page},
    messages,
    org::{
        post_form::HiddenFields,
        refusal::{self, Refusals, SignInAgain},
    },
    page::{self, PageTitle},
    session,
};

pub(super) fn path(passkey: PasskeyId) -> String {
    format!("/account/security/passkeys/{passkey}")
}

#[component]
pub fn PasskeyPage() -> impl IntoView {
    let id = use_params_map()
        .with_untracked(|params| params.get("passkey"))
        .unwrap_or_default();
    account_page(Section::Security, |_| async move {
        let id = input::id(&id)?;
        let (user, deps) = (session::user().await?, session::deps()?);
        let guards = overview(&user, &deps).await?.ok_or(Error::NotFound)?;
        let last = guards.app.is_none() && guards.passkeys.len() == 1;
        let passkey = guards
            .passkeys
            .into_iter()
            .find(|passkey| passkey.id == id)
            .ok_or(Error::NotFound)?;
        let kept = if last { kept_because(&user, &deps).await? } else { None };
        Ok(view! { <OnePasskey passkey=passkey last=last kept=kept/> }.into_any())
    })
}

/// `kept` says why it cannot be removed.
#[component]
fn OnePasskey(passkey: Passkey, last: bool, kept: Option<FieldCode>) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.passkeys.one;
    let form = FormState::of::<RenamePasskey>();
    let crumbs = vec![
        ui::Crumb::link(messages.account.security.title, "/account/security"),
        ui::Crumb::here(passkey.name.clone()),
    ];
    let fields = vec![("passkey", passkey.id.to_string())];
    let fields_of_removal = fields.clone();
    let remove = if let Some(reason) = kept {
        view! {
            <ui::Card title=texts.remove_title>
                <p>{messages.errors.field(reason)}</p>
            </ui::Card>
        }
        .into_any()
    } else {
        let refused = refusal::of::<RemovePasskey>();
        let again = refusal::wants_sign_in::<RemovePasskey>().then(|| view! { <SignInAgain next=page::requested()/> });
        view! {
            <ui::Card
                title=texts.remove_title
                description=if last { texts.remove_last_text } else { texts.remove_text }
            >
                <Refusals errors=refused/>
                {again}
                <form class="form" method="post" action=RemovePasskey::PATH data-pending="">
                    <HiddenFields fields=fields_of_removal/>
                    <div class="form-actions">
                        <ui::Button variant=ui::ButtonVariant::Danger>{texts.remove}</ui::Button>
                    </div>
                </form>
            </ui::Card>
        }
        .into_any()
    };
    view! {
        <PageTitle text=passkey.name.clone()/>
        <ui::PageHeader
            title=passkey.name.clone()
            breadcrumb=view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> }.into_any()
        />
        <div class="stack-large">
            <ui::Card title=texts.rename_title>
                <form class="form" method="post" action=RenamePasskey::PATH data-pending="">
                    <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                    <HiddenFields fields=fields/>
                    <ui::TextInput
                        name="name"
                        label=messages.passkeys.new.name
                        hint=messages.passkeys.new.name_hint
                        value=form.value_or("name", &passkey.name)
                        error=form.field_error("name")
                        autocomplete="off"
                        max_length=60
                        required=true
                    />
                    <div class="form-actions"><ui::Button>{texts.rename}</ui::Button></div>
                </form>
            </ui::Card>
            {remove}
        </div>
    }
}
