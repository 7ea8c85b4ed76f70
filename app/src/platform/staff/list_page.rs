//! `/platform/staff`: who is staff, and what each may do.

use contract::staff::StaffRight;
use leptos::prelude::*;

use super::list_staff::list_staff;
use crate::{
    frame::platform::{Section, platform_page},
    messages,
    page::PageTitle,
};

#[component]
pub fn StaffPage() -> impl IntoView {
    platform_page(Section::Staff, StaffRight::StaffRead, |_| async {
        let texts = &messages::current().platform.staff;
        let columns = vec![
            ui::Column::new(texts.column_name),
            ui::Column::new(texts.column_role),
            ui::Column::new(texts.column_since),
            ui::Column::new(texts.column_seen),
        ];
        let rows = list_staff()
            .await?
            .into_iter()
            .map(|member| {
                let seen = match member.last_seen {
                    Some(seen) => view! { <ui::DateTime instant=seen.iso exact=seen.text.clone() text=seen.text/> }.into_any(),
                    None => texts.not_signed_in.into_any(),
                };
                view! {
                    <ui::TableRow>
                        <ui::TableCell main=true>
                            <span class="list-title">{member.name}</span>
                            <p class="list-detail">{member.email}</p>
                        </ui::TableCell>
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
        Ok(view! {
            <PageTitle text=texts.title/>
            <ui::PageHeader title=texts.title description=texts.description/>
            <ui::Card flush=true>
                <ui::Table caption=texts.title columns=columns>{rows}</ui::Table>
            </ui::Card>
        }
        .into_any())
    })
}
