//! `/platform/incidents`: what everybody is and was told.

use contract::{
    incident::{Incident, IncidentFilter},
    staff::StaffRight,
};
use leptos::prelude::*;

use super::{list_incidents::list_incidents, rows::state_tone};
use crate::{
    frame::{
        board::incident_tone,
        platform::{Section, platform_page},
    },
    messages,
    page::{self, PageTitle},
};

pub const PATH: &str = "/platform/incidents";

#[component]
pub fn IncidentsPage() -> impl IntoView {
    platform_page(Section::Incidents, StaffRight::IncidentsRead, |role| async move {
        let texts = &messages::current().incidents;
        let asked = page::query("show").and_then(|key| IncidentFilter::from_key(&key));
        let filter = asked.unwrap_or_default();
        let list = list_incidents(Some(filter.key().to_owned()), page::query("before")).await?;
        let tabs = [
            (IncidentFilter::Open, texts.open),
            (IncidentFilter::All, texts.all),
            (IncidentFilter::Archived, texts.archived),
        ]
        .map(|(to, label)| ui::Tab::new(label, page::with_query(PATH, "show", to.key()), to == filter))
        .to_vec();
        let new = role.has(StaffRight::IncidentsManage).then(|| {
            view! { <ui::Button href="/platform/incidents/new" icon=ui::IconName::Plus>{texts.new}</ui::Button> }
        });
        let older = list.incidents.last().filter(|_| list.more).map(|last| {
            let path = page::with_query(PATH, "show", filter.key());
            view! {
                <p>
                    <ui::Button href=format!("{path}&before={}", last.id) variant=ui::ButtonVariant::Secondary>
                        {texts.older}
                    </ui::Button>
                </p>
            }
        });
        let found = if list.incidents.is_empty() {
            view! { <ui::EmptyState title=texts.empty_title text=texts.empty_text icon=ui::IconName::Bell/> }.into_any()
        } else {
            view! { <Rows incidents=list.incidents/> {older} }.into_any()
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description actions=new.into_any()/>
            <ui::Tabs label=texts.filters tabs=tabs/>
            {found}
        }
        .into_any())
    })
}

#[component]
fn Rows(incidents: Vec<Incident>) -> impl IntoView {
    let texts = &messages::current().incidents;
    let notices = &messages::current().notices;
    let columns = vec![
        ui::Column::new(texts.column_title),
        ui::Column::new(texts.column_state),
        ui::Column::new(texts.column_begins),
        ui::Column::new(texts.column_updated),
    ];
    let rows = incidents
        .into_iter()
        .map(|incident| {
            let open = incident.resolved.is_none() && incident.archived.is_none();
            let shown = open.then_some(if incident.shown { texts.shown } else { texts.scheduled });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>
                        <a class="list-title" href=format!("{PATH}/{}", incident.id)>{incident.title}</a>
                        <p class="list-detail">
                            <ui::StatusDot tone=incident_tone(incident.kind) label=(notices.kind)(incident.kind)/>
                        </p>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_state>
                        <ui::Badge tone=state_tone(incident.state)>{(notices.state)(incident.kind, incident.state)}</ui::Badge>
                        {shown.map(|shown| view! { <p class="list-detail">{shown}</p> })}
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_begins>
                        <ui::DateTime instant=incident.starts.iso exact=incident.starts.text.clone() text=incident.starts.text/>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_updated>
                        <ui::DateTime instant=incident.updated.iso exact=incident.updated.text.clone() text=incident.updated.text/>
                    </ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
