//! A list without a row: why, and the way on.

use contract::{
    people::{PeopleFilter, PeopleQuery},
    tenant::Organization,
};
use leptos::prelude::*;

use super::{people_page::may_invite, view::list_path};
use crate::messages;

#[component]
pub fn NoPeople(organization: Organization, query: PeopleQuery) -> impl IntoView {
    let texts = &messages::current().people;
    let slug = organization.slug.to_string();
    if !query.search.is_empty() || query.role.is_some() {
        let clear = PeopleQuery {
            filter: query.filter,
            ..PeopleQuery::default()
        };
        return view! {
            <ui::EmptyState title=texts.nothing_found_title text=texts.nothing_found_text icon=ui::IconName::Search>
                <ui::Button href=list_path(&slug, &clear) variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
            </ui::EmptyState>
        }
        .into_any();
    }
    let filter = query.filter;
    let way_on = if may_invite(&organization) && filter != PeopleFilter::Suspended {
        view! {
            <ui::Button href=format!("/o/{slug}/people/invite") icon=ui::IconName::Plus>{texts.invite}</ui::Button>
        }
        .into_any()
    } else {
        let all = list_path(&slug, &PeopleQuery::default());
        view! { <ui::Button href=all variant=ui::ButtonVariant::Secondary>{texts.show_all}</ui::Button> }.into_any()
    };
    view! {
        <ui::EmptyState title=(texts.none_title)(filter) text=(texts.none_text)(filter) icon=ui::IconName::Users>
            {way_on}
        </ui::EmptyState>
    }
    .into_any()
}
