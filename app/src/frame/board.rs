//! What is put up for everybody, over the pages of every surface: maintenance, and incidents where there is none.
//!
//! What a visitor is shown may be kept for a minute: it is what everybody sees, at most that much late, and nobody puts anything
//! away there. Who is signed in is shown their own on every page, none of which is kept then.

use contract::{
    incident::IncidentKind,
    maintenance::{MaintenanceLevel, MaintenanceNotice, Surface},
    staff::StaffRight,
};
use domain::{
    actor::StaffActor,
    board::Notice,
    incidents::shown::shown,
    maintenance::{Place, Scope, Window},
};
use leptos::{prelude::*, reactive::computed::ScopedFuture, server_fn::ServerFn};

use crate::{
    account::dismiss_incident::DismissIncident, format::Formatter, messages, org::post_form::PostForm, page, session,
};

/// Where anybody reads how the house is.
pub const STATUS: &str = "/status";

/// Banners, the strongest first.
#[derive(Default)]
pub struct Over {
    pub maintenance: Option<AnyView>,
    pub incidents: Vec<AnyView>,
}

pub fn notice(window: &Window, formatter: Formatter) -> MaintenanceNotice {
    MaintenanceNotice {
        level: window.level,
        message: window.message.clone(),
        until: window.ends_at.map(|end| formatter.moment(end)),
    }
}

/// What is on for this surface, in the zone of whoever is signed in.
pub async fn maintenance_on(surface: Surface) -> Option<MaintenanceNotice> {
    let deps = session::deps().ok()?;
    let posted = deps.board.look(&deps).await;
    let window = posted.maintenance(Place::on(surface), deps.now())?;
    let formatter = match session::maybe_user().await {
        Ok(Some(user)) => Formatter::from(user.person()),
        _ => Formatter::for_strangers(),
    };
    Some(notice(window, formatter))
}

/// Over the pages of somebody who is signed in. Maintenance explains whatever incidents would tell.
pub async fn for_people(maintenance: Option<MaintenanceNotice>) -> Over {
    match maintenance {
        Some(notice) => Over {
            maintenance: Some(maintenance_banner(&notice)),
            incidents: Vec::new(),
        },
        None => Over {
            maintenance: None,
            incidents: incident_banners().await,
        },
    }
}

/// Over the pages of staff, who pass whatever is closed, and are told of all of it. Maintenance explains nothing to who works on
/// incidents: they stand beside it here, and here only.
pub async fn for_staff(actor: &StaffActor) -> Over {
    let Ok(deps) = session::deps() else {
        return Over::default();
    };
    let posted = deps.board.look(&deps).await;
    let now = deps.now();
    let strictest = posted.on(now).max_by_key(|window| window.level);
    let maintenance = strictest.map(|window| {
        let texts = &messages::current().maintenance;
        let text = (texts.staff_banner)(window.level, scope_words(window), posted.on(now).count());
        let action = actor.may(StaffRight::MaintenanceManage).then(|| {
            view! {
                <ui::Button
                    href="/platform/maintenance"
                    size=ui::ButtonSize::Small
                    variant=ui::ButtonVariant::Secondary
                >
                    {texts.title}
                </ui::Button>
            }
        });
        view! { <ui::Banner tone=maintenance_tone(window.level) action=action.into_any()>{text}</ui::Banner> }
            .into_any()
    });
    Over {
        maintenance,
        incidents: incident_banners().await,
    }
}

fn scope_words(window: &Window) -> &'static str {
    let texts = &messages::current().maintenance;
    match window.scope {
        Scope::Everything => texts.everything,
        Scope::Surface(surface) => (texts.surface)(surface),
        Scope::Organization(_) => texts.one_organization,
    }
}

/// Over pages that stand open to visitors, by what this request has found put up. Who is signed in does not see again what they
/// have put away on another page.
pub fn for_anybody(surface: Surface) -> Option<AnyView> {
    let deps = session::deps().ok()?;
    let (posted, now) = (deps.board.known(), deps.now());
    if let Some(window) = posted.maintenance(Place::on(surface), now) {
        return Some(maintenance_banner(&notice(window, Formatter::for_strangers())));
    }
    // Who is there is asked only when there is something to tell.
    posted.notices(now).next()?;
    let banners = Suspend::new(ScopedFuture::new(async {
        let banners = incident_banners().await;
        view! { <ui::Banners banners=banners more=messages::current().standing.more/> }.into_any()
    }));
    Some(banners.into_any())
}

pub fn maintenance_tone(level: MaintenanceLevel) -> ui::Tone {
    match level {
        MaintenanceLevel::Banner => ui::Tone::Info,
        MaintenanceLevel::ReadOnly => ui::Tone::Warning,
        MaintenanceLevel::Closed => ui::Tone::Danger,
    }
}

fn maintenance_banner(notice: &MaintenanceNotice) -> AnyView {
    let texts = &messages::current().notices;
    let until = notice.until.as_ref().map(|until| until.text.as_str());
    let text = (texts.maintenance_text)(notice.level, until);
    let message = (!notice.message.is_empty()).then(|| format!("{} ", notice.message));
    view! {
        <ui::Banner tone=maintenance_tone(notice.level) title=texts.maintenance_title icon=ui::IconName::Clock>
            {message}{text}
        </ui::Banner>
    }
    .into_any()
}

async fn incident_banners() -> Vec<AnyView> {
    let Ok(deps) = session::deps() else {
        return Vec::new();
    };
    let user = session::maybe_user().await.ok().flatten();
    // A page is not missing because its notices are.
    let notices = shown(user.as_ref(), &deps).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "notices of incidents could not be read");
        Vec::new()
    });
    notices
        .iter()
        .map(|notice| incident_banner(notice, user.as_ref().map(|_| page::requested())))
        .collect()
}

/// `back` is where somebody who can put it away goes on.
fn incident_banner(notice: &Notice, back: Option<String>) -> AnyView {
    let texts = &messages::current().notices;
    let dismiss = back.map(|back| {
        view! {
            <PostForm
                action=DismissIncident::PATH
                fields=vec![("incident", notice.id.to_string()), ("next", back)]
            >
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Quiet>{texts.dismiss}</ui::Button>
            </PostForm>
        }
    });
    let action = view! {
        <ui::Button href=STATUS size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>{texts.details}</ui::Button>
        {dismiss}
    };
    let (head, title) = ((texts.head)(notice.kind, notice.state), notice.title.clone());
    view! {
        <ui::Banner tone=incident_tone(notice.kind) title=head action=action.into_any()>{title}</ui::Banner>
    }
    .into_any()
}

pub fn incident_tone(kind: IncidentKind) -> ui::Tone {
    match kind {
        IncidentKind::Outage => ui::Tone::Danger,
        IncidentKind::Degraded => ui::Tone::Warning,
        IncidentKind::Maintenance | IncidentKind::Information => ui::Tone::Info,
    }
}
