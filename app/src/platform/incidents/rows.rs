//! Incidents as pages and clients see them.

use chrono::{DateTime, SecondsFormat, Utc};
use contract::incident::{Incident, IncidentDetails, IncidentForm, IncidentUpdate};
use domain::incidents::{self, Update};
use leptos::prelude::*;

use crate::{format::Formatter, messages};

pub fn row(incident: incidents::Incident, now: DateTime<Utc>, formatter: Formatter) -> Incident {
    Incident {
        shown: incident.is_shown(now),
        id: incident.id,
        kind: incident.kind,
        state: incident.state,
        title: incident.title,
        starts: formatter.moment(incident.starts_at),
        ends: incident.ends_at.map(|end| formatter.moment(end)),
        resolved: incident.resolved_at.map(|at| formatter.moment(at)),
        archived: incident.archived_at.map(|at| formatter.moment(at)),
        updated: formatter.moment(incident.updated_at),
    }
}

pub fn details(
    incident: incidents::Incident,
    updates: Vec<Update>,
    now: DateTime<Utc>,
    formatter: Formatter,
) -> IncidentDetails {
    let form = IncidentForm {
        starts: formatter.field(incident.starts_at),
        ends: incident.ends_at.map(|end| formatter.field(end)).unwrap_or_default(),
        begun: incident.starts_at <= now,
        seen: incident.updated_at.to_rfc3339_opts(SecondsFormat::Micros, true),
    };
    IncidentDetails {
        form,
        incident: row(incident, now, formatter),
        updates: updates
            .into_iter()
            .map(|update| IncidentUpdate {
                state: update.state,
                text: update.text,
                at: formatter.moment(update.written_at),
                by: Some(update.by).filter(|name| !name.is_empty()),
            })
            .collect(),
    }
}

/// What was said, the newest first.
pub fn timeline(details: &IncidentDetails) -> AnyView {
    let texts = &messages::current().notices;
    let kind = details.incident.kind;
    let items = details
        .updates
        .iter()
        .map(|update| {
            let (at, text) = (update.at.clone(), update.text.clone());
            let time = view! { <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/> }.into_any();
            let by = update
                .by
                .as_ref()
                .map(|name| view! { <p class="small muted">{(messages::current().incidents.by)(name)}</p> });
            view! {
                <ui::TimelineItem title=(texts.state)(kind, update.state) time=time tone=state_tone(update.state)>
                    <p class="told">{text}</p>
                    {by}
                </ui::TimelineItem>
            }
        })
        .collect_view();
    view! { <ui::Timeline label=(texts.history)(&details.incident.title)>{items}</ui::Timeline> }.into_any()
}

pub fn state_tone(state: contract::incident::IncidentState) -> ui::Tone {
    use contract::incident::IncidentState as S;
    match state {
        S::Investigating => ui::Tone::Danger,
        S::Identified => ui::Tone::Warning,
        S::Monitoring => ui::Tone::Info,
        S::Resolved => ui::Tone::Success,
    }
}
