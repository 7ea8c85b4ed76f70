//! What can be done with a project, behind the button at the end of its row.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    archive_project::ArchiveProject, delete_project::DeleteProject, rights::Rights, unarchive_project::UnarchiveProject,
};
use crate::{messages, org::post_form::PostForm};

#[component]
pub fn RowMenu(name: &'static str, href: String, rights: Rights, fields: Vec<(&'static str, String)>) -> impl IntoView {
    let texts = &messages::current().projects;
    let edit = rights.edit.then(|| {
        view! { <ui::MenuItem href=format!("{href}?edit=1") icon=ui::IconName::Edit>{texts.edit}</ui::MenuItem> }
    });
    let access = rights
        .share
        .then(|| view! { <AccessItem href=format!("{href}/access")/> });
    view! {
        <ui::Menu label=(texts.actions_of)(name) align=ui::MenuAlign::End>
            <ui::MenuItem href=href icon=ui::IconName::Folder>{texts.open}</ui::MenuItem>
            {edit}
            {access}
            <StateItems rights=rights fields=fields/>
        </ui::Menu>
    }
}

#[component]
pub fn AccessItem(href: String) -> impl IntoView {
    view! {
        <ui::MenuItem href=href icon=ui::IconName::Users>{messages::current().workspaces.who_can_see}</ui::MenuItem>
    }
}

/// The items that change where a project is: one form, sent to where the item says.
#[component]
pub fn StateItems(rights: Rights, fields: Vec<(&'static str, String)>) -> impl IntoView {
    let texts = &messages::current().projects;
    let archive = rights
        .archive
        .then(|| view! { <ui::MenuItem icon=ui::IconName::Archive>{texts.archive}</ui::MenuItem> });
    let unarchive = rights.unarchive.then(|| {
        view! {
            <ui::MenuItem sends_to=UnarchiveProject::PATH icon=ui::IconName::Restore>{texts.unarchive}</ui::MenuItem>
        }
    });
    let delete = rights.delete.then(|| {
        view! {
            <ui::MenuSeparator/>
            <ui::MenuItem sends_to=DeleteProject::PATH icon=ui::IconName::Trash tone=ui::Tone::Danger>
                {texts.delete}
            </ui::MenuItem>
        }
    });
    let ways = [
        (rights.archive, ArchiveProject::PATH),
        (rights.unarchive, UnarchiveProject::PATH),
        (rights.delete, DeleteProject::PATH),
    ];
    ways.into_iter()
        .find_map(|(may, action)| may.then_some(action))
        .map(|action| view! { <PostForm action=action fields=fields>{archive} {unarchive} {delete}</PostForm> })
}
