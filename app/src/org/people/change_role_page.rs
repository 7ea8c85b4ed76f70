//! Another role: which one, then what it comes to, then the change.

use contract::{
    Error,
    people::{PersonDetail, RoleChange},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    change_role::ChangeRole,
    confirm::{Answer, Difference, Question, name_of, person_for, requested_person},
    preview_role::preview_role,
};
use crate::{
    form::FormState,
    frame::org::{Section, org_page},
    messages,
    org::refusal::{self, Refusals, SignInAgain},
    page,
};

#[component]
pub fn ChangeRolePage() -> impl IntoView {
    let (person, role) = (requested_person(), page::query("role"));
    org_page(Section::People, |organization| async move {
        let org = organization.slug.to_string();
        let found = person_for(&org, &person, |found| found.row.rights.change).await?;
        let role = role.filter(|role| found.roles.iter().any(|choice| choice.id.to_string() == *role));
        let refused = match role {
            Some(role) if !found.last_owner => match preview_role(org.clone(), person.clone(), role.clone()).await {
                Ok(change) => {
                    return Ok(view! { <Confirm org=org person=person found=found change=change/> }.into_any());
                }
                Err(error) => Some((role, error)),
            },
            _ => None,
        };
        Ok(view! { <Choose org=org person=person found=found refused=refused/> }.into_any())
    })
}

#[component]
fn Choose(org: String, person: String, found: PersonDetail, refused: Option<(String, Error)>) -> impl IntoView {
    let texts = &messages::current().people;
    let name = name_of(&found);
    let refused = refused.map(|(role, error)| {
        let text = messages::current().errors.whole(&error);
        let again = (error == Error::RecentSignInRequired).then(|| {
            let here = page::with_query(&format!("/o/{org}/people/{person}/role"), "role", &role);
            view! { <SignInAgain next=here/> }
        });
        view! { <ui::Banner tone=ui::Tone::Warning>{text}</ui::Banner> {again} }
    });
    // The role may be gone by now, and with it the page that asked about the change.
    let told = refusal::of::<ChangeRole>();
    let form = if found.last_owner {
        view! {
            <ui::Banner tone=ui::Tone::Warning title=texts.last_owner_title>
                {if found.row.you { texts.last_owner_text } else { texts.last_owner_text_other }}
            </ui::Banner>
        }
        .into_any()
    } else if found.roles.is_empty() {
        view! { <p class="muted">{texts.confirm.role_none}</p> }.into_any()
    } else {
        let back = format!("/o/{org}/people/{person}");
        let action = format!("{back}/role");
        view! {
            <form class="form" method="get" action=action>
                <RoleSelect found=found.clone()/>
                <div class="form-actions">
                    <ui::Button>{texts.next_step}</ui::Button>
                    <ui::Button href=back variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <Question
            org=org
            person=person
            name=name.clone()
            among_others=found.among_others
            title=(texts.confirm.role_title)(&name)
            text=texts.confirm.role_choose
        />
        <Refusals errors=told/>
        {refused}
        {form}
    }
}

/// The roles that can be given to somebody.
#[component]
pub fn RoleSelect(found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().people;
    // Nothing is chosen to begin with: the first in the list would be the owner.
    let roles = found.roles.into_iter();
    let options = std::iter::once(ui::SelectOption::new("", texts.choose_role))
        .chain(roles.map(|role| ui::SelectOption::new(role.id.to_string(), role.name)))
        .collect::<Vec<_>>();
    view! { <ui::Select name="role" label=texts.new_role options=options required=true/> }
}

#[component]
fn Confirm(org: String, person: String, found: PersonDetail, change: RoleChange) -> impl IntoView {
    let texts = &messages::current().people;
    let name = name_of(&found);
    let form = FormState::of::<ChangeRole>();
    let fields = vec![
        ("org", org.clone()),
        ("person", person.clone()),
        ("role", change.to.id.to_string()),
    ];
    let back = format!("/o/{org}/people/{person}");
    let button = (texts.confirm.role_button)(&change.to.name);
    let owner = change
        .makes_owner
        .then(|| view! { <ui::Banner tone=ui::Tone::Warning>{texts.confirm.owner_text}</ui::Banner> });
    view! {
        <Question
            org=org
            person=person
            name=name.clone()
            among_others=found.among_others
            title=(texts.confirm.role_title)(&name)
            text=texts.confirm.role_choose
        />
        {owner}
        <Difference change=change/>
        <Answer action=ChangeRole::PATH fields=fields errors=form.summary() back=back button=button/>
    }
}
