//! What customers do by themselves: look at their subscription, cancel it, replace the card, get invoices.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    checkout::rhythm,
    layout::{alert, money, page, refusal, text},
};
use crate::{
    error::{Answer, Refusal},
    http::{App, form},
    objects::{
        customer::CardBehaviour,
        order::Order,
        subscription::{Subscription, SubscriptionStatus},
    },
    rules::{cancel, dunning, invoice},
    state::State as Remembered,
    timestamp::Timestamp,
};

const TOKEN: &str = "customer_session_token";

pub async fn show(State(world): App, Path(organization): Path<String>, RawQuery(raw): RawQuery) -> Response {
    let raw = raw.unwrap_or_default();
    let find = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(raw.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let token = find(TOKEN).unwrap_or_default();
    let problem = find("problem");
    world.look(|state, now| match session(state, now, &organization, &token) {
        Ok(customer) => look(state, now, customer, &token, problem.as_deref()),
        Err(response) => response,
    })
}

/// The customer whose session it is; otherwise the page that says why not.
#[expect(clippy::result_large_err, reason = "a page is what is answered")]
fn session(state: &Remembered, now: Timestamp, organization: &str, token: &str) -> Result<Uuid, Response> {
    if state.faults.portal_is_down {
        let body = "<h1>The portal is not available</h1><p>Please try again in a while.</p>";
        return Err(page(StatusCode::SERVICE_UNAVAILABLE, "Not available", false, body));
    }
    if organization != state.organization.slug {
        return Err(refusal(&Refusal::not_found()));
    }
    state
        .session(token, now)
        .map(|session| session.customer_id)
        .ok_or_else(|| {
            let body = "<h1>This link has expired</h1><p>Open the portal once more from where you came.</p>";
            page(StatusCode::UNAUTHORIZED, "Expired", false, body)
        })
}

fn look(state: &Remembered, now: Timestamp, customer: Uuid, token: &str, problem: Option<&str>) -> Response {
    let back = state.session(token, now).and_then(|session| session.return_url.clone());
    let back = back.map_or_else(String::new, |url| {
        format!(
            "<p><a href=\"{}\">Back to {}</a></p>",
            text(url),
            text(&state.organization.name)
        )
    });
    let name = state
        .customer(customer)
        .ok()
        .and_then(|found| found.name.clone().or(found.email.clone()));
    let subscriptions: String = state
        .subscriptions
        .iter()
        .rev()
        .filter(|subscription| subscription.customer_id == customer)
        .map(|found| subscription(state, found, token))
        .collect();
    let none = "<section><h2>Subscription</h2><p>There is none.</p></section>";
    let body = format!(
        "{back}<h1>{}</h1><p class=\"soft\">{}</p>{}{}{}{}",
        text(&state.organization.name),
        text(name.unwrap_or_default()),
        problem.map(alert).unwrap_or_default(),
        if subscriptions.is_empty() { none } else { &subscriptions },
        card(state, customer, token),
        orders(state, customer, token),
    );
    page(StatusCode::OK, "Customer portal", false, &body)
}

fn hidden(token: &str) -> String {
    format!("<input type=\"hidden\" name=\"{TOKEN}\" value=\"{}\">", text(token))
}

fn subscription(state: &Remembered, found: &Subscription, token: &str) -> String {
    let product = state
        .product(found.product_id)
        .map_or("", |product| product.name.as_str());
    let seats = found
        .seats
        .map_or_else(String::new, |seats| format!("<p>{seats} seats</p>"));
    let (sentence, button) = match found.status {
        SubscriptionStatus::Canceled => (
            format!("Ended on {}.", found.ended_at.unwrap_or(found.created_at).date()),
            "",
        ),
        _ if found.cancel_at_period_end => (
            format!("Ends on {}.", found.current_period_end.date()),
            "<button class=\"first\" name=\"action\" value=\"uncancel\">Keep the subscription</button>",
        ),
        SubscriptionStatus::PastDue => (
            "The last payment failed. Replace the card to pay it.".to_owned(),
            "<button class=\"danger\" name=\"action\" value=\"cancel\">Cancel at the end of the period</button>",
        ),
        SubscriptionStatus::Paused => ("Paused.".to_owned(), ""),
        SubscriptionStatus::Active | SubscriptionStatus::Trialing => (
            format!("The next payment is on {}.", found.current_period_end.date()),
            "<button class=\"danger\" name=\"action\" value=\"cancel\">Cancel at the end of the period</button>",
        ),
    };
    format!(
        "<section><h2>{} <span class=\"badge\">{}</span></h2>{seats}<p>{}, {}</p><p>{sentence}</p>\
         <form method=\"post\">{}<input type=\"hidden\" name=\"id\" value=\"{}\">\
         <div class=\"buttons\">{button}</div></form></section>",
        text(product),
        found.status.name().replace('_', " "),
        money(found.amount, &found.currency),
        rhythm(found.recurring_interval, found.recurring_interval_count),
        hidden(token),
        found.id,
    )
}

fn card(state: &Remembered, customer: Uuid, token: &str) -> String {
    let customer = state.customer(customer).ok();
    let last4 = customer
        .filter(|customer| customer.default_payment_method_id.is_some())
        .map(|customer| customer.wallet.card.last4());
    let sentence = last4.map_or_else(|| "No card yet.".to_owned(), |last4| format!("Visa ending in {last4}"));
    format!(
        "<section><h2>Card</h2><p>{sentence}</p><form method=\"post\">{}<div class=\"buttons\">\
         <button name=\"action\" value=\"pays\">Use a good card</button>\
         <button name=\"action\" value=\"declines\">Use a card that is declined</button></div></form></section>",
        hidden(token)
    )
}

fn invoice_button(order: &Order, token: &str) -> String {
    format!(
        "<form method=\"post\">{}<input type=\"hidden\" name=\"id\" value=\"{}\">\
         <button name=\"action\" value=\"invoice\" aria-label=\"Invoice {}\">Invoice</button></form>",
        hidden(token),
        order.id,
        text(&order.invoice_number),
    )
}

fn orders(state: &Remembered, customer: Uuid, token: &str) -> String {
    let row = |order: &Order| {
        format!(
            "<tr><td>{}</td><td>{}</td><td class=\"money\">{}</td><td>{}</td></tr>",
            order.created_at.date(),
            order.status.name().replace('_', " "),
            money(order.subtotal_amount, &order.currency),
            if order.paid {
                invoice_button(order, token)
            } else {
                String::new()
            },
        )
    };
    let rows: String = state
        .orders
        .iter()
        .rev()
        .filter(|order| order.customer_id == customer)
        .map(row)
        .collect();
    if rows.is_empty() {
        return "<section><h2>Orders</h2><p>There are none.</p></section>".to_owned();
    }
    format!(
        "<section><h2>Orders</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Orders\"><table><thead><tr><th>Date</th><th>Status</th>\
         <th class=\"money\">Amount</th><th>Invoice</th></tr></thead><tbody>{rows}</tbody></table></div></section>"
    )
}

pub async fn submit(State(world): App, Path(organization): Path<String>, headers: HeaderMap, bytes: Bytes) -> Response {
    let (fields, _) = match form(&headers, &bytes) {
        Ok(read) => read,
        Err(refused) => return refusal(&refused),
    };
    let token = fields.get(TOKEN).and_then(Value::as_str).unwrap_or_default();
    world.write(|state, now| {
        let customer = match session(state, now, &organization, token) {
            Ok(customer) => customer,
            Err(response) => return response,
        };
        let done = act(state, now, customer, &fields);
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair(TOKEN, token);
        match done {
            Ok(Some(invoice)) => return Redirect::to(&invoice).into_response(),
            Ok(None) => {}
            Err(refused) => {
                query.append_pair("problem", &refused.sentence());
            }
        }
        Redirect::to(&format!("/{}/portal?{}", state.organization.slug, query.finish())).into_response()
    })
}

/// The address of an invoice, when that was asked for.
fn act(state: &mut Remembered, now: Timestamp, customer: Uuid, fields: &Map<String, Value>) -> Answer<Option<String>> {
    let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
    let id = Uuid::parse_str(text("id")).unwrap_or_default();
    match text("action") {
        "pays" => dunning::replace_card(state, now, customer, CardBehaviour::Pays)?,
        "declines" => dunning::replace_card(state, now, customer, CardBehaviour::Declines)?,
        "cancel" if state.subscription(id)?.customer_id == customer => {
            cancel::at_period_end(state, now, id, cancel::Reason::default())?;
        }
        "uncancel" if state.subscription(id)?.customer_id == customer => cancel::take_back(state, now, id)?,
        "invoice" if state.order(id)?.customer_id == customer => {
            invoice::generate(state, now, id)?;
            return Ok(invoice::url(state, id)?["url"].as_str().map(str::to_owned));
        }
        _ => return Err(Refusal::not_found()),
    }
    Ok(None)
}
