//! What a visit looks like to the one who is on it: a bar that cannot be missed, on every page there is, and the page that
//! tells staff without one where they are not.

use contract::{account::Viewer, error::Result, visits::VisitMode};
use domain::{
    actor::{Ground, OrgActor, Visit, VisitStanding},
    visits::way_back::WayBack,
};
use http::StatusCode;
use leptos::{prelude::*, server_fn::ServerFn};

use crate::{
    messages,
    org::post_form::HiddenFields,
    page::{self, PageTitle},
    platform::{
        support::{leave_support::LeaveSupport, list_page as support_list},
        visits::{list_page, stop_visit::StopVisit},
    },
    response::set_status,
    session,
};

/// What the bar says.
#[derive(Debug, Clone)]
struct Said {
    ground: Ground,
    organization: String,
    member: String,
    mode: VisitMode,
    seconds: u32,
    /// The way to the organization from everywhere else. `None` inside of it, and when it is gone.
    back: Option<String>,
    inside: bool,
}

/// How many banners the bar stands for, over a page that is not the organization's.
pub fn bars() -> usize {
    usize::from(session::live_visit().is_some() || session::visit_in_doubt())
}

fn said() -> Option<Said> {
    let (visit, place) = session::live_visit()?;
    let now = session::deps().ok()?.now();
    let inside = place.as_ref().is_some_and(|place| is_inside(&page::requested(), place));
    Some(Said {
        ground: visit.ground(),
        member: visit.subject().name.clone(),
        mode: visit.mode(),
        seconds: seconds(now, visit.mode_until()),
        back: place
            .as_ref()
            .filter(|_| !inside)
            .map(|place| format!("/o/{}/projects", place.slug)),
        organization: place.map_or_else(|| visit.organization().to_owned(), |place| place.organization),
        inside,
    })
}

/// Whether a page is one of the organization's, whatever has become of it.
fn is_inside(requested: &str, place: &WayBack) -> bool {
    requested
        .strip_prefix("/o/")
        .and_then(|rest| rest.split(['/', '?']).next())
        .is_some_and(|slug| slug.eq_ignore_ascii_case(place.slug.as_str()))
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

/// In the document itself, beside whatever page there is, so that no frame is without it. Documents of their own, which stand in
/// for a page that nobody could draw, have [`BarInDoubt`] in its place.
#[component]
pub fn EveryBar() -> impl IntoView {
    said()
        .map(|bar| view! { <Bar bar=bar/> }.into_any())
        .or_else(|| session::visit_in_doubt().then(|| view! { <BarInDoubt/> }.into_any()))
}

/// For a browser with a visit's cookie, where nobody can be asked what it is on: it says so, and has the one way out that knows
/// by itself what to leave.
#[component]
pub fn BarInDoubt() -> impl IntoView {
    let texts = &messages::current().visits;
    view! {
        <aside class="visit-bar" aria-label=texts.bar.label>
            <span class="visit-bar-text">{texts.bar.in_doubt}</span>
            <form method="post" action=StopVisit::PATH>
                <button class="visit-bar-stop" type="submit">{texts.stop}</button>
            </form>
        </aside>
    }
}

/// Stop is a plain form, so that it works in any tab and state of the page.
#[component]
fn Bar(bar: Said) -> impl IntoView {
    let messages = messages::current();
    let (visits, support) = (&messages.visits, &messages.support.bar);
    let (label, inside, elsewhere, about) = match bar.ground {
        Ground::Impersonation(id) => (
            visits.bar.label,
            visits.bar.text,
            visits.bar.elsewhere,
            (format!("{}/{id}", list_page::PATH), visits.bar.about.to_owned()),
        ),
        Ground::Support(id) => (
            support.label,
            support.text,
            support.elsewhere,
            (format!("{}/{id}", support_list::PATH), support.about.to_owned()),
        ),
    };
    let text = (if bar.inside { inside } else { elsewhere })(&bar.organization, &bar.member);
    let link = match bar.back {
        Some(back) => (back, (visits.bar.back)(&bar.organization)),
        None => about,
    };
    let elevated = bar.mode == VisitMode::Elevated;
    view! {
        <aside class="visit-bar" aria-label=label>
            <span class="visit-bar-mode" class:visit-bar-elevated=elevated>{(visits.mode)(bar.mode)}</span>
            <span class="visit-bar-text">{text}</span>
            <span><ui::Countdown seconds=bar.seconds over=visits.bar.over/> " " {visits.bar.left}</span>
            <a class="visit-bar-link" href=link.0>{link.1}</a>
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

#[cfg(test)]
mod tests {
    use contract::slug::Slug;

    use super::*;

    #[test]
    fn the_pages_of_the_visited_organization_are_told_from_all_others() {
        let place = WayBack {
            organization: "Acme".to_owned(),
            slug: Slug::parse("acme").unwrap(),
        };
        for inside in [
            "/o/acme",
            "/o/acme?a=b",
            "/o/acme/projects",
            "/o/ACME/nowhere?a=/o/other",
        ] {
            assert!(is_inside(inside, &place), "{inside}");
        }
        for elsewhere in [
            "/",
            "/platform",
            "/o/",
            "/o/acme-two/projects",
            "/account?next=/o/acme",
            "/x/o/acme",
        ] {
            assert!(!is_inside(elsewhere, &place), "{elsewhere}");
        }
    }
}
