//! Before one leaves. The only owner is told why they cannot, and what they can do.

use domain::people::leave::{Leaving, leaving};
use leptos::{prelude::*, server_fn::ServerFn};

use super::leave_organization::LeaveOrganization;
use crate::{
    form::FormState,
    frame::{
        account::{Section, account_page},
        org,
    },
    messages,
    org::{post_form::HiddenFields, refusal},
    page::PageTitle,
    session,
};

/// In the frame of one's own pages, because it is also for who cannot enter the organization any more.
#[component]
pub fn LeavePage() -> impl IntoView {
    let slug = org::slug();
    account_page(Section::Organizations, |_| async move {
        let leaving = leaving(&session::user().await?, &session::deps()?, &slug).await?;
        Ok(view! { <Leave leaving=leaving/> }.into_any())
    })
}

#[component]
fn Leave(leaving: Leaving) -> impl IntoView {
    let (texts, errors) = (&messages::current().people, &messages::current().errors);
    let form = FormState::of::<LeaveOrganization>();
    let Leaving {
        name,
        slug,
        status,
        last_owner,
    } = leaving;
    let title = (texts.confirm.leave_title)(&name);
    let standing = org::standing(status).map(|word| view! { <p><ui::Badge>{word}</ui::Badge></p> });
    let answer = if last_owner {
        view! {
            <ui::Banner tone=ui::Tone::Warning title=texts.last_owner_title>{texts.confirm.leave_last}</ui::Banner>
            <div class="form-actions">
                <ui::Button href=format!("/o/{slug}/people") variant=ui::ButtonVariant::Secondary>
                    {texts.confirm.leave_see_people}
                </ui::Button>
            </div>
        }
        .into_any()
    } else {
        view! {
            <p>{texts.confirm.leave_text}</p>
            <form class="form" method="post" action=LeaveOrganization::PATH data-pending="">
                <ui::FormErrorSummary title=errors.summary_title errors=refusal::unbound(form.summary())/>
                <HiddenFields fields=vec![("org", slug.to_string())]/>
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
        {standing}
        {answer}
    }
}
