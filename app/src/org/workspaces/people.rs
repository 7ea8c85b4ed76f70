//! People in lists and choices.

use contract::{iam::MemberType, workspace::PersonRow};
use leptos::prelude::*;

use crate::{messages, org::post_form::PostForm};

/// Nobody, and everybody who can be chosen.
pub fn options(people: &[PersonRow]) -> Vec<ui::SelectOption> {
    let texts = &messages::current().workspaces;
    let nobody = ui::SelectOption::new("", texts.choose_person);
    let people = people.iter().map(|person| {
        let name = match &person.email {
            Some(email) => format!("{} ({email})", person.name),
            None => person.name.clone(),
        };
        let label = match person.member_type {
            MemberType::Member => name,
            MemberType::Guest => (texts.guest_named)(&name),
        };
        ui::SelectOption::new(person.id.to_string(), label)
    });
    std::iter::once(nobody).chain(people).collect()
}

/// People, each with the way out where there is one: the function and what it is sent beside the person.
#[component]
pub fn PeopleList(
    people: Vec<PersonRow>,
    #[prop(optional_no_strip)] remove: Option<(&'static str, Vec<(&'static str, String)>)>,
) -> impl IntoView {
    let texts = &messages::current().workspaces;
    let rows = people
        .into_iter()
        .map(|person| {
            let guest = (person.member_type == MemberType::Guest)
                .then(|| view! { <ui::Badge tone=ui::Tone::Info>{texts.guest}</ui::Badge> });
            let out = remove.clone().map(|(action, mut fields)| {
                fields.push(("person", person.id.to_string()));
                let label = (texts.remove_named)(&person.name);
                view! {
                    <PostForm action=action fields=fields>
                        <ui::IconButton icon=ui::IconName::Close label=label size=ui::ButtonSize::Small/>
                    </PostForm>
                }
            });
            let address = person.email.map(|email| view! { <p class="list-detail">{email}</p> });
            view! {
                <li class="list-row">
                    <ui::Avatar name=person.name.clone() size=ui::AvatarSize::Small/>
                    <div class="list-main">
                        <p class="list-title">{person.name} " " {guest}</p>
                        {address}
                    </div>
                    {out}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list">{rows}</ul> }
}

/// Choosing one more.
#[component]
pub fn AddPerson(
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    candidates: Vec<PersonRow>,
    #[prop(into)] label: String,
    #[prop(optional_no_strip)] error: Option<String>,
) -> impl IntoView {
    let texts = &messages::current().workspaces;
    view! {
        <PostForm action=action fields=fields class="form-inline">
            <ui::Select name="person" label=label options=options(&candidates) error=error required=true/>
            <ui::Button variant=ui::ButtonVariant::Secondary icon=ui::IconName::Plus>{texts.add}</ui::Button>
        </PostForm>
    }
}
