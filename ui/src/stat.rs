//! One figure and what it means.

use crate::{Icon, IconName, IconSize, MaybeText, Text};
use leptos::prelude::*;

/// Which way a figure went, and whether that is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trend {
    /// It went nowhere.
    #[default]
    Flat,
    /// Up, and that is good.
    UpGood,
    /// Up, and that is bad.
    UpBad,
    /// Down, and that is good.
    DownGood,
    /// Down, and that is bad.
    DownBad,
}

/// A figure. Several stand in a `<div class="stat-row">`.
#[component]
pub fn Stat(
    /// What is counted.
    #[prop(into)]
    label: Text,
    /// How much, formatted.
    #[prop(into)]
    value: Text,
    /// The change, formatted, such as "12 % more than last week".
    #[prop(optional, into)]
    change: MaybeText,
    /// Which way it went.
    #[prop(optional)]
    trend: Trend,
    /// Where the figure leads.
    #[prop(optional, into)]
    href: MaybeText,
    /// A sparkline.
    #[prop(optional)]
    chart: Option<AnyView>,
) -> impl IntoView {
    let (tone, arrow) = match trend {
        Trend::Flat => ("stat-change", None),
        Trend::UpGood => ("stat-change tone-success", Some(IconName::ArrowUp)),
        Trend::UpBad => ("stat-change tone-danger", Some(IconName::ArrowUp)),
        Trend::DownGood => ("stat-change tone-success", Some(IconName::ArrowDown)),
        Trend::DownBad => ("stat-change tone-danger", Some(IconName::ArrowDown)),
    };
    let label = match href.0 {
        Some(href) => view! { <a class="stat-link" href=href>{label}</a> }.into_any(),
        None => label.into_any(),
    };
    view! {
        <div class="stat">
            <p class="stat-label">{label}</p>
            <p class="stat-value">{value}</p>
            {change
                .0
                .map(|change| {
                    view! {
                        <p class=tone>
                            {arrow.map(|name| view! { <Icon name=name size=IconSize::Small /> })}
                            {change}
                        </p>
                    }
                })}
            {chart}
        </div>
    }
}
