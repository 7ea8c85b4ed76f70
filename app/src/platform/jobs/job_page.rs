//! `/platform/jobs/{job}`: one job, and what can be done about it.

use contract::{
    jobs::JobDetails,
    staff::{StaffRight, StaffRole},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    cancel_job::CancelJob,
    look_at_job::look_at_job,
    retry_job::RetryJob,
    views::{HISTORY, QUEUE, Standing},
};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
};

#[component]
pub fn JobPage() -> impl IntoView {
    let job = use_params_map()
        .with_untracked(|params| params.get("job"))
        .unwrap_or_default();
    platform_page(Section::Jobs, StaffRight::JobsRead, |role| async move {
        let found = look_at_job(job).await?;
        Ok(view! { <Job found=found role=role/> }.into_any())
    })
}

#[component]
fn Job(found: JobDetails, role: StaffRole) -> impl IntoView {
    let texts = &messages::current().jobs;
    let JobDetails {
        job,
        queued,
        payload,
        worker,
    } = found;
    let title = (texts.job)(job.id);
    let (due, standing) = (job.due.clone(), job.standing);
    let tries = (texts.tries)(job.attempts, job.max_attempts);
    let (runs, task) = (format!("{HISTORY}?task={}", job.task), job.task.clone());
    let retried = FormState::of::<RetryJob>().summary();
    let canceled = FormState::of::<CancelJob>().summary();
    let errors: Vec<_> = retried.into_iter().chain(canceled).collect();
    let error = job.error.clone().map(|error| {
        view! { <ui::KeyValue label=texts.error>{error}</ui::KeyValue> }
    });
    let worker = worker.map(|worker| view! { <ui::KeyValue label=texts.worker>{worker}</ui::KeyValue> });
    view! {
        <PageTitle text=title.clone()/>
        <ui::PageHeader title=title description=task/>
        <ui::FormErrorSummary title=messages::current().errors.summary_title errors=errors/>
        <ui::Card>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.column_standing><Standing of=standing/></ui::KeyValue>
                <ui::KeyValue label=texts.queued>
                    <ui::DateTime instant=queued.iso.clone() exact=queued.iso text=queued.text/>
                </ui::KeyValue>
                <ui::KeyValue label=texts.column_due>
                    <ui::DateTime instant=due.iso.clone() exact=due.iso text=due.text/>
                </ui::KeyValue>
                <ui::KeyValue label=texts.column_tries>{tries}</ui::KeyValue>
                {worker}
                {error}
            </ui::KeyValueList>
            <p><ui::Link href=runs>{texts.runs_of}</ui::Link></p>
        </ui::Card>
        <ui::Card title=texts.payload description=texts.payload_text>
            <ui::CodeBlock code=payload label="JSON"/>
        </ui::Card>
        {role.has(StaffRight::JobsManage).then(|| view! { <Actions job=job/> })}
        <p><ui::Link href=QUEUE>{texts.queue}</ui::Link></p>
    }
}

#[component]
fn Actions(job: contract::jobs::JobRow) -> impl IntoView {
    let texts = &messages::current().jobs;
    let form = |action: &'static str, text: &'static str, label: &'static str, variant| {
        view! {
            <form method="post" action=action class="stack" data-pending="">
                <input type="hidden" name="job" value=job.id.to_string()/>
                <p class="muted">{text}</p>
                <div><ui::Button variant=variant>{label}</ui::Button></div>
            </form>
        }
    };
    let retry = job.standing.may_be_retried().then(|| {
        form(
            RetryJob::PATH,
            texts.retry_text,
            texts.retry,
            ui::ButtonVariant::Primary,
        )
    });
    let cancel = job.standing.may_be_canceled().then(|| {
        form(
            CancelJob::PATH,
            texts.cancel_text,
            texts.cancel,
            ui::ButtonVariant::Danger,
        )
    });
    let running = cancel
        .is_none()
        .then(|| view! { <p class="muted">{texts.running_text}</p> });
    view! { <ui::Card><div class="stack-large">{retry} {cancel} {running}</div></ui::Card> }
}
