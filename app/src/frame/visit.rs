//! What a visit looks like to the one who is on it: a bar in every frame of it that cannot be missed, and the page that tells
//! staff without one where they are not.

use contract::{account::Viewer, error::Result, visits::VisitMode};
use domain::actor::{OrgActor, VisitStanding};
use http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    messages,
    page::PageTitle,
    platform::visits::{list_page, stop_visit::StopVisit},
    response::set_status,
    session,
};

/// What the bar says.
#[derive(Debug, Clone)]
pub struct VisitBar {
    id: String,
    organization: String,
    member: String,
    mode: VisitMode,
    seconds: u32,
}

/// The bar of the visit that this request belongs to, if it belongs to one.
pub fn bar() -> Result<Option<VisitBar>> {
    let Some(actor) = session::visited() else {
        return Ok(None);
    };
    let now = session::deps()?.now();
    Ok(actor.visit().map(|visit| VisitBar {
        id: visit.id().to_string(),
        organization: actor.tenant().name.clone(),
        member: visit.subject().name.clone(),
        mode: visit.mode(),
        seconds: seconds(now, visit.mode_until()),
    }))
}

fn seconds(now: chrono::DateTime<chrono::Utc>, until: chrono::DateTime<chrono::Utc>) -> u32 {
    u32::try_from((until - now).num_seconds().max(0)).unwrap_or_default()
}

/// The person whose organization it is, for the frame around it. What the browser looks like stays the operator's choice.
pub fn visited_viewer(operator: Viewer, actor: &OrgActor) -> Viewer {
    let person = actor.user().person();
    Viewer {
        name: person.name.clone(),
        email: person.email.clone(),
        verification: contract::account::Verification::Verified,
        ..operator
    }
}

/// Stop is a plain form, so that it works in any tab and state of the page.
#[component]
pub fn Bar(bar: VisitBar) -> impl IntoView {
    let visits = &messages::current().visits;
    let texts = &visits.bar;
    let elevated = bar.mode == VisitMode::Elevated;
    view! {
        <aside class="visit-bar" aria-label=texts.label>
            <span class="visit-bar-mode" class:visit-bar-elevated=elevated>{(visits.mode)(bar.mode)}</span>
            <span class="visit-bar-text">{(texts.text)(&bar.organization, &bar.member)}</span>
            <span><ui::Countdown seconds=bar.seconds over=texts.over/> " " {texts.left}</span>
            <a class="visit-bar-link" href=format!("{}/{}", list_page::PATH, bar.id)>{texts.about}</a>
            <Stop/>
        </aside>
    }
}

#[component]
fn Stop() -> impl IntoView {
    let text = messages::current().visits.stop;
    view! {
        <form method="post" action=StopVisit::PATH>
            <button class="visit-bar-stop" type="submit">{text}</button>
        </form>
    }
}

/// For staff at an organization's address without a visit of it. `None` for everybody else: to them there is nothing.
pub async fn outside() -> Result<Option<AnyView>> {
    let Some(user) = session::maybe_user().await? else {
        return Ok(None);
    };
    if user.staff().is_none() {
        return Ok(None);
    }
    let texts = &messages::current().visits.outside;
    let (title, text, over) = match session::visit().await? {
        Some(VisitStanding::Over { organization, .. }) => ((texts.over_title)(&organization), texts.over_text, true),
        Some(VisitStanding::Live(_)) | None => (texts.title.to_owned(), texts.text, false),
    };
    set_status(StatusCode::NOT_FOUND);
    let way_on = if over {
        view! { <div class="visit-over"><Stop/></div> }.into_any()
    } else {
        view! { <ui::Button href=list_page::PATH>{texts.to_visits}</ui::Button> }.into_any()
    };
    Ok(Some(
        view! {
            <PageTitle text=title.clone()/>
            <main class="page-alone">
                <div class="page-failed">
                    <ui::EmptyState title=title text=text icon=ui::IconName::Info level=1>{way_on}</ui::EmptyState>
                </div>
            </main>
        }
        .into_any(),
    ))
}
