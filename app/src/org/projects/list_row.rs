//! One project in the list, with what can be done with it.

use contract::{
    project::{ProjectRow, ProjectStatus, Visibility},
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    archive_project::ArchiveProject, delete_project::DeleteProject, restore_project::RestoreProject, rights::Rights,
    unarchive_project::UnarchiveProject,
};
use crate::{messages, org::post_form::PostForm};

/// Characters of the description that the list shows.
const SNIPPET: usize = 120;

/// The beginning of a text on one line.
fn snippet(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SNIPPET {
        return line;
    }
    let mut short: String = line.chars().take(SNIPPET).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[component]
pub fn ProjectListRow<'a>(organization: &'a Organization, project: ProjectRow, back: String) -> impl IntoView + use<> {
    let texts = &messages::current().projects;
    let rights = Rights::of(organization, &project);
    let org = organization.slug.to_string();
    let href = format!("/o/{org}/projects/{}", project.id);
    let in_bin = project.deleted.is_some();
    let archived = project.status == ProjectStatus::Archived;
    let badge = archived.then(|| view! { <ui::Badge>{(texts.status)(ProjectStatus::Archived)}</ui::Badge> });
    let place = project
        .workspace
        .map(|workspace| view! { <PlaceBadge name=workspace.name visibility=project.visibility/> });
    let about = snippet(&project.description);
    let about = (!about.is_empty()).then(|| view! { <p class="list-detail">{about}</p> });
    let (when_label, when) = match project.deleted.clone() {
        Some(deleted) => (texts.column_deleted, deleted),
        None => (texts.column_updated, project.updated.clone()),
    };
    let access = rights.share.then(|| format!("{href}/access"));
    let fields = vec![("org", org), ("project", project.id.to_string()), ("back", back)];
    let actions = if in_bin {
        let label = (texts.restore_named)(&project.name);
        let form = view! {
            <PostForm action=RestoreProject::PATH fields=fields>
                <ui::IconButton icon=ui::IconName::Restore label=label/>
            </PostForm>
        };
        rights.restore.then_some(form).into_any()
    } else {
        view! { <RowMenu name=project.name.clone() href=href.clone() access=access rights=rights fields=fields/> }
            .into_any()
    };
    view! {
        <ui::TableRow muted=archived || in_bin>
            <ui::TableCell main=true>
                <ui::Link href=href tone=ui::LinkTone::Quiet>{project.name}</ui::Link> " " {badge} " " {place} {about}
            </ui::TableCell>
            <ui::TableCell label=texts.column_tasks>{(texts.tasks_of)(project.open_tasks, project.done_tasks)}</ui::TableCell>
            <ui::TableCell label=when_label>
                <ui::DateTime instant=when.iso exact=when.text.clone() text=when.text/>
            </ui::TableCell>
            <ui::TableCell align=ui::Align::End>{actions}</ui::TableCell>
        </ui::TableRow>
    }
}

/// The workspace of a project, with a lock when its people alone see it.
#[component]
pub fn PlaceBadge(name: String, visibility: Visibility) -> impl IntoView {
    let texts = &messages::current().workspaces;
    match visibility {
        Visibility::Organization => view! { <ui::Badge icon=ui::IconName::Layers>{name}</ui::Badge> }.into_any(),
        Visibility::Workspace => view! {
            <ui::Badge icon=ui::IconName::Lock>
                {name} <span class="visually-hidden">" · " {(texts.seen_by)(Visibility::Workspace)}</span>
            </ui::Badge>
        }
        .into_any(),
    }
}

#[component]
fn RowMenu(
    name: String,
    href: String,
    access: Option<String>,
    rights: Rights,
    fields: Vec<(&'static str, String)>,
) -> impl IntoView {
    let texts = &messages::current().projects;
    let edit = rights.edit.then(|| {
        view! { <ui::MenuItem href=format!("{href}?edit=1") icon=ui::IconName::Edit>{texts.edit}</ui::MenuItem> }
    });
    view! {
        <ui::Menu label=(texts.actions_of)(&name) align=ui::MenuAlign::End>
            <ui::MenuItem href=href icon=ui::IconName::Folder>{texts.open}</ui::MenuItem>
            {edit}
            {access.map(|href| view! { <AccessItem href=href/> })}
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
    let any = rights.archive || rights.unarchive || rights.delete;
    any.then(|| view! { <PostForm action=ArchiveProject::PATH fields=fields>{archive} {unarchive} {delete}</PostForm> })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_one_short_line() {
        assert_eq!(snippet("two\n lines"), "two lines");
        assert_eq!(snippet(" \n "), "");
        let long = snippet(&"ü".repeat(200));
        assert_eq!(long.chars().count(), SNIPPET + 1);
        assert!(long.ends_with('…'));
    }
}
