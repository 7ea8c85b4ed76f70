//! What staff have written down about an organization or a report, and the form that adds to it.

use contract::notes::NoteRow;
use leptos::prelude::*;

use crate::{form::FormState, messages, org::post_form::HiddenFields};

/// Where a note is sent, and what names the thing that it is about.
#[derive(Debug, Clone)]
pub struct NoteForm {
    pub action: &'static str,
    pub about: (&'static str, String),
}

/// Without a form they are only read.
#[component]
pub fn Notes(notes: Vec<NoteRow>, form: Option<NoteForm>) -> impl IntoView {
    let texts = &messages::current().notes;
    let shown = if notes.is_empty() {
        view! { <p class="muted">{texts.none}</p> }.into_any()
    } else {
        let notes = notes.into_iter().map(|note| view! { <Note note=note/> }).collect_view();
        view! { <ul class="list">{notes}</ul> }.into_any()
    };
    view! {
        <ui::Card title=texts.title description=texts.text id="notes">
            <div class="stack">{form.map(|form| view! { <Write form=form/> })} {shown}</div>
        </ui::Card>
    }
}

#[component]
fn Write(form: NoteForm) -> impl IntoView {
    let texts = &messages::current().notes;
    let state = FormState::of_path(form.action);
    view! {
        <form class="form" method="post" action=form.action data-pending="">
            <ui::FormErrorSummary title=messages::current().errors.summary_title errors=state.summary()/>
            <HiddenFields fields=vec![form.about]/>
            <ui::Textarea
                name="note"
                label=texts.new
                value=state.value_or("note", "")
                error=state.field_error("note")
                rows=3
                max_length=4000
                required=true
            />
            <div class="form-actions">
                <ui::Button variant=ui::ButtonVariant::Secondary>{texts.write}</ui::Button>
            </div>
        </form>
    }
}

#[component]
fn Note(note: NoteRow) -> impl IntoView {
    let by = (messages::current().notes.by)(&note.by, &note.at.text);
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="told">{note.body}</p>
                <p class="list-detail">{by}</p>
            </div>
        </li>
    }
}
