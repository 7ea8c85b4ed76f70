//! What a visit looks like to the one who is on it: a bar in every frame of it that cannot be missed, and the page that tells
//! staff without one where they are not.

use contract::{account::Viewer, error::Result, visits::VisitMode};
use domain::actor::{Ground, OrgActor, Visit, VisitStanding};
use http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    messages,
    org::post_form::HiddenFields,
    page::PageTitle,
    platform::{
        support::{leave_support::LeaveSupport, list_page as support},
        visits::{list_page, stop_visit::StopVisit},
    },
    response::set_status,
    session,
};

/// What the bar says.
#[derive(Debug, Clone)]
pub struct VisitBar {
    ground: Ground,
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
        ground: visit.ground(),
        organization: actor.tenant().name.clone(),
        member: visit.subject().name.clone(),
        mode: visit.mode(),
        seconds: seconds(now, visit.mode_until()),
    }))
}

fn seconds(now: chrono::DateTime<chrono::Utc>, until: chrono::DateTime<chrono::Utc>) -> u32 {
    u32::try_from((until - now).num_seconds().max(0)).unwrap_or_default()
}

/// By which tabs of it are told from one's own.
pub fn title_mark() -> Option<&'static str> {
    let actor = session::visited()?;
    let messages = messages::current();
    Some(match actor.visit().map(Visit::ground)? {
        Ground::Impersonation(_) => messages.visits.bar.title_mark,
        Ground::Support(_) => messages.support.bar.title_mark,
    })
}

/// Whether this is a request of a support session, whose rights are those parts that it was let into.
pub fn is_let_in() -> bool {
    session::visited().is_some_and(|actor| matches!(actor.visit().map(Visit::ground), Some(Ground::Support(_))))
}

/// The person whose organization it is, for the frame around it; in a support session the operator, who is nobody else there.
/// What the browser looks like stays the operator's choice.
pub fn visited_viewer(operator: Viewer, actor: &OrgActor) -> Viewer {
    let verification = contract::account::Verification::Verified;
    match actor.visit().map(Visit::ground) {
        Some(Ground::Support(_)) => Viewer {
            verification,
            ..operator
        },
        Some(Ground::Impersonation(_)) | None => {
            let person = actor.user().person();
            Viewer {
                name: person.name.clone(),
                email: person.email.clone(),
                verification,
                ..operator
            }
        }
    }
}

/// Stop is a plain form, so that it works in any tab and state of the page.
#[component]
pub fn Bar(bar: VisitBar) -> impl IntoView {
    let messages = messages::current();
    let (visits, support) = (&messages.visits, &messages.support.bar);
    let (label, text, about) = match bar.ground {
        Ground::Impersonation(id) => (
            visits.bar.label,
            (visits.bar.text)(&bar.organization, &bar.member),
            (format!("{}/{id}", list_page::PATH), visits.bar.about),
        ),
        Ground::Support(id) => (
            support.label,
            (support.text)(&bar.organization, &bar.member),
            (format!("{}/{id}", support::PATH), support.about),
        ),
    };
    let elevated = bar.mode == VisitMode::Elevated;
    view! {
        <aside class="visit-bar" aria-label=label>
            <span class="visit-bar-mode" class:visit-bar-elevated=elevated>{(visits.mode)(bar.mode)}</span>
            <span class="visit-bar-text">{text}</span>
            <span><ui::Countdown seconds=bar.seconds over=visits.bar.over/> " " {visits.bar.left}</span>
            <a class="visit-bar-link" href=about.0>{about.1}</a>
            <Stop ground=bar.ground/>
        </aside>
    }
}

#[component]
fn Stop(ground: Ground) -> impl IntoView {
    let messages = messages::current();
    let (action, fields, text) = match ground {
        Ground::Impersonation(_) => (StopVisit::PATH, vec![], messages.visits.stop),
        Ground::Support(id) => (
            LeaveSupport::PATH,
            vec![("session", id.to_string())],
            messages.support.bar.stop,
        ),
    };
    view! {
        <form method="post" action=action>
            <HiddenFields fields=fields/>
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
    let support = &messages::current().support.bar;
    let (title, text, over) = match session::visit().await? {
        Some(VisitStanding::Over { ground, organization }) => match ground {
            Ground::Impersonation(_) => ((texts.over_title)(&organization), texts.over_text, Some(ground)),
            Ground::Support(_) => ((support.over_title)(&organization), support.over_text, Some(ground)),
        },
        Some(VisitStanding::Live(_)) | None => (texts.title.to_owned(), texts.text, None),
    };
    set_status(StatusCode::NOT_FOUND);
    let way_on = match over {
        Some(ground) => view! { <div class="visit-over"><Stop ground=ground/></div> }.into_any(),
        None => view! { <ui::Button href=list_page::PATH>{texts.to_visits}</ui::Button> }.into_any(),
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
