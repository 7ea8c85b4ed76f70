//! `/platform/staff`: who is staff, what each may do, and who is invited.

use contract::staff::{StaffMember, StaffRight};
use leptos::prelude::*;

use super::{
    end_staff::EndStaff, invitations::Invitations, list_staff::list_staff,
    list_staff_invitations::list_staff_invitations, resend_staff_invitation::ResendStaffInvitation,
    take_back_staff_invitation::TakeBackStaffInvitation,
};
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    org::refusal::{self, Refusals},
    page::PageTitle,
    platform::fresh_factor::ProveAgain,
};

#[component]
pub fn StaffPage() -> impl IntoView {
    platform_page(Section::Staff, StaffRight::StaffRead, |role| async move {
        let texts = &messages::current().platform.staff;
        let manages = role.has(StaffRight::StaffManage);
        let members = list_staff().await?;
        let invitations = list_staff_invitations().await?;
        let stale = (manages && !invitations.fresh_factor).then(|| view! { <ProveAgain/> });
        let refusals = [
            refusal::of::<ResendStaffInvitation>(),
            refusal::of::<TakeBackStaffInvitation>(),
            refusal::of::<EndStaff>(),
        ]
        .concat();
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <Refusals errors=refusals/>
            {stale}
            <Members members=members manages=manages/>
            <Invitations invitations=invitations manages=manages/>
        }
        .into_any())
    })
}

#[component]
fn Members(members: Vec<StaffMember>, manages: bool) -> impl IntoView {
    let texts = &messages::current().platform.staff;
    let columns = vec![
        ui::Column::new(texts.column_name),
        ui::Column::new(texts.column_role),
        ui::Column::new(texts.column_since),
        ui::Column::new(texts.column_seen),
    ];
    let rows = members
        .into_iter()
        .map(|member| {
            let seen = match member.last_seen {
                Some(seen) => {
                    view! { <ui::DateTime instant=seen.iso exact=seen.text.clone() text=seen.text/> }.into_any()
                }
                None => texts.not_signed_in.into_any(),
            };
            let name = if manages {
                let href = format!("/platform/staff/{}", member.id);
                view! { <ui::Link href=href>{member.name}</ui::Link> }.into_any()
            } else {
                view! { <span class="list-title">{member.name}</span> }.into_any()
            };
            view! {
                <ui::TableRow>
                    <ui::TableCell main=true>{name} <p class="list-detail">{member.email}</p></ui::TableCell>
                    <ui::TableCell label=texts.column_role>
                        <ui::Badge>{(texts.role)(member.role)}</ui::Badge>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_since>
                        <ui::DateTime instant=member.since.iso exact=member.since.text.clone() text=member.since.text/>
                    </ui::TableCell>
                    <ui::TableCell label=texts.column_seen>{seen}</ui::TableCell>
                </ui::TableRow>
            }
        })
        .collect_view();
    view! {
        <ui::Card flush=true>
            <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
}
