//! A list without a row: why, and the way on.

use contract::{
    iam::MemberType,
    project::{ProjectFilter, ProjectList, ProjectQuery},
    tenant::Organization,
};
use leptos::prelude::*;

use super::{list_page::Search, rights, view::list_path};
use crate::messages;

#[component]
pub fn NoProjects(organization: Organization, query: ProjectQuery, list: ProjectList) -> impl IntoView {
    let texts = &messages::current().projects;
    let slug = organization.slug.to_string();
    let [active, archived] = [ProjectFilter::Active, ProjectFilter::Archived].map(|filter| {
        list_path(
            &slug,
            &ProjectQuery {
                filter,
                ..ProjectQuery::default()
            },
        )
    });
    let new = format!("/o/{slug}/projects/new");
    let secondary = |href: String, text: &'static str| {
        view! { <ui::Button href=href variant=ui::ButtonVariant::Secondary>{text}</ui::Button> }
    };
    let ProjectList { used, workspaces, .. } = list;
    if !query.search.is_empty() {
        let clear = list_path(
            &slug,
            &ProjectQuery {
                search: String::new(),
                page: 1,
                ..query.clone()
            },
        );
        let text = (texts.nothing_found_text)(&query.search);
        return view! {
            <Search slug=slug query=query workspaces=workspaces/>
            <ui::EmptyState title=texts.nothing_found_title text=text icon=ui::IconName::Search>
                {secondary(clear, texts.clear)}
            </ui::EmptyState>
        }
        .into_any();
    }
    if query.workspace.is_some() {
        let texts = &messages::current().workspaces;
        let every = list_path(
            &slug,
            &ProjectQuery {
                workspace: None,
                page: 1,
                ..query.clone()
            },
        );
        return view! {
            <Search slug=slug query=query workspaces=workspaces/>
            <ui::EmptyState title=texts.filtered_title text=texts.filtered_text icon=ui::IconName::Layers>
                {secondary(every, texts.show_every_workspace)}
            </ui::EmptyState>
        }
        .into_any();
    }
    match query.filter {
        ProjectFilter::Active | ProjectFilter::All if used == 0 && organization.member_type == MemberType::Guest => {
            let texts = &messages::current().workspaces;
            let text = (texts.guest_none_text)(&organization.name);
            view! { <ui::EmptyState title=texts.guest_none_title text=text icon=ui::IconName::Folder/> }.into_any()
        }
        ProjectFilter::Bin => view! {
            <ui::EmptyState title=texts.bin_empty_title text=texts.bin_empty_text icon=ui::IconName::Trash>
                {secondary(active, texts.show_projects)}
            </ui::EmptyState>
        }
        .into_any(),
        ProjectFilter::Archived => view! {
            <ui::EmptyState title=texts.none_archived_title text=texts.none_archived_text icon=ui::IconName::Archive>
                {secondary(active, texts.show_projects)}
            </ui::EmptyState>
        }
        .into_any(),
        ProjectFilter::Active if used > 0 => view! {
            <ui::EmptyState title=texts.none_active_title text=texts.none_active_text icon=ui::IconName::Archive>
                {secondary(archived, texts.show_archived)}
            </ui::EmptyState>
        }
        .into_any(),
        ProjectFilter::Active | ProjectFilter::All if rights::may_create(&organization) => view! {
            <ui::EmptyState title=texts.none_title text=texts.none_text icon=ui::IconName::Folder>
                <ui::Button href=new icon=ui::IconName::Plus>{texts.new}</ui::Button>
            </ui::EmptyState>
        }
        .into_any(),
        ProjectFilter::Active | ProjectFilter::All => view! {
            <ui::EmptyState title=texts.none_title text=texts.none_text_reader icon=ui::IconName::Folder/>
        }
        .into_any(),
    }
}
