//! Charts, drawn on the server as SVG, with the same figures as a table.
//!
//! The drawing stretches with its container; its labels are text beside it, so that they stay readable on a phone. Each
//! point tells its value under the pointer.

use crate::Text;
use leptos::prelude::*;
use std::fmt::Write;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPoint {
    /// Where on the axis, such as "3 May".
    pub label: Text,
    /// How much; negative and non-finite values are drawn as zero.
    pub value: f64,
    /// How much, formatted.
    pub text: Text,
    /// How much of it went wrong. Only bars show it.
    pub wrong: f64,
}

impl ChartPoint {
    /// A value with its words.
    pub fn new(label: impl Into<Text>, value: f64, text: impl Into<Text>) -> Self {
        Self {
            label: label.into(),
            value,
            text: text.into(),
            wrong: 0.0,
        }
    }

    /// The same, of which so much went wrong.
    #[must_use]
    pub fn with_wrong(self, wrong: f64) -> Self {
        Self { wrong, ..self }
    }

    fn height(&self) -> f64 {
        if self.value.is_finite() {
            self.value.max(0.0)
        } else {
            0.0
        }
    }
}

/// What a chart shows and how it is called.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartSeries {
    /// The subject, which is also the name of the picture.
    pub title: Text,
    /// What it says in one sentence.
    pub summary: Text,
    /// The heads of the table: of the axis and of the value.
    pub columns: (Text, Text),
    /// The top of the scale, formatted, for the largest value.
    pub top: Text,
    /// The values, from left to right.
    pub points: Vec<ChartPoint>,
}

const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 160.0;

fn ceiling(points: &[ChartPoint]) -> f64 {
    let highest = points.iter().map(ChartPoint::height).fold(0.0, f64::max);
    if highest > 0.0 { highest } else { 1.0 }
}

/// The middle of the slot of a point, and its height above the floor.
fn place(points: &[ChartPoint], index: usize, inset: f64) -> (f64, f64) {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a chart has far fewer points than a float has whole numbers"
    )]
    let (index_f, count) = (index as f64, points.len().max(1) as f64);
    let x = (index_f + 0.5) / count * WIDTH;
    let y = points.get(index).map_or(0.0, ChartPoint::height) / ceiling(points) * (HEIGHT - inset);
    (x, HEIGHT - y)
}

fn line_path(points: &[ChartPoint], inset: f64) -> String {
    let mut path = String::with_capacity(points.len() * 14);
    for index in 0..points.len() {
        let (x, y) = place(points, index, inset);
        path.push(if index == 0 { 'M' } else { 'L' });
        // Writing to a string cannot fail.
        _ = write!(path, "{x:.1} {y:.1}");
    }
    path
}

fn area_path(points: &[ChartPoint], inset: f64) -> String {
    let (Some(last), line) = (points.len().checked_sub(1), line_path(points, inset)) else {
        return String::new();
    };
    let (first_x, _) = place(points, 0, inset);
    let (last_x, _) = place(points, last, inset);
    format!("{line}L{last_x:.1} {HEIGHT}L{first_x:.1} {HEIGHT}Z")
}

fn slot_width(points: &[ChartPoint]) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a chart has far fewer points than a float has whole numbers"
    )]
    let count = points.len().max(1) as f64;
    WIDTH / count
}

fn figure(series: ChartSeries, drawing: AnyView) -> AnyView {
    let ChartSeries {
        title,
        summary,
        columns,
        top,
        points,
    } = series;
    let ends = (
        points.first().map(|point| point.label.clone()),
        points.last().map(|point| point.label.clone()),
    );
    let rows = points
        .into_iter()
        .map(|point| {
            view! {
                <tr>
                    <th scope="row">{point.label}</th>
                    <td>{point.text}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <figure class="chart">
            <div class="chart-plot">
                <span class="chart-top" aria-hidden="true">
                    {top}
                </span>
                {drawing}
            </div>
            <p class="chart-axis" aria-hidden="true">
                <span>{ends.0}</span>
                <span>{ends.1}</span>
            </p>
            <details class="chart-data">
                <summary>{summary}</summary>
                <table>
                    <caption class="visually-hidden">{title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{columns.0}</th>
                            <th scope="col">{columns.1}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </figure>
    }
    .into_any()
}

/// Invisible slots over the drawing, so that each value shows under the pointer.
fn slots(points: &[ChartPoint]) -> Vec<AnyView> {
    let width = slot_width(points);
    points
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let (middle, _) = place(points, index, 0.0);
            view! {
                <rect class="chart-slot" x=format!("{:.1}", middle - width / 2.0) y="0" width=format!("{width:.1}") height=HEIGHT.to_string()>
                    <title>{format!("{}: {}", point.label, point.text)}</title>
                </rect>
            }
            .into_any()
        })
        .collect()
}

fn frame_of_lines() -> AnyView {
    view! {
        <path class="chart-grid" d="M0 8H600M0 84H600M0 159.500H600" vector-effect="non-scaling-stroke" />
    }
    .into_any()
}

/// A line over time.
#[component]
pub fn LineChart(
    /// What to show.
    series: ChartSeries,
) -> impl IntoView {
    let drawing = view! {
        <svg class="chart-drawing" viewBox="0 0 600 160" preserveAspectRatio="none" role="img" aria-label=series.title.clone()>
            {frame_of_lines()}
            <path class="chart-area" d=area_path(&series.points, 8.0) />
            <path class="chart-line" d=line_path(&series.points, 8.0) vector-effect="non-scaling-stroke" />
            {slots(&series.points)}
        </svg>
    }
    .into_any();
    figure(series, drawing)
}

/// The part of a bar that went wrong, at its foot: never so low that it cannot be seen.
fn wrong_part(points: &[ChartPoint], index: usize, width: f64) -> Option<AnyView> {
    const LOWEST: f64 = 4.0;
    let point = points.get(index).filter(|point| point.wrong > 0.0)?;
    let (middle, top) = place(points, index, 8.0);
    let share = (point.wrong / point.height()).min(1.0);
    let height = ((HEIGHT - top) * share).max(LOWEST);
    Some(
        view! {
            <rect
                class="chart-bar-wrong"
                x=format!("{:.1}", middle - width / 2.0)
                y=format!("{:.1}", HEIGHT - height)
                width=format!("{width:.1}")
                height=format!("{height:.1}")
            />
        }
        .into_any(),
    )
}

/// Bars side by side.
#[component]
pub fn BarChart(
    /// What to show.
    series: ChartSeries,
) -> impl IntoView {
    let width = slot_width(&series.points) * 0.64;
    let bars = (0..series.points.len())
        .map(|index| {
            let (middle, top) = place(&series.points, index, 8.0);
            view! {
                <rect
                    class="chart-bar"
                    x=format!("{:.1}", middle - width / 2.0)
                    y=format!("{top:.1}")
                    width=format!("{width:.1}")
                    height=format!("{:.1}", HEIGHT - top)
                />
                {wrong_part(&series.points, index, width)}
            }
        })
        .collect::<Vec<_>>();
    let drawing = view! {
        <svg class="chart-drawing" viewBox="0 0 600 160" preserveAspectRatio="none" role="img" aria-label=series.title.clone()>
            {frame_of_lines()}
            {bars}
            {slots(&series.points)}
        </svg>
    }
    .into_any();
    figure(series, drawing)
}

/// A line without axes, for the inside of a figure or a table row.
#[component]
pub fn Sparkline(
    /// What it says in one sentence; its name.
    #[prop(into)]
    label: Text,
    /// The values, from left to right.
    values: Vec<f64>,
) -> impl IntoView {
    let points = values
        .into_iter()
        .map(|value| ChartPoint::new("", value, ""))
        .collect::<Vec<_>>();
    // Cut off the half slots before the first and after the last point: without an axis the line runs edge to edge.
    let slot = slot_width(&points);
    let view_box = if points.len() > 1 {
        format!("{:.1} 0 {:.1} {HEIGHT}", slot / 2.0, WIDTH - slot)
    } else {
        format!("0 0 {WIDTH} {HEIGHT}")
    };
    view! {
        <svg class="sparkline" viewBox=view_box preserveAspectRatio="none" role="img" aria-label=label>
            <path class="chart-area" d=area_path(&points, 12.0) />
            <path class="chart-line" d=line_path(&points, 12.0) vector-effect="non-scaling-stroke" />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    fn points(values: &[f64]) -> Vec<ChartPoint> {
        values
            .iter()
            .map(|value| ChartPoint::new("day", *value, value.to_string()))
            .collect()
    }

    #[test]
    fn the_largest_value_reaches_the_top_and_zero_the_floor() {
        let points = points(&[0.0, 10.0]);
        assert_eq!(line_path(&points, 0.0), "M150.0 160.0L450.0 0.0");
    }

    #[test]
    fn odd_values_draw_as_zero() {
        let points = points(&[f64::NAN, -3.0, f64::INFINITY]);
        assert_eq!(line_path(&points, 0.0), "M100.0 160.0L300.0 160.0L500.0 160.0");
        assert_eq!(area_path(&[], 0.0), "");
    }

    #[test]
    fn what_went_wrong_is_a_part_of_its_bar() {
        let series = |wrong| ChartSeries {
            title: "Runs".into(),
            summary: "Show the figures".into(),
            columns: ("Day".into(), "Runs".into()),
            top: "8".into(),
            points: vec![ChartPoint::new("3 May", 8.0, "6 done, 2 failed").with_wrong(wrong)],
        };
        let part = |wrong| render(move || view! { <BarChart series=series(wrong) /> });
        assert!(
            part(2.0).contains(r#"x="108.0" y="122.0" width="384.0" height="38.0" class="chart-bar-wrong""#),
            "{}",
            part(2.0)
        );
        assert!(part(0.001).contains(r#"height="4.0""#), "seen however little it is");
        assert!(!part(0.0).contains("chart-bar-wrong"));
    }

    #[test]
    fn the_figures_are_also_a_table() {
        let series = ChartSeries {
            title: "Tasks done a day".into(),
            summary: "Show the figures".into(),
            columns: ("Day".into(), "Tasks".into()),
            top: "4".into(),
            points: vec![ChartPoint::new("3 May", 4.0, "4 tasks")],
        };
        let html = render(|| view! { <BarChart series=series /> });
        assert!(
            html.contains(r#"role="img""#) && html.contains(r#"aria-label="Tasks done a day""#),
            "{html}"
        );
        assert!(
            html.contains(r#"<th scope="row">3 May</th>"#) && html.contains("<td>4 tasks</td>"),
            "{html}"
        );
        assert!(!html.contains("style="), "the policy forbids inline styles: {html}");
    }
}
