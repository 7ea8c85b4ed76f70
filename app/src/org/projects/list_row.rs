//! One project in the list, with what can be done with it.

use std::collections::HashMap;

use contract::{
    project::{ProjectRow, ProjectStatus, Visibility},
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{restore_project::RestoreProject, rights::Rights, row_menu::RowMenu};
use crate::{messages, org::post_form::PostForm, stamp::Stamp};

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

/// What is there in a row at all. Rows of one shape differ in words only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Shape {
    rights: Rights,
    status: ProjectStatus,
    in_bin: bool,
    paused: bool,
    described: bool,
    /// Where it stands in a workspace.
    place: Option<Visibility>,
}

/// The rows of a list: each shape is rendered once and printed for every project that has it.
pub struct ProjectRows<'a> {
    organization: &'a Organization,
    back: String,
    stamps: HashMap<Shape, Stamp<7>>,
}

impl<'a> ProjectRows<'a> {
    /// `back` is the page that an action leads to again.
    pub fn new(organization: &'a Organization, back: String) -> Self {
        Self {
            organization,
            back,
            stamps: HashMap::new(),
        }
    }

    pub fn row(&mut self, project: &ProjectRow) -> impl IntoView + use<> {
        let shape = Shape {
            rights: Rights::of(self.organization, project),
            status: project.status,
            in_bin: project.deleted.is_some(),
            paused: project.paused,
            described: !project.description.trim().is_empty(),
            place: project.workspace.as_ref().map(|_| project.visibility),
        };
        let (org, back) = (&self.organization.slug, &self.back);
        let stamp = self
            .stamps
            .entry(shape)
            .or_insert_with(|| Stamp::new(|words| view! { <Row shape=shape words=words org=org.as_str() back=back/> }));
        let when = project.deleted.as_ref().unwrap_or(&project.updated);
        stamp.print([
            &project.id.to_string(),
            &project.name,
            &snippet(&project.description),
            &(messages::current().projects.tasks_of)(project.open_tasks, project.done_tasks),
            &when.iso,
            &when.text,
            project.workspace.as_ref().map_or("", |workspace| &workspace.name),
        ])
    }
}

#[component]
fn Row<'a>(shape: Shape, words: [&'static str; 7], org: &'a str, back: &'a str) -> impl IntoView + use<> {
    let [id, name, about, tasks, instant, when, workspace] = words;
    let texts = &messages::current().projects;
    let archived = shape.status == ProjectStatus::Archived;
    let badge = archived.then(|| view! { <ui::Badge>{(texts.status)(ProjectStatus::Archived)}</ui::Badge> });
    let paused =
        (shape.paused && !shape.in_bin).then(|| view! { <ui::Badge tone=ui::Tone::Warning>{texts.paused}</ui::Badge> });
    let place = shape
        .place
        .map(|visibility| view! { <PlaceBadge name=workspace.to_owned() visibility=visibility/> });
    let about = shape.described.then(|| view! { <p class="list-detail">{about}</p> });
    let href = format!("/o/{org}/projects/{id}");
    let fields = vec![
        ("org", org.to_owned()),
        ("project", id.to_owned()),
        ("back", back.to_owned()),
    ];
    let actions = if shape.in_bin {
        let label = (texts.restore_named)(name);
        let form = view! {
            <PostForm action=RestoreProject::PATH fields=fields>
                <ui::IconButton icon=ui::IconName::Restore label=label/>
            </PostForm>
        };
        shape.rights.restore.then_some(form).into_any()
    } else {
        view! { <RowMenu name=name href=href.clone() rights=shape.rights fields=fields/> }.into_any()
    };
    let when_label = if shape.in_bin {
        texts.column_deleted
    } else {
        texts.column_updated
    };
    view! {
        <ui::TableRow muted=archived || shape.in_bin>
            <ui::TableCell main=true>
                <ui::Link href=href tone=ui::LinkTone::Quiet>{name}</ui::Link> " " {badge} " " {paused} " " {place} {about}
            </ui::TableCell>
            <ui::TableCell label=texts.column_tasks>{tasks}</ui::TableCell>
            <ui::TableCell label=when_label>
                <ui::DateTime instant=instant exact=when text=when/>
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
