//! `/platform/webhooks/replay`: what would be tried again, before it is.

use contract::{staff::StaffRight, webhooks::ReplayPreview};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{preview_replay::preview_replay, replay_failed::ReplayFailed, view::INBOX};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
    platform::confirm::{Answer, require_fresh_factor},
};

#[component]
pub fn ReplayPage() -> impl IntoView {
    platform_page(Section::Webhooks, StaffRight::BillingRepair, |_| async {
        let found = preview_replay().await?;
        if found.events > 0 {
            require_fresh_factor().await?;
        }
        Ok(view! { <Shown found=found/> }.into_any())
    })
}

#[component]
fn Shown(found: ReplayPreview) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let crumbs = vec![
        ui::Crumb::link(texts.title, INBOX),
        ui::Crumb::here(texts.replay_failed),
    ];
    let label = messages::current().frame.breadcrumb;
    let content = if found.events == 0 {
        view! {
            <ui::EmptyState title=texts.none_failed_title text=texts.none_failed_text icon=ui::IconName::Success>
                <ui::Button href=INBOX variant=ui::ButtonVariant::Secondary>{texts.back}</ui::Button>
            </ui::EmptyState>
        }
        .into_any()
    } else {
        view! { <Confirm found=found/> }.into_any()
    };
    view! {
        <PageTitle text=texts.replay_failed/>
        <ui::PageHeader
            title=texts.replay_failed
            description=texts.replay_failed_text
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
        />
        {content}
    }
}

#[component]
fn Confirm(found: ReplayPreview) -> impl IntoView {
    let texts = &messages::current().webhooks;
    let errors = FormState::of::<ReplayFailed>().summary();
    let oldest = found.oldest.map(|at| {
        view! {
            <ui::KeyValue label=texts.oldest>
                <ui::DateTime instant=at.iso.clone() exact=at.iso text=at.text/>
            </ui::KeyValue>
        }
    });
    let types = found
        .types
        .into_iter()
        .map(|(kind, count)| view! { <ui::KeyValue label=kind>{count}</ui::KeyValue> })
        .collect_view();
    view! {
        <div class="stack-large">
            <ui::Card title=(texts.replay_count)(found.events)>
                <ui::KeyValueList>
                    <ui::KeyValue label=texts.organizations>{found.organizations}</ui::KeyValue>
                    {oldest}
                    {types}
                </ui::KeyValueList>
            </ui::Card>
            <Answer
                action=ReplayFailed::PATH
                fields=vec![("counted", found.events.to_string())]
                errors=errors
                back=INBOX.to_owned()
                button=texts.replay_failed
            />
        </div>
    }
}
