//! Guest or member: what it comes to, then the change.

use contract::{
    iam::MemberType,
    people::{PersonDetail, RoleChange},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    change_type::ChangeType,
    confirm::{Answer, Difference, Question, name_of, person_for, requested_person},
    preview_type::preview_type,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
};

#[component]
pub fn ChangeTypePage() -> impl IntoView {
    let person = requested_person();
    org_page(Section::People, |organization| async move {
        let org = organization.slug.to_string();
        let found = person_for(&org, &person, |found| found.row.rights.change).await?;
        let to = match found.row.member_type {
            MemberType::Member => MemberType::Guest,
            MemberType::Guest => MemberType::Member,
        };
        let change = preview_type(org.clone(), person.clone(), to.key().to_owned()).await;
        Ok(view! { <Confirm org=org person=person found=found to=to change=change/> }.into_any())
    })
}

#[component]
fn Confirm(
    org: String,
    person: String,
    found: PersonDetail,
    to: MemberType,
    change: contract::error::Result<RoleChange>,
) -> impl IntoView {
    let texts = &messages::current().people;
    let errors = &messages::current().errors;
    let name = name_of(&found);
    let form = FormState::of::<ChangeType>();
    let back = format!("/o/{org}/people/{person}");
    let answer = match change {
        Ok(change) => {
            let fields = vec![
                ("org", org.clone()),
                ("person", person.clone()),
                ("member_type", to.key().to_owned()),
            ];
            let button = (texts.confirm.type_button)(to).to_owned();
            view! {
                <Difference change=change/>
                <Answer action=ChangeType::PATH fields=fields errors=form.summary() back=back button=button/>
            }
            .into_any()
        }
        Err(contract::Error::Invalid(fields)) => {
            let text = fields.first().map(|field| errors.field(field.code)).unwrap_or_default();
            view! { <ui::Banner tone=ui::Tone::Warning>{text}</ui::Banner> }.into_any()
        }
        Err(error) => view! { <ui::Banner tone=ui::Tone::Warning>{errors.whole(&error)}</ui::Banner> }.into_any(),
    };
    view! {
        <Question
            org=org
            person=person
            name=name.clone()
            among_others=found.among_others
            title=(texts.confirm.type_title)(&name, to)
            text=(texts.confirm.type_text)(to)
        />
        {answer}
    }
}
