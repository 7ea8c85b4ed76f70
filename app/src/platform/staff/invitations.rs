//! Who is invited to the staff, and the form that invites.

use contract::{
    staff::StaffRole,
    staff_invitation::{StaffInvitation, StaffInvitations},
};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{
    invite_staff::InviteStaff, resend_staff_invitation::ResendStaffInvitation,
    take_back_staff_invitation::TakeBackStaffInvitation,
};
use crate::{form::FormState, messages, org::post_form::PostForm};

#[component]
pub fn Invitations(invitations: StaffInvitations, manages: bool) -> impl IntoView {
    let open = (!invitations.open.is_empty()).then(|| {
        view! { <Open open=invitations.open manages=manages/> }
    });
    let form = manages.then(|| view! { <Invite domains=invitations.domains/> });
    view! { {open} {form} }
}

#[component]
fn Open(open: Vec<StaffInvitation>, manages: bool) -> impl IntoView {
    let texts = &messages::current().staff;
    let roles = messages::current().platform.staff.role;
    let mut columns = vec![
        ui::Column::new(texts.address),
        ui::Column::new(texts.role),
        ui::Column::new(texts.invited_by),
        ui::Column::new(texts.until),
    ];
    if manages {
        columns.push(ui::Column::actions(texts.actions));
    }
    let rows = open
        .into_iter()
        .map(|one| {
            let until = if one.expired {
                view! { <ui::Badge tone=ui::Tone::Warning>{texts.expired}</ui::Badge> }.into_any()
            } else {
                let expires = one.expires;
                view! { <ui::DateTime instant=expires.iso exact=expires.text.clone() text=expires.text/> }.into_any()
            };
            let actions = manages.then(|| view! { <Actions id=one.id.to_string() email=one.email.clone()/> });
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true><span class="list-title">{one.email}</span></ui::TableCell>
                    <ui::TableCell label=texts.role><ui::Badge>{roles(one.role)}</ui::Badge></ui::TableCell>
                    <ui::TableCell label=texts.invited_by>{one.inviter}</ui::TableCell>
                    <ui::TableCell label=texts.until>{until}</ui::TableCell>
                    {actions}
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card title=texts.invitations flush=true>
            <ui::Table caption=texts.invitations columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}

#[component]
fn Actions(id: String, email: String) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.staff;
    let fields = vec![("invitation", id)];
    view! {
        <ui::TableCell align=ui::Align::End>
            <ui::Menu label=(messages.people.actions_of)(&email) align=ui::MenuAlign::End>
                <PostForm action=ResendStaffInvitation::PATH fields=fields.clone()>
                    <ui::MenuItem icon=ui::IconName::Mail>{texts.resend}</ui::MenuItem>
                </PostForm>
                <ui::MenuSeparator/>
                <PostForm action=TakeBackStaffInvitation::PATH fields=fields>
                    <ui::MenuItem icon=ui::IconName::Trash tone=ui::Tone::Danger>{texts.take_back}</ui::MenuItem>
                </PostForm>
            </ui::Menu>
        </ui::TableCell>
    }
}

#[component]
fn Invite(domains: Vec<String>) -> impl IntoView {
    let texts = &messages::current().staff;
    let errors = messages::current().errors.summary_title;
    if domains.is_empty() {
        return view! { <ui::Banner tone=ui::Tone::Warning>{texts.no_domains}</ui::Banner> }.into_any();
    }
    let form = FormState::of::<InviteStaff>();
    view! {
        <ui::Card title=texts.invite>
            <form class="form" method="post" action=InviteStaff::PATH data-pending="">
                <ui::FormErrorSummary title=errors errors=form.summary()/>
                <ui::TextInput
                    name="email"
                    label=texts.address
                    kind=ui::InputKind::Email
                    hint=(texts.domains)(&domains.join(", "))
                    value=form.value("email")
                    error=form.field_error("email")
                    autocomplete="off"
                    required=true
                />
                <RoleChoice selected=form.value_or("role", StaffRole::Support.key())/>
                <div class="form-actions"><ui::Button icon=ui::IconName::Mail>{texts.invite_button}</ui::Button></div>
            </form>
        </ui::Card>
    }
    .into_any()
}

/// Each role, and how much it may do.
#[component]
pub fn RoleChoice(selected: String) -> impl IntoView {
    let texts = &messages::current().staff;
    let names = messages::current().platform.staff.role;
    let options = StaffRole::ALL
        .iter()
        .map(|&role| ui::RadioOption::new(role.key(), names(role)).hint((texts.role_hint)(role)))
        .collect::<Vec<_>>();
    view! { <ui::RadioGroup name="role" legend=texts.role options=options selected=selected cards=true/> }
}
