//! What the pages about jobs share.

use contract::jobs::JobStanding;
use leptos::prelude::*;

use crate::messages;

pub const QUEUE: &str = "/platform/jobs";
pub const HISTORY: &str = "/platform/jobs/history";
pub const SCHEDULE: &str = "/platform/jobs/schedule";

#[component]
pub fn Views(current: &'static str) -> impl IntoView {
    let texts = &messages::current().jobs;
    let tabs = [
        (QUEUE, texts.queue),
        (HISTORY, texts.history),
        (SCHEDULE, texts.schedule),
    ]
    .map(|(href, label)| ui::Tab::new(label, href, href == current));
    view! { <ui::Tabs label=texts.views tabs=tabs.to_vec()/> }
}

#[component]
pub fn Standing(of: JobStanding) -> impl IntoView {
    let tone = match of {
        JobStanding::Ready | JobStanding::Scheduled => ui::Tone::Neutral,
        JobStanding::Running => ui::Tone::Info,
        JobStanding::Retrying => ui::Tone::Warning,
        JobStanding::Failed => ui::Tone::Danger,
    };
    view! { <ui::Badge tone=tone>{(messages::current().jobs.standing)(of)}</ui::Badge> }
}

/// The tasks to choose from.
pub fn tasks() -> Vec<ui::SelectOption> {
    let mut options = vec![ui::SelectOption::new("", messages::current().jobs.any_task)];
    options.extend(
        domain::jobs::TASKS
            .iter()
            .map(|task| ui::SelectOption::new(*task, *task)),
    );
    options
}

/// The way to the next page, where there is one.
#[component]
pub fn Older(#[prop(optional_no_strip)] href: Option<String>) -> impl IntoView {
    let texts = &messages::current().jobs;
    href.map(|href| {
        view! {
            <nav class="row" aria-label=texts.pages>
                <ui::Button href=href variant=ui::ButtonVariant::Secondary>{texts.older}</ui::Button>
            </nav>
        }
    })
}
