//! `/status`: how the house is, for anybody. It says so as well when nobody can look.

use contract::{
    incident::{Health, IncidentDetails, Status},
    maintenance::{PublicMaintenance, Surface},
};
use domain::{
    incidents::{self, Update, status::status},
    maintenance::{self, Scope, Window},
};
use http::StatusCode;
use leptos::prelude::*;

use crate::{
    format::Formatter,
    frame::{
        board::{incident_tone, maintenance_tone},
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
    let posted = deps.board.look(&deps).await;
    let (now, formatter) = (deps.now(), Formatter::for_strangers());
    let maintenance: Vec<_> = Surface::ALL
        .iter()
        .filter_map(|surface| {
            let window = posted.maintenance(maintenance::Place::on(*surface), now)?;
            Some(told(window, Some(*surface), formatter))
        })
        .collect();
    let planned = posted
        .planned(now)
        .map(|window| told(window, surface(window), formatter))
        .collect();
    let shown = |list: Vec<(incidents::Incident, Vec<Update>)>| -> Vec<IncidentDetails> {
        list.into_iter()
            .map(|(incident, updates)| details(incident, updates, now, formatter))
            .collect()
    };
    Some(Status {
        health: Health::of(
            found.current.iter().map(|(incident, _)| incident.kind),
            maintenance.iter().map(|window| window.level),
        ),
        maintenance,
        planned,
        current: shown(found.current),
        upcoming: shown(found.upcoming),
        past: shown(found.past),
    })
}

fn told(window: &Window, surface: Option<Surface>, formatter: Formatter) -> PublicMaintenance {
    PublicMaintenance {
        surface,
        level: window.level,
        message: window.message.clone(),
        starts: formatter.moment(window.starts_at),
        ends: window.ends_at.map(|end| formatter.moment(end)),
    }
}

fn surface(window: &Window) -> Option<Surface> {
    match window.scope {
        Scope::Surface(surface) => Some(surface),
        Scope::Everything | Scope::Organization(_) => None,
    }
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
    let windows = |title: &'static str, windows: Vec<PublicMaintenance>| {
        (!windows.is_empty()).then(|| {
            let windows = windows.iter().map(window).collect_view();
            view! { <h2>{title}</h2> {windows} }
        })
    };
    let past = if status.past.is_empty() {
        view! { <h2>{texts.past}</h2> <p class="muted">{texts.past_empty}</p> }.into_any()
    } else {
        section(texts.past, status.past).into_any()
    };
    view! {
        <ui::Banner tone=tone title=(texts.health)(status.health)>""</ui::Banner>
        {windows(texts.maintenance_now, status.maintenance)}
        {section(texts.now, status.current)}
        {windows(texts.maintenance_planned, status.planned)}
        {section(texts.upcoming, status.upcoming)}
        {past}
    }
}

fn window(window: &PublicMaintenance) -> AnyView {
    let (texts, names) = (&messages::current().notices, &messages::current().maintenance);
    let title = window.surface.map_or(names.everything, names.surface);
    let when = (texts.from_to)(&window.starts.text, window.ends.as_ref().map(|end| end.text.as_str()));
    let (tone, level) = (maintenance_tone(window.level), (texts.maintenance_level)(window.level));
    let actions = view! { <ui::Badge tone=tone>{level}</ui::Badge> };
    let message = (!window.message.is_empty()).then(|| view! { <p class="told">{window.message.clone()}</p> });
    let means = (texts.maintenance_means)(window.level);
    view! {
        <ui::Card title=title description=when level=3 actions=actions.into_any()>
            {message}
            <p class="muted">{means}</p>
        </ui::Card>
    }
    .into_any()
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
