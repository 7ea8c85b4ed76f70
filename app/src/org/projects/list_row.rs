//! One project in the list, with what can be done with it.

use contract::{
    project::{ProjectRow, ProjectStatus, Visibility},
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{restore_project::RestoreProject, rights::Rights, row_menu::RowMenus};
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
pub fn ProjectListRow<'a>(
    organization: &'a Organization,
    project: ProjectRow,
    menus: &'a mut RowMenus,
) -> impl IntoView + use<> {
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
    let actions = if in_bin {
        let label = (texts.restore_named)(&project.name);
        let fields = vec![
            ("org", org),
            ("project", project.id.to_string()),
            ("back", menus.back().to_owned()),
        ];
        let form = view! {
            <PostForm action=RestoreProject::PATH fields=fields>
                <ui::IconButton icon=ui::IconName::Restore label=label/>
            </PostForm>
        };
        rights.restore.then_some(form).into_any()
    } else {
        menus.menu(rights, project.id, &project.name).into_any()
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
