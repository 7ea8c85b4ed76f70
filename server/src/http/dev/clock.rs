//! The clock that can be moved ahead.

use std::time::Duration;

use axum::{
    Form,
    extract::State as From,
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use leptos::prelude::*;
use serde::Deserialize;

use super::page::page;
use crate::http::State;

/// How long a page waits at most until the sandbox has told what fell due.
const PATIENCE: Duration = Duration::from_secs(10);

pub async fn show(From(state): From<State>) -> Html<String> {
    let now = state.deps.now().format("%Y-%m-%d %H:%M:%S UTC").to_string();
    let ahead = state.clock.as_ref().map_or(0, |clock| clock.ahead().num_hours());
    let with_payments = state.sandbox.is_some();
    page(&state, "Clock", move || {
        let steps = [
            ("1", "One hour ahead"),
            ("24", "One day ahead"),
            ("72", "Three days ahead"),
            ("168", "Seven days ahead"),
            ("336", "Fourteen days ahead"),
            ("720", "Thirty days ahead"),
            ("reset", "Back to the real time"),
        ];
        let buttons = steps
            .map(|(value, label)| {
                view! { <ui::Button variant=ui::ButtonVariant::Secondary name="hours" value=value>{label}</ui::Button> }
            })
            .collect_view();
        view! {
            <p>"For this server it is " <strong>{now}</strong> ", " {ahead} " hours ahead of the machine."</p>
            {with_payments.then(|| view! { <p class="muted">"Payments live by the same clock: what falls due is charged."</p> })}
            <form method="post" action="/dev/clock" class="row">{buttons}</form>
        }
        .into_any()
    })
}

#[derive(Deserialize)]
pub struct Step {
    hours: String,
}

pub async fn set(From(state): From<State>, Form(step): Form<Step>) -> Response {
    let Some(clock) = &state.clock else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let ahead = match step.hours.parse::<i32>() {
        Ok(hours) => clock.ahead() + TimeDelta::hours(hours.into()),
        Err(_) => TimeDelta::zero(),
    };
    if clock.set_ahead(ahead).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if let Some(sandbox) = &state.sandbox {
        sandbox.catch_up(PATIENCE).await;
    }
    // The queue lives by the machine's clock and would do what is due now within the next real hour.
    match domain::jobs::enqueue_hourly(&state.platform).await {
        Ok(()) => Redirect::to("/dev/clock").into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
