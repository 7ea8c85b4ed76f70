//! Where the buyer pays.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use serde_json::{Map, Value, json};

use super::layout::{alert, money, page, refusal, text};
use crate::{
    error::{Answer, Refusal},
    http::{App, form},
    objects::{
        checkout::{Checkout, CheckoutStatus},
        product::seat_tiers,
        views,
    },
    rules::{confirm_checkout, open_checkout},
    state::State as Remembered,
    timestamp::Interval,
};

const COUNTRIES: [(&str, &str); 8] = [
    ("AT", "Austria"),
    ("CH", "Switzerland"),
    ("DE", "Germany"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("JP", "Japan"),
    ("US", "United States"),
];

pub async fn show(State(world): App, Path(secret): Path<String>) -> Response {
    world.look(|state, _| match state.checkout_by_secret(&secret) {
        Ok(checkout) => look(state, checkout, None),
        Err(refused) => refusal(&refused),
    })
}

/// The page of an open checkout; the way on from any other.
fn look(state: &Remembered, checkout: &Checkout, problem: Option<&str>) -> Response {
    match checkout.status {
        CheckoutStatus::Open => {
            let status = if problem.is_some() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::OK
            };
            let name = state.product(checkout.product_id).map(|product| product.name.clone());
            let title = format!("Buy {}", name.unwrap_or_default());
            page(status, &title, false, &open(state, checkout, problem))
        }
        CheckoutStatus::Confirmed => {
            Redirect::to(&format!("/checkout/{}/bank", checkout.client_secret)).into_response()
        }
        CheckoutStatus::Succeeded => Redirect::to(&checkout.filled_success_url(&state.url)).into_response(),
        CheckoutStatus::Expired => refusal(&open_checkout::expired()),
    }
}

fn open(state: &Remembered, checkout: &Checkout, problem: Option<&str>) -> String {
    let problem = problem.map(alert).unwrap_or_default();
    let product = state.product(checkout.product_id).ok();
    let name = text(product.map_or("", |product| product.name.as_str()));
    let description = product
        .and_then(|product| product.description.clone())
        .unwrap_or_default();
    let seller = text(&state.organization.name);
    let back = checkout.return_url.as_ref().map_or_else(String::new, |url| {
        format!("<p><a href=\"{}\">Go back without buying</a></p>", text(url))
    });
    format!(
        "{back}<h1>{name}</h1><p class=\"soft\">{description}</p><p>Sold by {seller}</p>{problem}\
         <form class=\"card\" method=\"post\"><h2>Your order</h2>{}{}{}\
         <div class=\"buttons stack\">\
         <button class=\"first\" name=\"card\" value=\"pays\">Pay with a good card</button>\
         <button name=\"card\" value=\"declines\">Pay with a card that is declined</button>\
         <button name=\"card\" value=\"asks_for_confirmation\">Pay with a card that asks for confirmation</button>\
         </div></form>",
        seats(checkout),
        sums(state, checkout),
        buyer(checkout),
        description = text(description),
    )
}

fn seats(checkout: &Checkout) -> String {
    let Some(tiers) = seat_tiers(checkout.current_prices()) else {
        return String::new();
    };
    let least = checkout.min_seats.unwrap_or(1).max(tiers.minimum_seats);
    let most = checkout.max_seats.or(tiers.maximum_seats).unwrap_or(10_000);
    let seats = checkout.seats.unwrap_or(least);
    format!(
        "<label for=\"seats\">Seats</label>\
         <input id=\"seats\" name=\"seats\" type=\"number\" min=\"{least}\" max=\"{most}\" value=\"{seats}\">\
         <div class=\"buttons\"><button name=\"card\" value=\"update\">Update the total</button></div>"
    )
}

fn sums(state: &Remembered, checkout: &Checkout) -> String {
    let price = money(checkout.amount(), &checkout.currency);
    let product = state.product(checkout.product_id).ok();
    let every = product.and_then(|product| product.recurring_interval.zip(product.recurring_interval_count));
    let label = every.map_or_else(
        || "Price".to_owned(),
        |(interval, count)| format!("Price, {}", rhythm(interval, count)),
    );
    let trial = views::trial(state, checkout);
    let note = trial.map_or_else(String::new, |(interval, count)| {
        let times = if count == 1 { "" } else { "s" };
        format!("<p>The first {count} {}{times} are free.</p>", interval.name())
    });
    let today = if trial.is_some() { 0 } else { checkout.amount() };
    format!(
        "<p class=\"sum\"><span>{label}</span><span>{price}</span></p>{note}\
         <p class=\"sum total\"><span>Total today</span><span>{}</span></p>",
        money(today, &checkout.currency)
    )
}

pub fn rhythm(interval: Interval, count: u32) -> String {
    if count == 1 {
        format!("every {}", interval.name())
    } else {
        format!("every {count} {}s", interval.name())
    }
}

fn buyer(checkout: &Checkout) -> String {
    let shown = |value: &Option<String>| text(value.as_deref().unwrap_or_default());
    let locked = if checkout.customer_id.is_some() {
        " readonly"
    } else {
        ""
    };
    let country = checkout.customer_billing_address.as_ref();
    let country = country.and_then(|address| address["country"].as_str()).unwrap_or("US");
    let name = checkout
        .customer_billing_name
        .clone()
        .or(checkout.customer_name.clone());
    let known = COUNTRIES.iter().any(|(code, _)| *code == country);
    let other = if known {
        String::new()
    } else {
        format!("<option selected>{}</option>", text(country))
    };
    let options: Vec<String> = COUNTRIES
        .iter()
        .map(|(code, name)| {
            let selected = if *code == country { " selected" } else { "" };
            format!("<option value=\"{code}\"{selected}>{name}</option>")
        })
        .collect();
    format!(
        "<label for=\"email\">E-mail</label>\
         <input id=\"email\" name=\"customer_email\" type=\"email\" autocomplete=\"email\" value=\"{}\"{locked} required>\
         <label for=\"name\">Name on the invoice</label>\
         <input id=\"name\" name=\"customer_billing_name\" autocomplete=\"organization\" value=\"{}\">\
         <label for=\"country\">Country</label>\
         <select id=\"country\" name=\"country\">{other}{}</select>",
        shown(&checkout.customer_email),
        shown(&name),
        options.concat(),
    )
}

/// Pressed twice, it is paid once: the second finds it paid.
pub async fn submit(State(world): App, Path(secret): Path<String>, headers: HeaderMap, bytes: Bytes) -> Response {
    let (fields, _) = match form(&headers, &bytes) {
        Ok(read) => read,
        Err(refused) => return refusal(&refused),
    };
    world.write(|state, now| {
        let found = match state.checkout_by_secret(&secret) {
            Ok(found) if found.status == CheckoutStatus::Open => found,
            Ok(found) => return look(state, found, None),
            Err(refused) => return refusal(&refused),
        };
        let id = found.id;
        let body = body_of(&fields, found);
        let card = fields.get("card").and_then(Value::as_str).unwrap_or("pays");
        let result: Answer<Option<&str>> = if card == "update" {
            open_checkout::update(state, now, id, &body).map(|()| None)
        } else {
            confirm_checkout::confirm(state, now, &secret, &body).and_then(|_| match card {
                "declines" => {
                    confirm_checkout::decline(state, now, id).map(|()| Some("The card was declined. Nothing was paid."))
                }
                "asks_for_confirmation" => Ok(None),
                _ => confirm_checkout::pay(state, now, id).map(|()| None),
            })
        };
        let problem = match result {
            Ok(problem) => problem.map(str::to_owned),
            Err(refused) => Some(refused.sentence()),
        };
        match state.checkout(id) {
            Ok(checkout) if card == "update" && problem.is_none() => {
                Redirect::to(&format!("/checkout/{}", checkout.client_secret)).into_response()
            }
            Ok(checkout) => look(state, checkout, problem.as_deref()),
            Err(refused) => refusal(&refused),
        }
    })
}

/// The fields of the form as the API takes them.
fn body_of(fields: &Map<String, Value>, checkout: &Checkout) -> Value {
    let mut body = json!({});
    for key in ["customer_email", "customer_billing_name"] {
        if let Some(value) = fields.get(key) {
            body[key] = value.clone();
        }
    }
    let given = fields.get("customer_billing_name").cloned();
    let email = fields.get("customer_email").cloned();
    body["customer_billing_name"] = given.or(email).unwrap_or_else(|| json!(checkout.customer_email));
    if let Some(country) = fields.get("country") {
        let mut address = checkout.customer_billing_address.clone().unwrap_or_else(|| json!({}));
        address["country"] = country.clone();
        body["customer_billing_address"] = address;
    }
    let seats = fields
        .get("seats")
        .and_then(Value::as_str)
        .and_then(|text| text.parse::<i64>().ok());
    if let Some(seats) = seats {
        body["seats"] = json!(seats);
    }
    body
}

/// The bank of the card asks.
pub async fn show_bank(State(world): App, Path(secret): Path<String>) -> Response {
    world.look(|state, _| match state.checkout_by_secret(&secret) {
        Ok(checkout) if checkout.status == CheckoutStatus::Confirmed => {
            let amount = money(checkout.amount(), &checkout.currency);
            let seller = text(&state.organization.name);
            let body = format!(
                "<h1>Your bank asks</h1><form class=\"card\" method=\"post\">\
                 <p>Do you want to pay {amount} to {seller}?</p><div class=\"buttons\">\
                 <button class=\"first\" name=\"answer\" value=\"yes\">Confirm the payment</button>\
                 <button name=\"answer\" value=\"no\">Refuse it</button></div></form>"
            );
            page(StatusCode::OK, "Your bank asks", false, &body)
        }
        Ok(checkout) => look(state, checkout, None),
        Err(refused) => refusal(&refused),
    })
}

pub async fn answer_bank(State(world): App, Path(secret): Path<String>, headers: HeaderMap, bytes: Bytes) -> Response {
    let yes = form(&headers, &bytes).is_ok_and(|(fields, _)| fields.get("answer") == Some(&json!("yes")));
    world.write(|state, now| {
        let id = match state.checkout_by_secret(&secret) {
            Ok(found) if found.status == CheckoutStatus::Confirmed => found.id,
            Ok(found) => return look(state, found, None),
            Err(refused) => return refusal(&refused),
        };
        let paid = if yes {
            confirm_checkout::pay(state, now, id)
        } else {
            confirm_checkout::decline(state, now, id)
        };
        match paid.and_then(|()| state.checkout(id)) {
            Ok(checkout) => look(
                state,
                checkout,
                (!yes).then_some("The payment was refused. Nothing was paid."),
            ),
            Err(refused) => refusal(&refused),
        }
    })
}

/// Where a buyer ends whose merchant named no page.
pub async fn confirmation(State(world): App, Path(secret): Path<String>) -> Response {
    world.look(|state, _| match state.checkout_by_secret(&secret) {
        Ok(checkout) if checkout.status == CheckoutStatus::Succeeded => {
            let seller = text(&state.organization.name);
            let body = format!("<h1>Thank you</h1><p>Your order at {seller} is paid. You can close this page.</p>");
            page(StatusCode::OK, "Thank you", false, &body)
        }
        Ok(_) => refusal(&Refusal::not_found()),
        Err(refused) => refusal(&refused),
    })
}
