//! Before somebody is suspended.

use contract::people::PersonDetail;
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    confirm::{Answer, Question, name_of, person_for, requested_person},
    suspend_person::SuspendPerson,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
};

#[component]
pub fn SuspendPage() -> impl IntoView {
    let person = requested_person();
    org_page(Section::People, |organization| async move {
        let org = organization.slug.to_string();
        let found = person_for(&org, &person, |found| found.row.rights.suspend).await?;
        Ok(view! { <Confirm org=org person=person found=found/> }.into_any())
    })
}

#[component]
fn Confirm(org: String, person: String, found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().people;
    let name = name_of(&found);
    let form = FormState::of::<SuspendPerson>();
    let back = format!("/o/{org}/people/{person}");
    let fields = vec![("org", org.clone()), ("person", person.clone())];
    let answer = if found.last_owner {
        view! {
            <ui::Banner tone=ui::Tone::Warning title=texts.last_owner_title>{texts.last_owner_text_other}</ui::Banner>
        }
        .into_any()
    } else {
        let button = texts.confirm.suspend_button.to_owned();
        view! {
            <Answer action=SuspendPerson::PATH fields=fields errors=form.summary() back=back button=button danger=true/>
        }
        .into_any()
    };
    view! {
        <Question
            org=org
            person=person
            name=name.clone()
            among_others=found.among_others
            title=(texts.confirm.suspend_title)(&name)
            text=texts.confirm.suspend_text
        />
        {answer}
    }
}
