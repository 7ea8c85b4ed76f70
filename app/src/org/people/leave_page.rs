//! Before one leaves. The only owner is told why they cannot, and what they can do.

use contract::{iam::Permission, tenant::Organization};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{get_person::get_person, leave_organization::LeaveOrganization};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::{post_form::HiddenFields, refusal},
    page::PageTitle,
    session,
};

#[component]
pub fn LeavePage() -> impl IntoView {
    org_page(Section::Place, |organization| async move {
        let own = session::user().await?.id();
        let found = get_person(organization.slug.to_string(), own.to_string()).await?;
        Ok(view! { <Leave organization=organization last_owner=found.last_owner/> }.into_any())
    })
}

#[component]
fn Leave(organization: Organization, last_owner: bool) -> impl IntoView {
    let (texts, errors) = (&messages::current().people, &messages::current().errors);
    let form = FormState::of::<LeaveOrganization>();
    let slug = organization.slug.to_string();
    let title = (texts.confirm.leave_title)(&organization.name);
    let answer = if last_owner {
        let people = organization.permissions.contains(Permission::MembersRead).then(|| {
            view! {
                <ui::Button href=format!("/o/{slug}/people") variant=ui::ButtonVariant::Secondary>
                    {texts.confirm.leave_see_people}
                </ui::Button>
            }
        });
        view! {
            <ui::Banner tone=ui::Tone::Warning title=texts.last_owner_title>{texts.confirm.leave_last}</ui::Banner>
            <p>{people}</p>
        }
        .into_any()
    } else {
        view! {
            <p>{texts.confirm.leave_text}</p>
            <form class="form" method="post" action=LeaveOrganization::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=refusal::unbound(form.summary())/>
                <HiddenFields fields=vec![("org", slug.clone())]/>
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Danger>{texts.confirm.leave_button}</ui::Button>
                    <ui::Button href="/account/organizations" variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader title=title/>
        {answer}
    }
}
