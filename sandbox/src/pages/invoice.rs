//! The invoice of an order.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use uuid::Uuid;

use super::layout::{money, page, refusal, text};
use crate::{
    error::Refusal,
    http::App,
    objects::order::{Order, OrderItem},
    state::State as Remembered,
};

pub async fn show(State(world): App, Path(id): Path<String>) -> Response {
    let id = Uuid::parse_str(&id).unwrap_or_default();
    world.look(|state, _| match state.order(id) {
        Ok(order) if order.is_invoice_generated => {
            let title = format!("Invoice {}", order.invoice_number);
            page(StatusCode::OK, &title, false, &body(state, order))
        }
        _ => refusal(&Refusal::not_found()),
    })
}

fn body(state: &Remembered, order: &Order) -> String {
    let row = |item: &OrderItem| {
        format!(
            "<p class=\"sum\"><span>{}</span><span>{}</span></p>",
            text(&item.label),
            money(item.amount, &order.currency)
        )
    };
    let items: String = order.items.iter().map(row).collect();
    let address = order.billing_address.as_ref().map_or_else(String::new, |address| {
        let parts = ["line1", "line2", "postal_code", "city", "state", "country"];
        let known: Vec<&str> = parts.iter().filter_map(|part| address[*part].as_str()).collect();
        known.join(", ")
    });
    format!(
        "<h1>Invoice {}</h1><p class=\"soft\">{}</p><section><p>From {}</p><p>To {}<br>{}</p></section>\
         <section>{items}<p class=\"sum total\"><span>Total</span><span>{}</span></p>\
         <p>Paid: {}</p></section>",
        text(&order.invoice_number),
        order.created_at.date(),
        text(&state.organization.name),
        text(order.billing_name.as_deref().unwrap_or_default()),
        text(address),
        money(order.subtotal_amount, &order.currency),
        if order.paid { "yes" } else { "no" },
    )
}
