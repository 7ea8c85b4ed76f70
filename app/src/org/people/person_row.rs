//! One person or invitation in the list, with what can be done with it.

use contract::{
    iam::MemberType,
    people::{PersonRow, PersonState, Who},
    tenant::Organization,
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{invitation_menu::InvitationMenu, restore_person::RestorePerson};
use crate::{messages, org::post_form::PostForm};

/// What somebody is here, as a word with a colour.
#[component]
pub fn StateBadge(state: PersonState, member_type: MemberType) -> impl IntoView {
    let texts = &messages::current().people;
    let tone = match (state, member_type) {
        (PersonState::Active, MemberType::Member) => ui::Tone::Success,
        (PersonState::Active, MemberType::Guest) => ui::Tone::Accent,
        (PersonState::Suspended, _) => ui::Tone::Danger,
        (PersonState::Pending, _) => ui::Tone::Info,
        (PersonState::Paused | PersonState::Undeliverable, _) => ui::Tone::Warning,
        (PersonState::Expired, _) => ui::Tone::Neutral,
    };
    view! { <ui::Badge tone=tone>{(texts.state)(state, member_type)}</ui::Badge> }
}

#[component]
pub fn PersonListRow<'a>(organization: &'a Organization, row: PersonRow) -> impl IntoView + use<> {
    let texts = &messages::current().people;
    let org = organization.slug.to_string();
    let name = row.name.clone().unwrap_or_else(|| row.email.clone());
    let you = row.you.then(|| view! { <ui::Badge>{texts.you}</ui::Badge> });
    let person = match row.who {
        Who::Person(person) => {
            let href = format!("/o/{org}/people/{person}");
            view! {
                <ui::Link href=href tone=ui::LinkTone::Quiet>{name}</ui::Link> " " {you}
                <p class="list-detail">{row.email.clone()}</p>
            }
            .into_any()
        }
        Who::Invitation(_) => view! { <span>{name}</span> }.into_any(),
    };
    let until = row.expires.clone().map(|at| {
        let word = if row.state == PersonState::Expired {
            texts.ended
        } else {
            texts.until
        };
        view! {
            <p class="list-detail">
                {word} " " <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/>
            </p>
        }
    });
    let undeliverable =
        (row.state == PersonState::Undeliverable).then(|| view! { <p class="list-detail">{texts.undeliverable}</p> });
    let invited_by = row
        .invited_by
        .as_deref()
        .map(|inviter| view! { <p class="list-detail">{(texts.invited_by)(inviter)}</p> });
    let last = match row.last_change.clone() {
        Some(at) => view! { <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/> }.into_any(),
        None => view! { <span class="muted">{texts.never}</span> }.into_any(),
    };
    let two_step = row.two_step.map(|on| {
        let text = if on { texts.two_step } else { texts.one_step };
        view! { <p class="list-detail">{text}</p> }
    });
    let outside = row.state != PersonState::Active;
    let (state, member_type, since, role) = (row.state, row.member_type, row.since.clone(), row.role.name.clone());
    let actions = match row.who {
        Who::Person(person) => view! { <PersonMenu org=org person=person.to_string() row=row/> }.into_any(),
        Who::Invitation(invitation) => {
            view! { <InvitationMenu org=org invitation=invitation.to_string() row=row/> }.into_any()
        }
    };
    view! {
        <ui::TableRow muted=outside>
            <ui::TableCell main=true>{person}</ui::TableCell>
            <ui::TableCell label=texts.column_role>{role}</ui::TableCell>
            <ui::TableCell label=texts.column_status>
                <StateBadge state=state member_type=member_type/> {undeliverable} {until} {two_step}
            </ui::TableCell>
            <ui::TableCell label=texts.column_since>
                <ui::DateTime instant=since.iso exact=since.text.clone() text=since.text/> {invited_by}
            </ui::TableCell>
            <ui::TableCell label=texts.column_last>{last}</ui::TableCell>
            <ui::TableCell align=ui::Align::End>{actions}</ui::TableCell>
        </ui::TableRow>
    }
}

#[component]
fn PersonMenu(org: String, person: String, row: PersonRow) -> impl IntoView {
    let texts = &messages::current().people;
    let name = row.name.unwrap_or(row.email);
    let href = format!("/o/{org}/people/{person}");
    let rights = row.rights;
    let to = |step: &str| format!("{href}/{step}");
    let other = match row.member_type {
        MemberType::Member => MemberType::Guest,
        MemberType::Guest => MemberType::Member,
    };
    let change = rights.change.then(|| {
        view! {
            <ui::MenuItem href=to("role") icon=ui::IconName::Shield>{texts.change_role}</ui::MenuItem>
            <ui::MenuItem href=to("type") icon=ui::IconName::Users>{(texts.change_type)(other)}</ui::MenuItem>
        }
    });
    let restore = rights.restore.then(|| {
        let fields = vec![("org", org.clone()), ("person", person.clone())];
        view! {
            <PostForm action=RestorePerson::PATH fields=fields>
                <ui::MenuItem icon=ui::IconName::Restore>{texts.restore}</ui::MenuItem>
            </PostForm>
        }
    });
    let separator = (rights.suspend || rights.remove || rights.leave).then(|| view! { <ui::MenuSeparator/> });
    let suspend = rights.suspend.then(|| {
        view! {
            <ui::MenuItem href=to("suspend") icon=ui::IconName::Lock tone=ui::Tone::Danger>{texts.suspend}</ui::MenuItem>
        }
    });
    let remove = rights.remove.then(|| {
        view! {
            <ui::MenuItem href=to("remove") icon=ui::IconName::Trash tone=ui::Tone::Danger>{texts.remove}</ui::MenuItem>
        }
    });
    let leave = rights.leave.then(|| {
        let href = format!("/o/{org}/leave");
        view! { <ui::MenuItem href=href icon=ui::IconName::SignOut tone=ui::Tone::Danger>{texts.leave}</ui::MenuItem> }
    });
    view! {
        <ui::Menu label=(texts.actions_of)(&name) align=ui::MenuAlign::End>
            <ui::MenuItem href=href.clone() icon=ui::IconName::User>{texts.open}</ui::MenuItem>
            {change} {restore} {separator} {suspend} {remove} {leave}
        </ui::Menu>
    }
}
