//! What staff have written down about a report.

use contract::reports::{ReportDetail, ReportNoteRow};
use leptos::{prelude::*, server_fn::ServerFn};

use super::write_report_note::WriteReportNote;
use crate::{form::FormState, messages, org::post_form::HiddenFields};

#[component]
pub fn Notes(found: ReportDetail, writes: bool) -> impl IntoView {
    let texts = &messages::current().reports.one;
    let shown = if found.notes.is_empty() {
        view! { <p class="muted">{texts.no_notes}</p> }.into_any()
    } else {
        let notes = found
            .notes
            .into_iter()
            .map(|note| view! { <Note note=note/> })
            .collect_view();
        view! { <ul class="list">{notes}</ul> }.into_any()
    };
    let report = found.id.to_string();
    view! {
        <ui::Card title=texts.notes description=texts.notes_text>
            <div class="stack">{writes.then(|| view! { <Write report=report/> })} {shown}</div>
        </ui::Card>
    }
}

#[component]
fn Write(report: String) -> impl IntoView {
    let texts = &messages::current().reports.one;
    let form = FormState::of::<WriteReportNote>();
    view! {
        <form class="form" method="post" action=WriteReportNote::PATH data-pending="">
            <ui::FormErrorSummary title=messages::current().errors.summary_title errors=form.summary()/>
            <HiddenFields fields=vec![("report", report)]/>
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
fn Note(note: ReportNoteRow) -> impl IntoView {
    let texts = &messages::current().reports.one;
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="told">{note.body}</p>
                <p class="list-detail">{(texts.note_by)(&note.by, &note.at.text)}</p>
            </div>
        </li>
    }
}
