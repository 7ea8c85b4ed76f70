//! What there was on each of the last thirty days.

use contract::customers::{DayCount, HouseOverview};
use leptos::prelude::*;

use crate::messages;

#[component]
pub fn SignUps(found: HouseOverview) -> impl IntoView {
    let texts = &messages::current().customers.overview;
    let (all, points) = counted(found.sign_ups);
    chart(texts.sign_ups, (texts.sign_ups_summary)(all), texts.accounts, points)
}

/// What failed is a part of the bar, told by its colour and in the words of the table.
#[component]
pub fn Runs(found: HouseOverview) -> impl IntoView {
    let texts = &messages::current().customers.overview;
    let done: u32 = found.runs.iter().map(|day| day.done).sum();
    let failed: u32 = found.runs.iter().map(|day| day.failed).sum();
    let points = found
        .runs
        .into_iter()
        .map(|day| {
            let all = f64::from(day.done) + f64::from(day.failed);
            let text = (texts.runs_of_day)(day.done, day.failed);
            ui::ChartPoint::new(day.day, all, text).with_wrong(f64::from(day.failed))
        })
        .collect();
    chart(
        texts.runs,
        (texts.runs_summary)(done, failed),
        texts.column_runs,
        points,
    )
}

#[component]
pub fn Messages(found: HouseOverview) -> impl IntoView {
    let texts = &messages::current().customers.overview;
    let (all, points) = counted(found.events);
    chart(
        texts.messages,
        (texts.messages_summary)(all),
        texts.column_messages,
        points,
    )
}

/// How many in all, and those of each day.
fn counted(days: Vec<DayCount>) -> (u32, Vec<ui::ChartPoint>) {
    let all = days.iter().map(|day| day.count).sum();
    let points = days
        .into_iter()
        .map(|day| ui::ChartPoint::new(day.day, f64::from(day.count), day.count.to_string()))
        .collect();
    (all, points)
}

fn chart(title: &'static str, summary: String, column: &'static str, points: Vec<ui::ChartPoint>) -> AnyView {
    let texts = &messages::current().customers.overview;
    let most = points.iter().map(|point| point.value).fold(0.0, f64::max);
    let series = ui::ChartSeries {
        title: title.into(),
        summary: summary.into(),
        columns: (texts.day.into(), column.into()),
        top: format!("{most:.0}").into(),
        points,
    };
    view! { <ui::BarChart series=series/> }.into_any()
}
