//! What the sandbox knows, and its levers, for people.

use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::json;

use super::layout::{money, page, text};
use crate::{
    clock::MovableClock,
    faults::Faults,
    http::App,
    objects::{
        customer::{CardBehaviour, Customer},
        order::Order,
        subscription::Subscription,
        webhook::WebhookEvent,
    },
    state::State as Remembered,
    timestamp::Timestamp,
};

/// Of each table, newest first.
const ROWS: usize = 50;

pub async fn show(State(world): App) -> Response {
    world.look(|state, now| {
        let body = format!(
            "<h1>Payment sandbox</h1><p class=\"soft\">{}, at {}. Everything it knows: <a href=\"/sandbox/state.json\">state.json</a></p>{}{}{}{}{}{}",
            text(&state.organization.name),
            text(&state.url),
            clock(now, world.clock.movable()),
            faults(&state.faults),
            customers(state),
            subscriptions(state),
            orders(state),
            webhooks(state),
        );
        page(StatusCode::OK, "Payment sandbox", true, &body)
    })
}

fn clock(now: Timestamp, own: Option<&MovableClock>) -> String {
    let lever = own.map_or_else(String::new, |clock| {
        format!(
            "<form method=\"post\" action=\"/sandbox/clock\"><label for=\"ahead\">Seconds ahead of the machine</label>\
             <input id=\"ahead\" name=\"ahead_seconds\" type=\"number\" value=\"{}\">\
             <div class=\"buttons\"><button>Move the clock</button></div></form>",
            clock.ahead_seconds()
        )
    });
    format!(
        "<section><h2>Clock</h2><p><time datetime=\"{now}\">{now}</time></p>\
         <form method=\"post\" action=\"/sandbox/advance\"><button>Do what fell due</button></form>{lever}</section>"
    )
}

fn faults(faults: &Faults) -> String {
    let number = |name: &str, label: &str, value: Option<u64>| {
        let value = value
            .filter(|value| *value > 0)
            .map_or_else(String::new, |value| value.to_string());
        format!(
            "<div><label for=\"{name}\">{label}</label>\
             <input id=\"{name}\" name=\"{name}\" type=\"number\" min=\"0\" value=\"{value}\"></div>"
        )
    };
    let counted = |name: &str, label: &str, value: u32| number(name, label, Some(u64::from(value)));
    let checked = if faults.portal_is_down { " checked" } else { "" };
    let fields = [
        number(
            "latency_milliseconds",
            "Delay of answers, ms",
            Some(faults.latency_milliseconds),
        ),
        number(
            "failing_status",
            "Answer with status (500 to 599)",
            faults.failing_status.map(u64::from),
        ),
        number(
            "failing_requests",
            "… for so many requests (empty: for all)",
            faults.failing_requests.map(u64::from),
        ),
        number(
            "retry_after_seconds",
            "Answer 429, retry after seconds",
            faults.retry_after_seconds,
        ),
        number(
            "limited_requests",
            "… for so many requests (empty: for all)",
            faults.limited_requests.map(u64::from),
        ),
        counted(
            "duplicate_webhooks",
            "Send the next webhooks twice",
            faults.duplicate_webhooks,
        ),
        counted("reorder_webhooks", "Swap the next webhooks", faults.reorder_webhooks),
        counted("lose_webhooks", "Lose the next webhooks", faults.lose_webhooks),
        counted("delay_webhooks", "Delay the next webhooks", faults.delay_webhooks),
        number(
            "webhook_delay_milliseconds",
            "… by ms",
            Some(faults.webhook_delay_milliseconds),
        ),
    ];
    format!(
        "<section><h2>Faults</h2><form method=\"post\" action=\"/sandbox/faults\"><div class=\"grid\">{}</div>\
         <label class=\"check\"><input type=\"checkbox\" name=\"portal_is_down\"{checked}> The portal is down</label>\
         <div class=\"buttons\"><button class=\"first\">Set the faults</button></div></form>\
         <form method=\"post\" action=\"/sandbox/faults\"><div class=\"buttons\"><button>Clear all</button></div></form></section>",
        fields.concat()
    )
}

/// A heading, and a table that scrolls by itself on a phone.
fn table(title: &str, columns: &[&str], rows: &[String]) -> String {
    if rows.is_empty() {
        return format!("<section><h2>{title}</h2><p>There are none.</p></section>");
    }
    let heads: Vec<String> = columns.iter().map(|column| format!("<th>{column}</th>")).collect();
    format!(
        "<section><h2>{title}</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\
         <table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></section>",
        heads.concat(),
        rows.concat()
    )
}

fn customer_name(customer: Option<&Customer>) -> String {
    let name = customer.and_then(|found| found.name.clone().or(found.email.clone()).or(found.external_id.clone()));
    text(name.unwrap_or_default())
}

fn name_of(state: &Remembered, id: uuid::Uuid) -> String {
    customer_name(state.customers.iter().find(|customer| customer.id == id))
}

fn product_name(state: &Remembered, id: uuid::Uuid) -> String {
    text(state.product(id).map_or("", |product| product.name.as_str()))
}

fn customers(state: &Remembered) -> String {
    let row = |customer: &Customer| {
        let options: Vec<String> = CardBehaviour::ALL
            .iter()
            .map(|card| {
                let selected = if *card == customer.wallet.card { " selected" } else { "" };
                format!(
                    "<option value=\"{}\"{selected}>{}</option>",
                    card.name(),
                    card.name().replace('_', " ")
                )
            })
            .collect();
        format!(
            "<tr><td>{}</td><td>{}</td><td><code>{}</code></td><td>\
             <form method=\"post\" action=\"/sandbox/cards\"><input type=\"hidden\" name=\"customer_id\" value=\"{}\">\
             <select name=\"card\" aria-label=\"Card of {}\">{}</select><button>Set</button></form></td></tr>",
            customer_name(Some(customer)),
            text(customer.email.as_deref().unwrap_or_default()),
            text(customer.external_id.as_deref().unwrap_or_default()),
            customer.id,
            customer_name(Some(customer)),
            options.concat(),
        )
    };
    let living: Vec<&Customer> = state.living_customers().collect();
    let rows: Vec<String> = living.into_iter().rev().take(ROWS).map(row).collect();
    table("Customers", &["Name", "E-mail", "External id", "Card"], &rows)
}

fn subscriptions(state: &Remembered) -> String {
    let row = |found: &Subscription| {
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}{}</td></tr>",
            name_of(state, found.customer_id),
            product_name(state, found.product_id),
            found.status.name().replace('_', " "),
            found.seats.map_or_else(String::new, |seats| seats.to_string()),
            money(found.amount, &found.currency),
            found.current_period_end,
            if found.cancel_at_period_end { " (ends then)" } else { "" },
        )
    };
    let rows: Vec<String> = state.subscriptions.iter().rev().take(ROWS).map(row).collect();
    let columns = ["Customer", "Product", "Status", "Seats", "Amount", "Period ends"];
    table("Subscriptions", &columns, &rows)
}

fn orders(state: &Remembered) -> String {
    let row = |order: &Order| {
        let reason = json!(order.billing_reason);
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            text(&order.invoice_number),
            name_of(state, order.customer_id),
            text(reason.as_str().unwrap_or_default().replace('_', " ")),
            order.status.name().replace('_', " "),
            money(order.subtotal_amount, &order.currency),
            order.created_at,
            order
                .next_payment_attempt_at
                .map_or_else(String::new, |instant| instant.to_string()),
        )
    };
    let rows: Vec<String> = state.orders.iter().rev().take(ROWS).map(row).collect();
    let columns = [
        "Number",
        "Customer",
        "Reason",
        "Status",
        "Amount",
        "Created",
        "Next attempt",
    ];
    table("Orders", &columns, &rows)
}

fn webhooks(state: &Remembered) -> String {
    let row = |event: &WebhookEvent| {
        let url = state
            .endpoint(event.endpoint_id)
            .map_or("", |endpoint| endpoint.url.as_str());
        let stands = json!(event.state);
        format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td><code>{}</code></td><td>\
             <form method=\"post\" action=\"/sandbox/webhooks/{}/redeliver\">\
             <button aria-label=\"Redeliver {} {}\">Redeliver</button></form></td></tr>",
            event.created_at,
            text(&event.kind),
            text(stands.as_str().unwrap_or_default()),
            event.attempts,
            event.last_http_code.map_or_else(String::new, |code| code.to_string()),
            text(url),
            event.id,
            text(&event.kind),
            event.id,
        )
    };
    let rows: Vec<String> = state.events.iter().rev().take(ROWS).map(row).collect();
    let columns = ["Created", "Type", "State", "Attempts", "Answer", "To", "Action"];
    table("Webhooks", &columns, &rows)
}
