//! `/platform/maintenance`: what is on, what will be, and ordering more of it.

use contract::{
    error::Result,
    maintenance::{MaintenanceLevel, MaintenanceScope, MaintenanceWindow, Surface, WindowState},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    end_maintenance::EndMaintenance,
    input::{EVERYTHING, ORGANIZATION},
    list_windows::list_windows,
    order_maintenance::OrderMaintenance,
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    org::post_form::PostForm,
    page::{self, PageTitle},
    platform::zone,
};

const PATH: &str = "/platform/maintenance";

#[component]
pub fn MaintenancePage() -> impl IntoView {
    platform_page(Section::Maintenance, StaffRight::MaintenanceRead, |role| async move {
        let texts = &messages::current().maintenance;
        let plan = list_windows().await?;
        let manages = role.has(StaffRight::MaintenanceManage);
        let on = if plan.on.is_empty() {
            view! { <p class="muted">{texts.on_empty}</p> }.into_any()
        } else {
            windows(plan.on, manages)
        };
        let scheduled = (!plan.scheduled.is_empty())
            .then(|| view! { <ui::Card title=texts.scheduled>{windows(plan.scheduled, manages)}</ui::Card> });
        let over = (!plan.over.is_empty())
            .then(|| view! { <ui::Card title=texts.over>{windows(plan.over, manages)}</ui::Card> });
        let order = if manages {
            let form = order(plan.fresh).await?;
            Some(view! { <ui::Card title=texts.order_title description=texts.order_text>{form}</ui::Card> })
        } else {
            None
        };
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <div class="stack">
                <ui::Card title=texts.on description=texts.way_back>{on}</ui::Card>
                {scheduled}
                {order}
                {over}
            </div>
        }
        .into_any())
    })
}

/// The form, or the way to a factor that is fresh enough for it.
async fn order(fresh: bool) -> Result<AnyView> {
    if fresh {
        let zone = zone().await?;
        return Ok(view! { <Order zone=zone/> }.into_any());
    }
    let texts = &messages::current().maintenance;
    let action = view! {
        <ui::Button
            href=page::second_factor_path(PATH)
            size=ui::ButtonSize::Small
            variant=ui::ButtonVariant::Secondary
        >
            {texts.stale_action}
        </ui::Button>
    };
    Ok(
        view! { <ui::Banner title=texts.stale_title action=action.into_any()>{texts.stale_text}</ui::Banner> }
            .into_any(),
    )
}

fn windows(windows: Vec<MaintenanceWindow>, manages: bool) -> AnyView {
    let windows = windows
        .into_iter()
        .map(|window| view! { <Window window=window manages=manages/> })
        .collect_view();
    view! { <ul class="plain-list">{windows}</ul> }.into_any()
}

#[component]
fn Window(
    window: MaintenanceWindow,
    /// Whether who looks may end it.
    manages: bool,
) -> impl IntoView {
    let texts = &messages::current().maintenance;
    let tone = match window.level {
        MaintenanceLevel::Banner => ui::Tone::Info,
        MaintenanceLevel::ReadOnly => ui::Tone::Warning,
        MaintenanceLevel::Closed => ui::Tone::Danger,
    };
    let scope = match &window.scope {
        MaintenanceScope::Everything => texts.everything.to_owned(),
        MaintenanceScope::Surface(surface) => (texts.surface)(*surface).to_owned(),
        MaintenanceScope::Organization { name, .. } if name.is_empty() => texts.gone_organization.to_owned(),
        MaintenanceScope::Organization { slug, name } => format!("{name} (/o/{slug})"),
    };
    let ended = window.ended.as_ref().or(window.ends.as_ref());
    let when = match (window.state, ended) {
        (WindowState::Over, Some(ended)) => (texts.was)(&window.starts.text, &ended.text),
        _ => (texts.until)(&window.starts.text, window.ends.as_ref().map(|end| end.text.as_str())),
    };
    let action = match window.state {
        WindowState::On => Some((texts.end, ui::ButtonVariant::Primary)),
        WindowState::Scheduled => Some((texts.call_off, ui::ButtonVariant::Secondary)),
        WindowState::Over => None,
    };
    let action = action.filter(|_| manages).map(|(label, variant)| {
        view! {
            <PostForm action=EndMaintenance::PATH fields=vec![("window", window.id.to_string())]>
                <ui::Button variant=variant size=ui::ButtonSize::Small>{label}</ui::Button>
            </PostForm>
        }
    });
    let message = (!window.message.is_empty()).then(|| view! { <p class="list-detail">{window.message.clone()}</p> });
    view! {
        <li class="window">
            <div>
                <p class="list-title">{scope} " " <ui::Badge tone=tone>{(texts.level_name)(window.level)}</ui::Badge></p>
                <p class="list-detail">{when} ", " {(texts.by)(window.by.as_deref())}</p>
                {message}
            </div>
            {action}
        </li>
    }
}

#[component]
fn Order(zone: String) -> impl IntoView {
    let texts = &messages::current().maintenance;
    let form = FormState::of::<OrderMaintenance>();
    let levels = MaintenanceLevel::ALL
        .iter()
        .map(|level| ui::RadioOption::new(level.key(), (texts.level_name)(*level)).hint((texts.level_hint)(*level)))
        .collect();
    let mut scopes = vec![ui::SelectOption::new(EVERYTHING, texts.everything)];
    scopes.extend(
        Surface::ALL
            .iter()
            .map(|surface| ui::SelectOption::new(surface.key(), (texts.surface)(*surface))),
    );
    scopes.push(ui::SelectOption::new(ORGANIZATION, texts.one_organization));
    let optional = messages::current().frame.optional;
    view! {
        <form class="form form-wide" method="post" action=OrderMaintenance::PATH data-pending="">
            <ui::FormErrorSummary title=messages::current().errors.summary_title errors=form.summary()/>
            <ui::RadioGroup
                name="level"
                legend=texts.level
                options=levels
                selected=form.value_or("level", MaintenanceLevel::Banner.key())
                error=form.field_error("level")
                cards=true
                required=true
            />
            <ui::Select
                name="scope"
                label=texts.scope
                options=scopes
                selected=form.value_or("scope", EVERYTHING)
                error=form.field_error("scope")
            />
            <ui::TextInput
                name="organization"
                label=texts.organization
                note=optional
                hint=texts.organization_hint
                value=form.value("organization")
                error=form.field_error("organization")
                autocomplete="off"
            />
            <ui::TextInput
                name="message"
                label=texts.message
                note=optional
                hint=texts.message_hint
                value=form.value("message")
                error=form.field_error("message")
                max_length=300
                autocomplete="off"
            />
            <ui::TextInput
                name="starts"
                kind=ui::InputKind::DateAndTime
                label=texts.starts
                note=optional
                hint=(texts.starts_hint)(&zone)
                value=form.value("starts")
                error=form.field_error("starts")
            />
            <ui::TextInput
                name="ends"
                kind=ui::InputKind::DateAndTime
                label=texts.ends
                note=optional
                hint=texts.ends_hint
                value=form.value("ends")
                error=form.field_error("ends")
            />
            <div class="form-actions"><ui::Button variant=ui::ButtonVariant::Danger>{texts.order}</ui::Button></div>
        </form>
    }
}
