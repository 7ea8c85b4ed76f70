//! `/status`: how the house is, for anybody. It says so as well when nobody can look.

use contract::incident::{Health, IncidentDetails, Status};
use domain::incidents::{self, Update, status::status};
use http::StatusCode;
use leptos::prelude::*;

use crate::{
    format::Formatter,
    frame::{
        board::incident_tone,
        site::{Place, SitePage},
    },
    messages,
    page::{self, PageTitle},
    platform::incidents::rows::{details, state_tone, timeline},
    response::set_status,
    session,
};

#[component]
pub fn StatusPage() -> impl IntoView {
    page::load(async {
        let texts = &messages::current().notices;
        let content = if let Some(status) = known().await {
            view! { <Known status=status/> }.into_any()
        } else {
            set_status(StatusCode::SERVICE_UNAVAILABLE);
            view! {
                <ui::Banner tone=ui::Tone::Danger title=texts.unknown_title>{texts.unknown_text}</ui::Banner>
            }
            .into_any()
        };
        Ok(view! {
            <PageTitle text=texts.status/>
            <SitePage place=Place::Status>
                <section class="hero status-hero">
                    <div class="site-width">
                        <h1 class="hero-title">{texts.status}</h1>
                        <p class="hero-text">{texts.status_text}</p>
                    </div>
                </section>
                <div class="site-width stack status">{content}</div>
            </SitePage>
        }
        .into_any())
    })
}

/// Nothing when the database does not answer: whoever asks is told that, and not that something went wrong.
async fn known() -> Option<Status> {
    let deps = session::deps().ok()?;
    let found = status(&deps)
        .await
        .inspect_err(|error| tracing::error!(%error, "the status page could not be read"))
        .ok()?;
    let (now, formatter) = (deps.now(), Formatter::for_strangers());
    let shown = |list: Vec<(incidents::Incident, Vec<Update>)>| -> Vec<IncidentDetails> {
        list.into_iter()
            .map(|(incident, updates)| details(incident, updates, now, formatter))
            .collect()
    };
    Some(Status {
        health: Health::of(found.current.iter().map(|(incident, _)| incident.kind)),
        current: shown(found.current),
        upcoming: shown(found.upcoming),
        past: shown(found.past),
    })
}

#[component]
fn Known(status: Status) -> impl IntoView {
    let texts = &messages::current().notices;
    let tone = match status.health {
        Health::Fine => ui::Tone::Success,
        Health::Degraded => ui::Tone::Warning,
        Health::Outage => ui::Tone::Danger,
    };
    let section = |title: &'static str, incidents: Vec<IncidentDetails>| {
        (!incidents.is_empty()).then(|| {
            let incidents = incidents.iter().map(incident).collect_view();
            view! { <h2>{title}</h2> {incidents} }
        })
    };
    let past = if status.past.is_empty() {
        view! { <h2>{texts.past}</h2> <p class="muted">{texts.past_empty}</p> }.into_any()
    } else {
        section(texts.past, status.past).into_any()
    };
    view! {
        <ui::Banner tone=tone title=(texts.health)(status.health)>""</ui::Banner>
        {section(texts.now, status.current)}
        {section(texts.upcoming, status.upcoming)}
        {past}
    }
}

fn incident(details: &IncidentDetails) -> AnyView {
    let texts = &messages::current().notices;
    let incident = &details.incident;
    let end = incident.resolved.as_ref().or(incident.ends.as_ref());
    let when = (texts.from_to)(&incident.starts.text, end.map(|end| end.text.as_str()));
    let state = (texts.state)(incident.kind, incident.state);
    let actions = view! {
        <ui::Badge tone=state_tone(incident.state)>{state}</ui::Badge>
    };
    let timeline = timeline(details);
    let (tone, kind) = (incident_tone(incident.kind), (texts.kind)(incident.kind));
    view! {
        <ui::Card title=incident.title.clone() description=when level=3 actions=actions.into_any()>
            <p><ui::StatusDot tone=tone label=kind/></p>
            {timeline}
        </ui::Card>
    }
    .into_any()
}
