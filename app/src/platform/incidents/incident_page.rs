//! `/platform/incidents/{incident}`: what was said, saying more, correcting it, and putting it into the archive.

use contract::{
    incident::{IncidentDetails, IncidentState},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    archive_incident::ArchiveIncident,
    correct_form::{CorrectForm, TooLate},
    get_incident::get_incident,
    list_page::PATH,
    post_update::PostUpdate,
    rows::{state_tone, timeline},
};
use crate::{
    form::FormState,
    frame::{
        board::incident_tone,
        platform::{Section, platform_page},
    },
    messages,
    org::post_form::{HiddenFields, PostForm},
    page::PageTitle,
    platform::zone,
};

#[component]
pub fn IncidentPage() -> impl IntoView {
    let id = use_params_map()
        .with_untracked(|params| params.get("incident"))
        .unwrap_or_default();
    platform_page(Section::Incidents, StaffRight::IncidentsRead, move |role| async move {
        let details = get_incident(id).await?;
        let manages = role.has(StaffRight::IncidentsManage);
        let zone = zone().await?;
        Ok(view! { <Incident details=details manages=manages zone=zone/> }.into_any())
    })
}

#[component]
fn Incident(details: IncidentDetails, manages: bool, zone: String) -> impl IntoView {
    let texts = &messages::current().incidents;
    let notices = &messages::current().notices;
    let incident = details.incident.clone();
    let crumbs = vec![
        ui::Crumb::link(texts.title, PATH),
        ui::Crumb::here(incident.title.clone()),
    ];
    let breadcrumb = view! { <ui::Breadcrumb label=messages::current().frame.breadcrumb crumbs=crumbs/> };
    let archived = incident.archived.is_some();
    let badge = view! {
        <ui::Badge tone=state_tone(incident.state)>{(notices.state)(incident.kind, incident.state)}</ui::Badge>
        {archived.then(|| view! { <ui::Badge>{texts.archived_badge}</ui::Badge> })}
    };
    let over = incident.state == IncidentState::Resolved || !incident.shown;
    let refused = FormState::of::<ArchiveIncident>();
    let archive = (manages && over && !archived).then(|| {
        view! {
            <ui::Card title=texts.archive description=texts.archive_text>
                <ui::FormErrorSummary title=messages::current().errors.summary_title errors=refused.summary()/>
                <PostForm action=ArchiveIncident::PATH fields=vec![("incident", incident.id.to_string())]>
                    <ui::Button variant=ui::ButtonVariant::Secondary icon=ui::IconName::Archive>{texts.archive}</ui::Button>
                </PostForm>
            </ui::Card>
        }
    });
    let forms = manages.then(|| {
        let (id, form) = (incident.id.to_string(), details.clone());
        if incident.state == IncidentState::Resolved || archived {
            view! { <TooLate id=id/> }.into_any()
        } else {
            view! {
                <SayMore id=id kind=incident.kind state=incident.state/>
                <CorrectForm details=form zone=zone/>
            }
            .into_any()
        }
    });
    let ends = incident.ends.clone().map_or_else(
        || texts.until_resolved.into_any(),
        |end| view! { <ui::DateTime instant=end.iso exact=end.text.clone() text=end.text/> }.into_any(),
    );
    view! {
        <PageTitle text=incident.title.clone()/>
        <ui::PageHeader title=incident.title.clone() badge=badge.into_any() breadcrumb=breadcrumb.into_any()/>
        <div class="stack">
            <ui::Card title=texts.facts>
                <ui::KeyValueList>
                    <ui::KeyValue label=texts.column_title>
                        <ui::StatusDot tone=incident_tone(incident.kind) label=(notices.kind)(incident.kind)/>
                    </ui::KeyValue>
                    <ui::KeyValue label=texts.starts>
                        <ui::DateTime instant=incident.starts.iso exact=incident.starts.text.clone() text=incident.starts.text/>
                    </ui::KeyValue>
                    <ui::KeyValue label=texts.ends>{ends}</ui::KeyValue>
                </ui::KeyValueList>
            </ui::Card>
            {forms}
            <ui::Card title=texts.said>{timeline(&details)}</ui::Card>
            {archive}
        </div>
    }
}

#[component]
fn SayMore(id: String, kind: contract::incident::IncidentKind, state: IncidentState) -> impl IntoView {
    let texts = &messages::current().incidents;
    let notices = &messages::current().notices;
    let form = FormState::of_where::<PostUpdate>("incident", &id);
    let options = IncidentState::ALL
        .iter()
        .filter(|next| state.may_become(**next))
        // Where nothing is wrong there is nothing to look for.
        .filter(|next| kind.is_trouble() || matches!(next, IncidentState::Monitoring | IncidentState::Resolved))
        .map(|next| ui::SelectOption::new(next.key(), (notices.state)(kind, *next)))
        .collect();
    view! {
        <ui::Card title=texts.update_title description=texts.update_text>
            <form class="form" method="post" action=PostUpdate::PATH data-pending="">
                <ui::FormErrorSummary title=messages::current().errors.summary_title errors=form.summary()/>
                <HiddenFields fields=vec![("incident", id)]/>
                <ui::Select
                    name="state"
                    label=texts.next
                    options=options
                    selected=form.value_or("state", state.key())
                    error=form.field_error("state")
                />
                <ui::Textarea
                    name="text"
                    label=texts.text
                    value=form.value("text")
                    error=form.field_error("text")
                    max_length=2000
                    required=true
                />
                <div class="form-actions"><ui::Button>{texts.post}</ui::Button></div>
            </form>
        </ui::Card>
    }
}
