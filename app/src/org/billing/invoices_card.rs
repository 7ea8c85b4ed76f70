//! What was charged, newest first, with the way to each document.

use contract::billing::{Invoice, InvoiceStatus};
use leptos::{prelude::*, server_fn::ServerFn};

use super::open_invoice::OpenInvoice;
use crate::{messages, org::post_form::PostForm};

#[component]
pub fn Invoices(slug: String, invoices: Vec<Invoice>) -> impl IntoView {
    let texts = &messages::current().billing;
    if invoices.is_empty() {
        return view! {
            <ui::Card title=texts.invoices flush=true>
                <ui::EmptyState
                    title=texts.no_invoices_title
                    text=texts.no_invoices_text
                    icon=ui::IconName::File
                    level=3
                />
            </ui::Card>
        }
        .into_any();
    }
    let columns = vec![
        ui::Column::new(texts.column_invoice),
        ui::Column::new(texts.column_date),
        ui::Column::new(texts.column_status),
        ui::Column::figures(texts.column_total),
        ui::Column::actions(texts.column_document),
    ];
    let rows = invoices
        .into_iter()
        .map(|invoice| view! { <Row slug=slug.clone() invoice=invoice/> })
        .collect_view();
    view! {
        <ui::Card title=texts.invoices description=texts.invoices_text flush=true>
            <ui::Table caption=texts.invoices columns=columns>{rows}</ui::Table>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn Row(slug: String, invoice: Invoice) -> impl IntoView {
    let texts = &messages::current().billing;
    let tone = match invoice.status {
        InvoiceStatus::Paid => ui::Tone::Success,
        InvoiceStatus::Open => ui::Tone::Warning,
        InvoiceStatus::Refunded | InvoiceStatus::PartiallyRefunded => ui::Tone::Info,
        InvoiceStatus::Void => ui::Tone::Neutral,
    };
    let name = invoice.number.clone().unwrap_or_else(|| texts.no_number.to_owned());
    let label = (texts.open_invoice_of)(&name);
    let document = invoice.has_document.then(|| {
        view! {
            <PostForm action=OpenInvoice::PATH fields=vec![("org", slug), ("invoice", invoice.id)]>
                <ui::Button size=ui::ButtonSize::Small variant=ui::ButtonVariant::Quiet icon_end=ui::IconName::External>
                    <span aria-hidden="true">{texts.open_invoice}</span>
                    <span class="visually-hidden">{label}</span>
                </ui::Button>
            </PostForm>
        }
    });
    view! {
        <ui::TableRow muted=invoice.status == InvoiceStatus::Void>
            <ui::TableCell main=true>{name}</ui::TableCell>
            <ui::TableCell label=texts.column_date>
                <ui::DateTime instant=invoice.at.iso exact=invoice.at.text.clone() text=invoice.at.text.clone()/>
            </ui::TableCell>
            <ui::TableCell label=texts.column_status>
                <ui::Badge tone=tone>{(texts.invoice_status)(invoice.status)}</ui::Badge>
            </ui::TableCell>
            <ui::TableCell label=texts.column_total align=ui::Align::End>{invoice.total.text}</ui::TableCell>
            <ui::TableCell align=ui::Align::End>{document}</ui::TableCell>
        </ui::TableRow>
    }
}
