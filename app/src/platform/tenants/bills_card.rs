//! What is known about an organization's bills.

use contract::{
    billing::{Invoice, InvoiceStatus},
    customers::{BillFacts, DriftRow, OrganizationDetail, SubscriptionFacts},
};
use leptos::prelude::*;

use crate::{
    messages,
    platform::{billing::view::desk_path, webhooks::view::INBOX},
};

#[component]
pub fn Bills(found: OrganizationDetail) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let BillFacts {
        customer,
        subscription,
        given,
        drifts,
        ..
    } = found.bills;
    let given = given.map(|given| {
        let until = given.until.map(|until| until.text);
        view! { <ui::KeyValue label=texts.given>{(texts.given_plan)(&given.plan, given.complimentary, until.as_deref(), &given.reason)}</ui::KeyValue> }
    });
    let subscription = match subscription {
        Some(subscription) => view! { <Subscription facts=subscription/> }.into_any(),
        None => view! { <ui::KeyValue label=texts.subscription>{texts.nothing_bought}</ui::KeyValue> }.into_any(),
    };
    let links = view! {
        <ui::Link href=desk_path(found.id)>{messages::current().repair.title}</ui::Link>
        <ui::Link href=format!("{INBOX}?organization={}", found.id)>{messages::current().webhooks.title}</ui::Link>
    };
    view! {
        <ui::Card title=texts.bills actions=links.into_any()>
            <div class="stack">
                {drifts.into_iter().map(drift).collect_view()}
                <ui::KeyValueList>
                    {given}
                    {subscription}
                    <ui::KeyValue label=texts.customer>
                        {match customer {
                            Some(customer) => view! { <code class="customers-id">{customer}</code> }.into_any(),
                            None => texts.no_customer.into_any(),
                        }}
                    </ui::KeyValue>
                </ui::KeyValueList>
            </div>
        </ui::Card>
    }
}

fn drift(found: DriftRow) -> AnyView {
    let texts = &messages::current().customers.tenants;
    view! {
        <ui::Banner tone=ui::Tone::Warning title=(texts.drift)(&found.kind)>
            {(texts.drift_text)(&found.ours, &found.theirs, &found.found.text)}
        </ui::Banner>
    }
    .into_any()
}

#[component]
fn Subscription(facts: SubscriptionFacts) -> impl IntoView {
    let texts = &messages::current().customers.tenants;
    let moment = |label: &'static str, at: Option<contract::time::Moment>| {
        at.map(|at| {
            view! {
                <ui::KeyValue label=label>
                    <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/>
                </ui::KeyValue>
            }
        })
    };
    let plan = facts.plan.unwrap_or_else(|| texts.foreign_product.to_owned());
    view! {
        <ui::KeyValue label=texts.subscription>
            {(texts.subscription_line)(&plan, facts.seats, &facts.amount.text, &facts.status)}
        </ui::KeyValue>
        {moment(texts.renews, facts.renews)}
        {moment(texts.ends, facts.ends)}
        {moment(texts.past_due_since, facts.past_due_since)}
        <ui::KeyValue label=texts.subscription_id><code class="customers-id">{facts.id}</code></ui::KeyValue>
    }
}

#[component]
pub fn Invoices(found: OrganizationDetail) -> impl IntoView {
    let texts = &messages::current().billing;
    let invoices = found.bills.invoices;
    if invoices.is_empty() {
        return ().into_any();
    }
    let columns = vec![
        ui::Column::new(texts.column_invoice),
        ui::Column::new(texts.column_date),
        ui::Column::new(texts.column_status),
        ui::Column::figures(texts.column_total),
    ];
    let rows = invoices
        .into_iter()
        .map(|invoice| view! { <Row invoice=invoice/> })
        .collect_view();
    view! {
        <ui::Card title=texts.invoices description=texts.invoices_text flush=true>
            <ui::Table caption=texts.invoices columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn Row(invoice: Invoice) -> impl IntoView {
    let texts = &messages::current().billing;
    let tone = match invoice.status {
        InvoiceStatus::Paid => ui::Tone::Success,
        InvoiceStatus::Open => ui::Tone::Warning,
        InvoiceStatus::Refunded | InvoiceStatus::PartiallyRefunded => ui::Tone::Info,
        InvoiceStatus::Void => ui::Tone::Neutral,
    };
    view! {
        <ui::TableRow muted=invoice.status == InvoiceStatus::Void>
            <ui::TableCell main=true>{invoice.number.unwrap_or_else(|| texts.no_number.to_owned())}</ui::TableCell>
            <ui::TableCell label=texts.column_date>
                <ui::DateTime instant=invoice.at.iso exact=invoice.at.text.clone() text=invoice.at.text/>
            </ui::TableCell>
            <ui::TableCell label=texts.column_status>
                <ui::Badge tone=tone>{(texts.invoice_status)(invoice.status)}</ui::Badge>
            </ui::TableCell>
            <ui::TableCell label=texts.column_total align=ui::Align::End>{invoice.total.text}</ui::TableCell>
        </ui::TableRow>
    }
}
