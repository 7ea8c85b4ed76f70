//! `/platform/incidents/new`: telling everybody of something.

use contract::{incident::IncidentKind, staff::StaffRight};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{create_incident::CreateIncident, list_page::PATH};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::zone,
};

#[component]
pub fn NewIncidentPage() -> impl IntoView {
    platform_page(Section::Incidents, StaffRight::IncidentsManage, |_| async {
        let texts = &messages::current().incidents;
        let crumbs = vec![ui::Crumb::link(texts.title, PATH), ui::Crumb::here(texts.new_title)];
        let breadcrumb =
            view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> }.into_any();
        let zone = zone().await?;
        Ok(view! {
            <PageTitle text=texts.new_title/>
            <ui::PageHeader title=texts.new_title description=texts.new_text breadcrumb=breadcrumb/>
            <NewIncident zone=zone/>
        }
        .into_any())
    })
}

#[component]
fn NewIncident(zone: String) -> impl IntoView {
    let texts = &messages::current().incidents;
    let notices = &messages::current().notices;
    let errors = &messages::current().errors;
    let form = FormState::of::<CreateIncident>();
    let kinds = IncidentKind::ALL
        .iter()
        .map(|kind| ui::RadioOption::new(kind.key(), (notices.kind)(*kind)).hint((texts.kind_hint)(*kind)))
        .collect();
    view! {
        <form class="form form-wide" method="post" action=CreateIncident::PATH data-pending="">
            <ui::FormErrorSummary title=errors.summary_title errors=form.summary()/>
            <ui::RadioGroup
                name="kind"
                legend=texts.kind
                options=kinds
                selected=form.value_or("kind", IncidentKind::Degraded.key())
                error=form.field_error("kind")
                cards=true
                required=true
            />
            <ui::TextInput
                name="title"
                label=texts.name
                hint=texts.name_hint
                value=form.value("title")
                error=form.field_error("title")
                autocomplete="off"
                max_length=120
                required=true
            />
            <ui::Textarea
                name="text"
                label=texts.text
                hint=texts.text_hint
                value=form.value("text")
                error=form.field_error("text")
                max_length=2000
                required=true
            />
            <ui::TextInput
                name="starts"
                kind=ui::InputKind::DateAndTime
                label=texts.starts
                note=messages::current().frame.optional
                hint=(texts.starts_hint)(&zone)
                value=form.value("starts")
                error=form.field_error("starts")
            />
            <ui::TextInput
                name="ends"
                kind=ui::InputKind::DateAndTime
                label=texts.ends
                note=messages::current().frame.optional
                hint=texts.ends_hint
                value=form.value("ends")
                error=form.field_error("ends")
            />
            <div class="form-actions">
                <ui::Button>{texts.create}</ui::Button>
                <ui::Button href=PATH variant=ui::ButtonVariant::Quiet>{texts.cancel}</ui::Button>
            </div>
        </form>
    }
}
