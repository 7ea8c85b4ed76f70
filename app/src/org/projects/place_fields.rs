//! Where a project belongs and who sees it, as two fields of a form.

use contract::{project::Visibility, workspace::NamedWorkspace};
use leptos::prelude::*;

use crate::{form::FormState, messages};

/// Without a workspace to choose there is nothing to ask.
#[component]
pub fn PlaceFields(
    workspaces: Vec<NamedWorkspace>,
    /// The workspace chosen at first.
    #[prop(into)]
    workspace: String,
    visibility: Visibility,
    form: FormState,
) -> impl IntoView {
    let texts = &messages::current().workspaces;
    if workspaces.is_empty() {
        return view! { <input type="hidden" name="visibility" value=Visibility::Organization.key()/> }.into_any();
    }
    let none = ui::SelectOption::new("", texts.no_workspace);
    let named = workspaces
        .into_iter()
        .map(|one| ui::SelectOption::new(one.id.to_string(), one.name));
    let choices = std::iter::once(none).chain(named).collect::<Vec<_>>();
    let options = Visibility::ALL
        .iter()
        .map(|&one| ui::RadioOption::new(one.key(), (texts.seen_by)(one)).hint((texts.seen_by_hint)(one)))
        .collect::<Vec<_>>();
    view! {
        <ui::Select
            name="workspace"
            label=texts.workspace
            hint=texts.workspace_hint
            options=choices
            selected=form.value_or("workspace", &workspace)
            error=form.field_error("workspace")
        />
        <ui::RadioGroup
            name="visibility"
            legend=texts.who_sees
            options=options
            selected=form.value_or("visibility", visibility.key())
            error=form.field_error("visibility")
            cards=true
        />
    }
    .into_any()
}
