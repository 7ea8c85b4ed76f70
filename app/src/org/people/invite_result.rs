//! What became of every address, and what can be done about it.

use contract::invitation::{InviteOutcome, InviteReport, InviteRow};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{copy_invitation_link::CopyInvitationLink, revoke_invitation::RevokeInvitation};
use crate::{messages, org::post_form::PostForm, page};

#[component]
pub fn InviteResult(slug: String, people: Option<String>, report: InviteReport) -> impl IntoView {
    let texts = &messages::current().invite;
    let sent = report
        .rows
        .iter()
        .filter(|row| row.outcome.invitation().is_some())
        .count();
    let rest = report.rows.len() - sent;
    let rows = report
        .rows
        .into_iter()
        .map(|row| view! { <ResultRow slug=slug.clone() people=people.clone() row=row/> })
        .collect_view();
    let left_out = (!report.rest.is_empty())
        .then(|| view! { <ui::Banner tone=ui::Tone::Warning>{(texts.left_out)(report.rest.len())}</ui::Banner> });
    view! {
        <ui::Card title=(texts.result_title)(sent, rest) flush=true id="result">
            <ul class="list">{rows}</ul>
        </ui::Card>
        {left_out}
    }
}

#[component]
fn ResultRow(slug: String, people: Option<String>, row: InviteRow) -> impl IntoView {
    let texts = &messages::current().invite;
    let InviteRow { typed, outcome } = row;
    let (tone, icon) = match outcome {
        InviteOutcome::Invited { .. } | InviteOutcome::Renewed { .. } | InviteOutcome::Upgrading { .. } => {
            (ui::Tone::Success, ui::IconName::Success)
        }
        InviteOutcome::AlreadyMember | InviteOutcome::Twice | InviteOutcome::TakenBack => {
            (ui::Tone::Neutral, ui::IconName::Info)
        }
        InviteOutcome::Undeliverable { .. }
        | InviteOutcome::Malformed
        | InviteOutcome::Suspended
        | InviteOutcome::SeatsFull { .. }
        | InviteOutcome::AboveOwnRights
        | InviteOutcome::Throttled { .. } => (ui::Tone::Warning, ui::IconName::Warning),
    };
    let (word, detail) = (texts.outcome)(outcome);
    let action = match outcome {
        InviteOutcome::Invited { invitation }
        | InviteOutcome::Renewed { invitation }
        | InviteOutcome::Upgrading { invitation }
        | InviteOutcome::Undeliverable { invitation } => {
            let fields = vec![("org", slug), ("invitation", invitation.to_string())];
            let take_back = matches!(outcome, InviteOutcome::Undeliverable { .. }).then(|| {
                let (mut fields, address) = (fields.clone(), typed.clone());
                fields.push(("back", page::requested()));
                view! {
                    <PostForm action=RevokeInvitation::PATH fields=fields>
                        <RowButton icon=ui::IconName::Trash text=texts.revoke address=address/>
                    </PostForm>
                }
            });
            let address = typed.clone();
            Some(
                view! {
                    {take_back}
                    <PostForm action=CopyInvitationLink::PATH fields=fields>
                        <RowButton icon=ui::IconName::Link text=texts.copy_link address=address/>
                    </PostForm>
                }
                .into_any(),
            )
        }
        InviteOutcome::AlreadyMember | InviteOutcome::Suspended | InviteOutcome::SeatsFull { .. } => {
            people.map(|people| view! { <ui::Link href=people>{texts.show_people}</ui::Link> }.into_any())
        }
        _ => None,
    };
    view! {
        <li class="list-row">
            <div class="list-main">
                <p class="list-title">{typed}</p>
                <p class="list-detail">{detail}</p>
            </div>
            <div class="row">
                <ui::Badge tone=tone icon=icon>{word}</ui::Badge>
                {action}
            </div>
        </li>
    }
}

#[component]
fn RowButton(icon: ui::IconName, text: &'static str, address: String) -> impl IntoView {
    view! {
        <ui::Button variant=ui::ButtonVariant::Quiet size=ui::ButtonSize::Small icon=icon>
            {text} <span class="visually-hidden">" " {address}</span>
        </ui::Button>
    }
}
