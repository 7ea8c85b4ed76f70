//! `/platform/jobs/schedule`: what the clock asks for.

use contract::{
    jobs::ScheduledTask,
    staff::{StaffRight, StaffRole},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    schedule::schedule,
    start_task::StartTask,
    views::{SCHEDULE, Views},
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
};

#[component]
pub fn JobSchedulePage() -> impl IntoView {
    platform_page(Section::Jobs, StaffRight::JobsRead, |role| async move {
        let tasks = schedule().await?;
        Ok(view! { <Schedule tasks=tasks role=role/> }.into_any())
    })
}

#[component]
fn Schedule(tasks: Vec<ScheduledTask>, role: StaffRole) -> impl IntoView {
    let texts = &messages::current().jobs;
    let may_start = role.has(StaffRight::JobsManage);
    let mut columns = vec![
        ui::Column::new(texts.column_task),
        ui::Column::new(texts.column_cron),
        ui::Column::new(texts.column_last),
    ];
    if may_start {
        columns.push(ui::Column::actions(texts.start));
    }
    let rows = tasks
        .into_iter()
        .map(|scheduled| {
            let last = match scheduled.last {
                Some(last) => {
                    view! { <ui::DateTime instant=last.iso.clone() exact=last.iso text=last.text/> }.into_any()
                }
                None => texts.never.into_any(),
            };
            let start = may_start.then(|| {
                let task = scheduled.task.clone();
                view! {
                    <ui::TableCell align=ui::Align::End>
                        <form method="post" action=StartTask::PATH data-pending="">
                            <input type="hidden" name="task" value=task.clone()/>
                            <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Secondary>
                                {texts.start} <span class="visually-hidden">" " {task}</span>
                            </ui::Button>
                        </form>
                    </ui::TableCell>
                }
            });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>{scheduled.task}</ui::TableCell>
                    <ui::TableCell label=texts.column_cron><code>{scheduled.cron}</code></ui::TableCell>
                    <ui::TableCell label=texts.column_last>{last}</ui::TableCell>
                    {start}
                </ui::TableRow>
            }
        })
        .collect_view();
    let errors = FormState::of::<StartTask>().summary();
    view! {
        <PageTitle text=texts.schedule/>
        <ui::PageHeader title=texts.title description=texts.schedule_text/>
        <Views current=SCHEDULE/>
        <ui::FormErrorSummary title=messages::current().errors.summary_title errors=errors/>
        <ui::Card flush=true>
            <ui::Table caption=texts.schedule columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
