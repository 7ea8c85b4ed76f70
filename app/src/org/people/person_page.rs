//! One person: what they are here, and what can be done.

use contract::{
    iam::{MemberType, Permission},
    people::PersonDetail,
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    change_role_page::RoleSelect,
    confirm::{name_of, requested_person},
    get_person::get_person,
    person_card::{GivenPlaces, Place, Powers},
    restore_person::RestorePerson,
};
use crate::{
    frame::org::{Section, org_page},
    messages,
    org::{
        post_form::PostForm,
        refusal::{self, Refusals},
    },
    page::PageTitle,
};

#[component]
pub fn PersonPage() -> impl IntoView {
    let person = requested_person();
    org_page(Section::People, |organization| async move {
        let found = get_person(organization.slug.to_string(), person.clone()).await?;
        Ok(view! { <Shown organization=organization person=person found=found/> }.into_any())
    })
}

#[component]
fn Shown(organization: Organization, person: String, found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().people;
    let org = organization.slug.to_string();
    let name = name_of(&found);
    let breadcrumb = found.among_others.then(|| {
        let crumbs = vec![
            ui::Crumb::link(texts.title, format!("/o/{org}/people")),
            ui::Crumb::here(name.clone()),
        ];
        view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }
    });
    let refusals = refusal::of::<RestorePerson>();
    let badge = found.row.you.then(|| view! { <ui::Badge>{texts.you}</ui::Badge> });
    let last_owner = found.last_owner.then(|| {
        let text = if found.row.you {
            texts.last_owner_text
        } else {
            texts.last_owner_text_other
        };
        view! { <ui::Banner title=texts.last_owner_title>{text}</ui::Banner> }
    });
    view! {
        <PageTitle text=name.clone()/>
        <ui::PageHeader
            title=name
            description=found.row.email.clone()
            badge=badge.into_any()
            breadcrumb=breadcrumb.into_any()
        />
        <Refusals errors=refusals/>
        {last_owner}
        <Actions org=org.clone() person=person found=found.clone()/>
        <div class="grid-2">
            <Place found=found.clone()/>
            <Powers role=found.row.role.name.clone() permissions=found.permissions/>
        </div>
        <GivenPlaces org=org found=found open=organization.permissions.contains(Permission::ProjectsRead)/>
    }
}

#[component]
fn Actions(org: String, person: String, found: PersonDetail) -> impl IntoView {
    let texts = &messages::current().people;
    let rights = found.row.rights;
    let href = format!("/o/{org}/people/{person}");
    let role = (rights.change && !found.roles.is_empty() && !found.last_owner).then(|| {
        view! {
            <form class="form-inline" method="get" action=format!("{href}/role")>
                <RoleSelect found=found.clone()/>
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.next_step}</ui::Button>
            </form>
        }
    });
    let link = |show: bool, href: String, text: &'static str, variant| {
        show.then(|| view! { <ui::Button href=href variant=variant>{text}</ui::Button> })
    };
    let other = match found.row.member_type {
        MemberType::Member => MemberType::Guest,
        MemberType::Guest => MemberType::Member,
    };
    let (plain, danger) = (ui::ButtonVariant::Secondary, ui::ButtonVariant::Danger);
    let movable = !found.last_owner;
    let buttons = view! {
        {link(rights.change && movable, format!("{href}/type"), (texts.change_type)(other), plain)}
        {link(rights.offer_ownership, format!("/o/{org}/ownership?person={person}"), texts.offer, plain)}
        {rights.restore.then(|| view! {
            <PostForm action=RestorePerson::PATH fields=vec![("org", org.clone()), ("person", person.clone())]>
                <ui::Button icon=ui::IconName::Restore>{texts.restore}</ui::Button>
            </PostForm>
        })}
        {link(rights.suspend && movable, format!("{href}/suspend"), texts.suspend, plain)}
        {link(rights.remove && movable, format!("{href}/remove"), texts.remove, danger)}
        {link(rights.leave, format!("/o/{org}/leave"), texts.leave, plain)}
    };
    let any = rights.change || rights.restore || rights.remove || rights.leave || rights.offer_ownership;
    any.then(|| {
        view! {
            <div class="people-actions">
                {role}
                <div class="row">{buttons}</div>
            </div>
        }
    })
}
