//! `/platform/security/block`: before nobody comes in from an address for a while.

use contract::{security::BlockPeriod, staff::StaffRight};
use leptos::{prelude::*, server_fn::ServerFn};

use super::{SECURITY, block_address::BlockAddress};
use crate::{
    form::FormState,
    frame::platform::{Section, platform_page},
    messages,
    page::{self, PageTitle},
    platform::confirm::require_fresh_factor,
};

#[component]
pub fn BlockAddressPage() -> impl IntoView {
    platform_page(Section::Security, StaffRight::SecurityManage, |_| async move {
        require_fresh_factor().await?;
        let messages = messages::current();
        let texts = &messages.security;
        let form = FormState::of::<BlockAddress>();
        let crumbs = vec![
            ui::Crumb::link(texts.title, SECURITY),
            ui::Crumb::here(texts.block_title),
        ];
        let periods = vec![
            ui::RadioOption::new(BlockPeriod::Hour.key(), texts.for_an_hour),
            ui::RadioOption::new(BlockPeriod::Day.key(), texts.for_a_day),
        ];
        Ok(view! {
            <PageTitle text=texts.block_title/>
            <ui::PageHeader
                title=texts.block_title
                description=texts.block_text
                breadcrumb=view! { <ui::Breadcrumb label=messages.frame.breadcrumb crumbs=crumbs/> }.into_any()
            />
            <form class="form" method="post" action=BlockAddress::PATH data-pending="">
                <ui::FormErrorSummary title=messages.errors.summary_title errors=form.summary()/>
                <ui::TextInput
                    name="address"
                    label=texts.block_address
                    hint=texts.block_address_hint
                    value=form.value_or("address", &page::query("address").unwrap_or_default())
                    error=form.field_error("address")
                    autocomplete="off"
                    max_length=45
                    required=true
                />
                <ui::RadioGroup
                    name="period"
                    legend=texts.period
                    options=periods
                    selected=form.value_or("period", BlockPeriod::Hour.key())
                    error=form.field_error("period")
                    required=true
                />
                <ui::Textarea
                    name="reason"
                    label=messages.customers.reason
                    hint=texts.block_reason_hint
                    value=form.value_or("reason", "")
                    error=form.field_error("reason")
                    rows=3
                    max_length=500
                    required=true
                />
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Danger>{texts.block}</ui::Button>
                    <ui::Button href=SECURITY variant=ui::ButtonVariant::Quiet>{messages.customers.cancel}</ui::Button>
                </div>
            </form>
        }
        .into_any())
    })
}
