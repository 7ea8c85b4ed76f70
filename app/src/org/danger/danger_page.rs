//! `/o/{slug}/settings/danger`: pausing the organization, deleting it, and undoing either.

use contract::{
    Error,
    iam::Permission,
    tenant::{Ending, Organization, TenantStatus},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    deactivate_organization::DeactivateOrganization, delete_organization::DeleteOrganization, ending::ending, place,
    reactivate_organization::ReactivateOrganization, restore_organization::RestoreOrganization,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::{HiddenFields, PostForm},
        refusal::{self, Refusals, SignInAgain},
    },
    page::{self, PageTitle},
};

#[component]
pub fn DangerPage() -> impl IntoView {
    org_page(Section::Danger, |organization| async move {
        if !organization.permissions.contains(Permission::TenantDelete) {
            return Err(Error::Forbidden);
        }
        let texts = &messages::current().danger;
        let ending = ending(organization.slug.to_string()).await?;
        let pausing = page::query("confirm").is_some_and(|what| what == "pause");
        if pausing && organization.status == TenantStatus::Active {
            return Ok(view! { <ConfirmPause organization=organization/> }.into_any());
        }
        let refused = [
            refusal::of::<DeactivateOrganization>(),
            refusal::of::<ReactivateOrganization>(),
            refusal::of::<RestoreOrganization>(),
        ]
        .concat();
        let cards = match organization.status {
            TenantStatus::Active => {
                view! { <Pause organization=organization.clone()/> <Delete organization=organization ending=ending/> }
                    .into_any()
            }
            TenantStatus::Deactivated => {
                view! { <TakeUp organization=organization.clone()/> <Delete organization=organization ending=ending/> }
                    .into_any()
            }
            TenantStatus::Deleting => view! { <Restore organization=organization/> }.into_any(),
            TenantStatus::Suspended => view! {
                <ui::Card title=texts.suspended_title><p>{texts.suspended_text}</p></ui::Card>
            }
            .into_any(),
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Refusals errors=refused/>
            <div class="stack-large">{cards}</div>
        }
        .into_any())
    })
}

#[component]
fn Pause(organization: Organization) -> impl IntoView {
    let texts = &messages::current().danger;
    let href = format!("{}?confirm=pause", place::path(organization.slug.as_str()));
    view! {
        <ui::Card title=texts.pause_title description=texts.pause_text>
            <div class="form-actions">
                <ui::Button href=href variant=ui::ButtonVariant::Secondary>{texts.pause_button}</ui::Button>
            </div>
        </ui::Card>
    }
}

/// A page of its own: everybody else is locked out by the next click.
#[component]
fn ConfirmPause(organization: Organization) -> impl IntoView {
    let texts = &messages::current().danger;
    let slug = organization.slug.to_string();
    let back = place::path(&slug);
    let title = (texts.pause_question)(&organization.name);
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader title=title description=texts.pause_text/>
        <form class="form" method="post" action=DeactivateOrganization::PATH data-pending="">
            <HiddenFields fields=vec![("org", slug)]/>
            <div class="form-actions">
                <ui::Button variant=ui::ButtonVariant::Danger>{texts.pause_button}</ui::Button>
                <ui::Button href=back variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}

#[component]
fn TakeUp(organization: Organization) -> impl IntoView {
    let texts = &messages::current().danger;
    view! {
        <ui::Card title=texts.paused_title description=texts.paused_text>
            <PostForm action=ReactivateOrganization::PATH fields=vec![("org", organization.slug.to_string())]>
                <ui::Button icon=ui::IconName::Restore>{texts.take_up}</ui::Button>
            </PostForm>
        </ui::Card>
    }
}

#[component]
fn Restore(organization: Organization) -> impl IntoView {
    let texts = &messages::current().danger;
    let until = organization.purge_after.map(|until| until.text).unwrap_or_default();
    view! {
        <ui::Card title=texts.deleted_title description=(texts.deleted_text)(&until)>
            <PostForm action=RestoreOrganization::PATH fields=vec![("org", organization.slug.to_string())]>
                <ui::Button icon=ui::IconName::Restore>{texts.restore}</ui::Button>
            </PostForm>
        </ui::Card>
    }
}

#[component]
fn Delete(organization: Organization, ending: Ending) -> impl IntoView {
    let texts = &messages::current().danger;
    let loses = (texts.loses)(ending.people, ending.projects, ending.tasks);
    let until = (texts.delete_until)(&ending.gone.text);
    let form = if ending.signed_in_recently {
        view! { <DeleteForm organization=organization/> }.into_any()
    } else {
        view! { <SignInFirst organization=organization/> }.into_any()
    };
    view! {
        <ui::Card title=texts.delete_title tone=ui::Tone::Danger>
            <div class="stack">
                <p>{loses}</p>
                <p class="muted">{until}</p>
                {form}
            </div>
        </ui::Card>
    }
}

#[component]
fn DeleteForm(organization: Organization) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.danger;
    let form = FormState::of::<DeleteOrganization>();
    let slug = organization.slug.to_string();
    view! {
        <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
        <ui::Confirm
            expected=organization.name.clone()
            label=(texts.type_name)(&organization.name)
            button=texts.delete_button
            action=DeleteOrganization::PATH
            error=form.field_error("confirm")
        >
            <HiddenFields fields=vec![("org", slug)]/>
        </ui::Confirm>
    }
}

#[component]
fn SignInFirst(organization: Organization) -> impl IntoView {
    let texts = &messages::current().danger;
    let here = place::path(organization.slug.as_str());
    view! {
        <p>{texts.sign_in_first}</p>
        <SignInAgain next=here/>
    }
}
