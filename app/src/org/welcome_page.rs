//! Creating an organization: the first one after sign-up, and any other. Invitations that wait come before that.

use contract::account::Verification;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{check_slug::CheckSlug, create_organization::CreateOrganization};
use crate::{
    account::{memberships::memberships, viewer::viewer},
    form::FormState,
    frame::auth::AuthPage,
    invitation::{waiting::Waiting, waiting_invitations::waiting_invitations},
    messages, page,
};

#[component]
pub fn WelcomePage() -> impl IntoView {
    page::load(async move {
        let viewer = viewer().await?;
        if viewer.verification == Verification::Required {
            return Err(contract::Error::EmailUnverified);
        }
        let memberships = memberships().await?;
        let invitations = waiting_invitations().await?;
        let messages = messages::current();
        let texts = &messages.org;
        let waiting = (!invitations.is_empty()).then(|| {
            view! {
                <Waiting invitations=invitations.clone()/>
                <p class="divider">{messages.invitation.or_create}</p>
            }
        });
        let title = if invitations.is_empty() {
            texts.welcome_title
        } else {
            messages.invitation.waiting_title
        };
        let description = if memberships.is_empty() {
            texts.welcome_first
        } else {
            texts.welcome_another
        };
        let way_back = match memberships.first() {
            Some(first) => {
                let (href, text) = (format!("/o/{}/projects", first.slug), (texts.back_to)(&first.name));
                view! { <p class="auth-links"><ui::Link href=href>{text}</ui::Link></p> }.into_any()
            }
            None => view! {
                <p class="auth-links">
                    {(texts.signed_in_as)(&viewer.email)} " "
                    <ui::Link href="/sign-out">{texts.other_account}</ui::Link>
                </p>
            }
            .into_any(),
        };
        Ok(view! {
            <AuthPage title=title description=description wide=!invitations.is_empty()>
                {waiting}
                <NewOrganization/>
                {way_back}
            </AuthPage>
        }
        .into_any())
    })
}

#[component]
fn NewOrganization() -> impl IntoView {
    let texts = &messages::current().org;
    let errors = &messages::current().errors;
    let form = FormState::of::<CreateOrganization>();
    let suggestion = form.value("slug").filter(|slug| !slug.trim().is_empty()).or_else(|| {
        form.value("name")
            .and_then(|name| contract::slug::Slug::suggest(&name))
            .map(|slug| slug.to_string())
    });
    view! {
        <form class="form" method="post" action=CreateOrganization::PATH data-pending="">
            <input type="hidden" name="next" value=page::query("next").unwrap_or_default()/>
            <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
            <ui::TextInput
                name="name"
                label=texts.name
                hint=texts.name_hint
                value=form.value("name")
                error=form.field_error("name")
                autocomplete="organization"
                max_length=80
                required=true
                autofocus=!form.failed()
            />
            <ui::AvatarPreview
                input="name"
                name=form.value_or("name", "")
                shape=ui::AvatarShape::Square
                label=texts.preview
            />
            <ui::LiveCheck url=CheckSlug::PATH checking_label=texts.slug_checking slug_of="name">
                <ui::TextInput
                    name="slug"
                    label=texts.slug
                    prefix=texts.slug_prefix
                    hint=texts.slug_hint
                    value=suggestion
                    error=form.field_error("slug")
                    autocomplete="off"
                    max_length=40
                />
            </ui::LiveCheck>
            <p class="small muted">{texts.trial}</p>
            <ui::Button wide=true>{texts.create}</ui::Button>
        </form>
    }
}
