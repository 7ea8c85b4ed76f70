//! What staff have written down about an organization.

use contract::customers::{NoteRow, OrganizationDetail};
use leptos::{prelude::*, server_fn::ServerFn};

use super::write_note::WriteNote;
use crate::{
    form::FormState,
    messages,
    org::{
        post_form::HiddenFields,
        refusal::{Refusals, bound},
    },
};

#[component]
pub fn Notes(found: OrganizationDetail) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let rows = found
        .notes
        .into_iter()
        .map(|note| view! { <Note note=note/> })
        .collect::<Vec<_>>();
    let shown = if rows.is_empty() {
        view! { <p class="muted">{texts.no_notes}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    let form = found
        .may_manage
        .then(|| view! { <NoteForm tenant=found.id.to_string()/> });
    view! {
        <ui::Card title=texts.notes description=texts.notes_text id="notes">
            <div class="stack">{form} {shown}</div>
        </ui::Card>
    }
}

#[component]
fn NoteForm(tenant: String) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let form = FormState::of::<WriteNote>();
    view! {
        <form class="form" method="post" action=WriteNote::PATH data-pending="">
            <Refusals errors=bound(form.summary())/>
            <HiddenFields fields=vec![("tenant", tenant)]/>
            <ui::Textarea
                name="note"
                label=texts.note
                value=form.value_or("note", "")
                error=form.field_error("note")
                rows=3
                max_length=4000
                required=true
            />
            <div class="form-actions">
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.write_note}</ui::Button>
            </div>
        </form>
    }
}

#[component]
fn Note(note: NoteRow) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="customers-note">{note.body}</p>
                <p class="list-detail">{(texts.note_by)(&note.by, &note.at.text)}</p>
            </div>
        </li>
    }
}
