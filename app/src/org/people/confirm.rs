//! What the pages that ask before something is done to somebody have in common.

use contract::{
    error::Result,
    iam::PermissionSet,
    people::{PersonDetail, RoleChange},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::get_person::get_person;
use crate::{messages, org::post_form::HiddenFields, org::refusal, page::PageTitle};

/// The id in the URL.
pub fn requested_person() -> String {
    use_params_map()
        .with_untracked(|params| params.get("person"))
        .unwrap_or_default()
}

/// Somebody whom the one who asks may do this to; a page that would only be refused is not shown.
pub async fn person_for(org: &str, person: &str, may: fn(&PersonDetail) -> bool) -> Result<PersonDetail> {
    let found = get_person(org.to_owned(), person.to_owned()).await?;
    if may(&found) {
        Ok(found)
    } else {
        Err(contract::Error::Forbidden)
    }
}

pub fn name_of(person: &PersonDetail) -> String {
    person.row.name.clone().unwrap_or_else(|| person.row.email.clone())
}

/// The way back to the list and the person, and the question.
#[component]
pub fn Question(
    org: String,
    person: String,
    name: String,
    /// Whether the list of people is theirs to see.
    among_others: bool,
    title: String,
    text: &'static str,
) -> impl IntoView {
    let texts = &messages::current().people;
    let list = among_others.then(|| ui::Crumb::link(texts.title, format!("/o/{org}/people")));
    let crumbs = list
        .into_iter()
        .chain([
            ui::Crumb::link(name, format!("/o/{org}/people/{person}")),
            ui::Crumb::here(title.clone()),
        ])
        .collect::<Vec<_>>();
    let label = messages::current().frame.breadcrumb;
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader
            title=title
            description=text
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
        />
    }
}

/// The form that answers it.
#[component]
pub fn Answer(
    action: &'static str,
    fields: Vec<(&'static str, String)>,
    errors: Vec<ui::FieldError>,
    back: String,
    button: String,
    #[prop(optional)] danger: bool,
) -> impl IntoView {
    let (texts, summary) = (&messages::current().people, messages::current().errors.summary_title);
    let variant = if danger {
        ui::ButtonVariant::Danger
    } else {
        ui::ButtonVariant::Primary
    };
    view! {
        <form class="form" method="post" action=action data-pending="">
            <ui::FormErrorSummary title=summary errors=refusal::unbound(errors)/>
            <HiddenFields fields=fields/>
            <div class="form-actions">
                <ui::Button variant=variant>{button}</ui::Button>
                <ui::Button href=back variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}

/// What is lost and what is gained, each right in words.
#[component]
pub fn Difference(change: RoleChange) -> impl IntoView {
    let texts = &messages::current().people.confirm;
    let lost = if change.lost == PermissionSet::default() {
        view! { <p>{texts.nothing_lost}</p> }.into_any()
    } else {
        view! { <h3>{texts.lost}</h3> <Rights of=change.lost kept=false/> }.into_any()
    };
    let gained = (change.gained != PermissionSet::default())
        .then(|| view! { <h3>{texts.gained}</h3> <Rights of=change.gained kept=true/> });
    view! {
        <ui::Card title=(texts.role_change)(&change.from.name, &change.to.name)>
            <div class="stack">{lost} {gained}</div>
        </ui::Card>
    }
}

/// Rights in words, one a line.
#[component]
pub fn Rights(of: PermissionSet, kept: bool) -> impl IntoView {
    let texts = &messages::current().roles;
    let icon = if kept { ui::IconName::Check } else { ui::IconName::Close };
    let rights = of
        .iter()
        .map(|right| {
            view! { <li class="row"><ui::Icon name=icon size=ui::IconSize::Small/> <span>{(texts.permission)(right).name}</span></li> }
        })
        .collect_view();
    view! { <ul class="people-rights">{rights}</ul> }
}
