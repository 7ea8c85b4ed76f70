//! Handing the organization over: offering it, the offer that waits, and its answer.

use contract::{
    error::Result,
    iam::Permission,
    people::{OwnershipOffer, PersonDetail},
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    accept_ownership::AcceptOwnership,
    confirm::{name_of, person_for},
    decline_ownership::DeclineOwnership,
    offer_ownership::OfferOwnership,
    ownership_offer::ownership_offer,
    withdraw_ownership::WithdrawOwnership,
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
    session,
};

#[component]
pub fn OwnershipPage() -> impl IntoView {
    let person = page::query("person");
    org_page(Section::People, |organization| async move {
        let org = organization.slug.to_string();
        let owner = session::org(&org).await?.is_owner();
        let offer = ownership_offer(org.clone()).await?;
        Ok(match (person, offer) {
            (Some(person), offer) => offering(organization, person, offer).await?,
            (None, Some(offer)) => view! { <Offer organization=organization offer=offer/> }.into_any(),
            (None, None) => view! { <NoOffer organization=organization owner=owner/> }.into_any(),
        })
    })
}

/// What the buttons of an offer were refused, also where the offer is gone by now.
#[component]
fn Refused() -> impl IntoView {
    let refusals = [
        refusal::of::<AcceptOwnership>(),
        refusal::of::<DeclineOwnership>(),
        refusal::of::<WithdrawOwnership>(),
    ]
    .concat();
    view! { <Refusals errors=refusals/> }
}

async fn offering(organization: Organization, person: String, open: Option<OwnershipOffer>) -> Result<AnyView> {
    let org = organization.slug.to_string();
    let found = person_for(&org, &person, |found| found.row.rights.offer_ownership).await?;
    Ok(view! { <OfferForm organization=organization person=person found=found open=open/> }.into_any())
}

#[component]
fn OfferForm(
    organization: Organization,
    person: String,
    found: PersonDetail,
    open: Option<OwnershipOffer>,
) -> impl IntoView {
    let (texts, errors) = (&messages::current().people.ownership, &messages::current().errors);
    let form = FormState::of::<OfferOwnership>();
    let name = name_of(&found);
    let slug = organization.slug.to_string();
    let consequences = texts
        .offer_consequences
        .iter()
        .map(|&text| view! { <li>{text}</li> })
        .collect_view();
    let replaces =
        open.map(|offer| view! { <ui::Banner tone=ui::Tone::Warning>{(texts.replaces)(&offer.receiver)}</ui::Banner> });
    let again = refusal::wants_sign_in::<OfferOwnership>()
        .then(|| view! { <SignInAgain next=format!("/o/{slug}/ownership?person={person}")/> });
    let title = (texts.offer_title)(&name, &organization.name);
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader title=title description=(texts.offer_text)(&name)/>
        {replaces}
        {again}
        <ui::Card>
            <div class="stack">
                <ul class="people-consequences">{consequences}</ul>
                <form class="form" method="post" action=OfferOwnership::PATH data-pending="">
                    <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
                    <HiddenFields fields=vec![("org", slug.clone()), ("person", person.clone())]/>
                    <ui::TextInput
                        name="confirm"
                        label=(texts.offer_confirm)(&organization.name)
                        value=form.value("confirm")
                        error=form.field_error("confirm")
                        autocomplete="off"
                        required=true
                    />
                    <div class="form-actions">
                        <ui::Button variant=ui::ButtonVariant::Danger>{texts.offer_button}</ui::Button>
                        <ui::Button href=format!("/o/{slug}/people/{person}") variant=ui::ButtonVariant::Quiet>
                            {messages::current().people.cancel}
                        </ui::Button>
                    </div>
                </form>
            </div>
        </ui::Card>
    }
}

/// To the one it was made to, the question; to owners, that it waits.
#[component]
fn Offer(organization: Organization, offer: OwnershipOffer) -> impl IntoView {
    let texts = &messages::current().people.ownership;
    let (title, text) = if offer.to_you {
        (
            (texts.received_title)(&offer.giver, &organization.name),
            texts.received_text,
        )
    } else {
        ((texts.open_title)(&offer.receiver), texts.open_text)
    };
    let fields = vec![("org", organization.slug.to_string()), ("offer", offer.id.to_string())];
    let accept = offer.acceptable.then(|| {
        view! {
            <PostForm action=AcceptOwnership::PATH fields=fields.clone()>
                <ui::Button>{texts.accept}</ui::Button>
            </PostForm>
        }
    });
    let decline = offer.to_you.then(|| {
        view! {
            <PostForm action=DeclineOwnership::PATH fields=fields.clone()>
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.decline}</ui::Button>
            </PostForm>
        }
    });
    let withdraw = offer.yours.then(|| {
        view! {
            <PostForm action=WithdrawOwnership::PATH fields=fields.clone()>
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.withdraw}</ui::Button>
            </PostForm>
        }
    });
    let until = offer.expires;
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=title description=text/>
        <Refused/>
        <p>{texts.until} " " <ui::DateTime instant=until.iso exact=until.text.clone() text=until.text/></p>
        <div class="row">{accept} {decline} {withdraw}</div>
    }
}

#[component]
fn NoOffer(organization: Organization, owner: bool) -> impl IntoView {
    let texts = &messages::current().people.ownership;
    let text = if owner { texts.none_text_owner } else { texts.none_text };
    let people = organization.permissions.contains(Permission::MembersRead).then(|| {
        let href = format!("/o/{}/people", organization.slug);
        view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary>{texts.see_people}</ui::Button> }
    });
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title/>
        <Refused/>
        <ui::EmptyState title=texts.none_title text=text icon=ui::IconName::Users>{people}</ui::EmptyState>
    }
}
