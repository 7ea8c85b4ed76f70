//! What can be done about a report from the state it is in.

use contract::reports::{ReportDetail, ReportState};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{move_report::MoveReport, take_report::TakeReport};
use crate::{messages, org::post_form::PostForm};

#[component]
pub fn Next(found: ReportDetail) -> impl IntoView {
    let texts = &messages::current().reports.one;
    let report = found.id.to_string();
    let take = (!found.state.is_closed()).then(|| {
        let label = if found.state == ReportState::Open {
            texts.take
        } else {
            texts.take_over
        };
        view! {
            <PostForm action=TakeReport::PATH fields=vec![("report", report.clone())]>
                <ui::Button variant=if found.state == ReportState::Open {
                    ui::ButtonVariant::Primary
                } else {
                    ui::ButtonVariant::Secondary
                }>{label}</ui::Button>
            </PostForm>
        }
    });
    let steps = [ReportState::Resolved, ReportState::Dismissed, ReportState::Open]
        .into_iter()
        .filter(|next| found.state.may_become(*next))
        .map(|next| {
            let label = match next {
                ReportState::Resolved => texts.resolve,
                ReportState::Dismissed => texts.dismiss,
                ReportState::Open | ReportState::InProgress if found.state.is_closed() => texts.reopen,
                ReportState::Open | ReportState::InProgress => texts.put_back,
            };
            let fields = vec![("report", report.clone()), ("state", next.key().to_owned())];
            view! {
                <PostForm action=MoveReport::PATH fields=fields>
                    <ui::Button variant=ui::ButtonVariant::Secondary>{label}</ui::Button>
                </PostForm>
            }
        })
        .collect_view();
    view! { <ui::Card title=texts.next><div class="row">{take} {steps}</div></ui::Card> }
}
