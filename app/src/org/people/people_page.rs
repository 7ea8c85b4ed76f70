//! The list of people. What it shows is in its URL, so that it can be sent to somebody.

use contract::{
    iam::Permission,
    people::{PeopleFilter, PeopleList, PeopleQuery},
    tenant::Organization,
};
use leptos::prelude::*;

use super::{
    copy_invitation_link::CopyInvitationLink,
    list_people::list_people,
    no_people::NoPeople,
    person_row::PersonListRow,
    resend_invitation::ResendInvitation,
    restore_person::RestorePerson,
    revoke_invitation::RevokeInvitation,
    seats::SeatCounter,
    view::{list_path, people_query},
};
use crate::{
    frame::org::{Section, org_page},
    messages,
    org::refusal::{self, Refusals, SignInAgain},
    page::PageTitle,
    response::redirect_to,
};

#[component]
pub fn PeoplePage() -> impl IntoView {
    org_page(Section::People, |organization| async move {
        if !organization.permissions.contains(Permission::MembersRead) && may_invite(&organization) {
            // As far as they may go: mails about whom they invited lead here.
            redirect_to(&format!("/o/{}/people/invite", organization.slug));
            return Ok(().into_any());
        }
        let query = people_query();
        let list = list_people(organization.slug.to_string(), query.clone()).await?;
        let query = PeopleQuery {
            page: list.page,
            ..query
        };
        Ok(view! { <People organization=organization query=query list=list/> }.into_any())
    })
}

/// Whether somebody can be invited from here.
pub fn may_invite(organization: &Organization) -> bool {
    organization.is_open_for_work() && organization.permissions.contains(Permission::MembersInvite)
}

#[component]
fn People(organization: Organization, query: PeopleQuery, list: PeopleList) -> impl IntoView {
    let texts = &messages::current().people;
    let slug = organization.slug.to_string();
    let invite = may_invite(&organization).then(|| {
        view! { <ui::Button href=format!("/o/{slug}/people/invite") icon=ui::IconName::Plus>{texts.invite}</ui::Button> }
    });
    let tabs = PeopleFilter::ALL
        .iter()
        .map(|&filter| {
            let to = PeopleQuery {
                filter,
                page: 1,
                ..query.clone()
            };
            ui::Tab::new((texts.filter)(filter), list_path(&slug, &to), filter == query.filter)
                .count(list.figures.of(filter).to_string())
        })
        .collect::<Vec<_>>();
    let refusals = [
        refusal::of::<RestorePerson>(),
        refusal::of::<ResendInvitation>(),
        refusal::of::<CopyInvitationLink>(),
        refusal::of::<RevokeInvitation>(),
    ]
    .concat();
    let again =
        refusal::wants_sign_in::<ResendInvitation>().then(|| view! { <SignInAgain next=list_path(&slug, &query)/> });
    let content = if list.rows.is_empty() {
        view! { <NoPeople organization=organization query=query.clone()/> }.into_any()
    } else {
        view! { <Found organization=organization query=query.clone() list=list.clone()/> }.into_any()
    };
    view! {
        <PageTitle text=texts.title/>
        <ui::PageHeader title=texts.title description=texts.description actions=invite.into_any()/>
        <Refusals errors=refusals/>
        {again}
        <SeatCounter seats=list.seats/>
        <ui::Tabs label=texts.filters tabs=tabs/>
        <Search slug=slug query=query list=list/>
        {content}
    }
}

#[component]
fn Found(organization: Organization, query: PeopleQuery, list: PeopleList) -> impl IntoView {
    let texts = &messages::current().people;
    let slug = organization.slug.to_string();
    let columns = vec![
        ui::Column::new(texts.column_person),
        ui::Column::new(texts.column_role),
        ui::Column::new(texts.column_status),
        ui::Column::new(texts.column_since),
        ui::Column::new(texts.column_last),
        ui::Column::actions(texts.column_actions),
    ];
    let rows = list
        .rows
        .into_iter()
        .map(|row| view! { <PersonListRow organization=&organization row=row/> })
        .collect_view();
    let first = (list.page - 1) * PeopleQuery::PAGE_SIZE + 1;
    let last = (list.page * PeopleQuery::PAGE_SIZE).min(list.total);
    let pages = ui::PageLink::window(list.page, list.total.div_ceil(PeopleQuery::PAGE_SIZE), |page| {
        list_path(&slug, &PeopleQuery { page, ..query.clone() })
    });
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
        <ui::Pagination
            label=texts.pages
            pages=pages
            previous_label=texts.previous
            next_label=texts.next
            summary=(texts.range)(first, last, list.total)
        />
    }
}

#[component]
fn Search(slug: String, query: PeopleQuery, list: PeopleList) -> impl IntoView {
    let texts = &messages::current().people;
    let filter = (query.filter != PeopleFilter::default())
        .then(|| view! { <input type="hidden" name="filter" value=query.filter.key()/> });
    let roles = std::iter::once(ui::SelectOption::new("", texts.any_role))
        .chain(
            list.roles
                .into_iter()
                .map(|role| ui::SelectOption::new(role.id.to_string(), role.name)),
        )
        .collect::<Vec<_>>();
    let chosen = query.role.map(|role| role.to_string()).unwrap_or_default();
    view! {
        <form class="toolbar" method="get" action=format!("/o/{slug}/people") role="search">
            {filter}
            <ui::TextInput
                name="search"
                kind=ui::InputKind::Search
                label=texts.search
                placeholder=texts.search_placeholder
                value=query.search
                autocomplete="off"
                max_length=100
            />
            <ui::Select name="role" label=texts.role options=roles selected=chosen/>
            <ui::Button variant=ui::ButtonVariant::Secondary>{texts.apply}</ui::Button>
        </form>
    }
}
