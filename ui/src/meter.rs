//! How much of a limit is used.

use crate::{MaybeText, Text};
use leptos::prelude::*;

/// The colour of a meter: calm, near the limit, at the limit.
fn threshold(value: u64, max: u64) -> &'static str {
    if max == 0 || value >= max {
        "meter meter-full"
    } else if value.saturating_mul(100) >= max.saturating_mul(80) {
        "meter meter-near"
    } else {
        "meter"
    }
}

/// A bar against a limit. It turns to the warning colour at 80 % and to the danger colour at 100 %.
#[component]
pub fn Meter(
    /// What is limited.
    #[prop(into)]
    label: Text,
    /// How much is used.
    value: u64,
    /// How much there is.
    max: u64,
    /// Both in words, such as "7 of 10 projects".
    #[prop(into)]
    text: Text,
    /// What the limit means or how to lift it.
    #[prop(optional, into)]
    hint: MaybeText,
) -> impl IntoView {
    let share = value
        .saturating_mul(100)
        .checked_div(max)
        .map_or(100, |share| share.min(100));
    view! {
        <div class=threshold(value, max)>
            <div class="meter-head">
                <span class="meter-label">{label.clone()}</span>
                <span class="meter-text">{text.clone()}</span>
            </div>
            <div class="meter-track" role="meter" aria-label=label aria-valuemin="0" aria-valuemax=max.to_string() aria-valuenow=value.min(max).to_string() aria-valuetext=text>
                <svg width="100%" height="100%" aria-hidden="true">
                    <rect class="meter-fill" width=format!("{share}%") height="100%" />
                </svg>
            </div>
            {hint.0.map(|hint| view! { <p class="field-hint">{hint}</p> })}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn the_colour_turns_at_eighty_and_at_a_hundred_percent() {
        assert_eq!(threshold(7, 10), "meter");
        assert_eq!(threshold(8, 10), "meter meter-near");
        assert_eq!(threshold(10, 10), "meter meter-full");
        assert_eq!(threshold(12, 10), "meter meter-full");
        assert_eq!(threshold(0, 0), "meter meter-full");
    }

    #[test]
    fn it_reads_its_value_in_words() {
        let html = render(|| view! { <Meter label="Projects" value=12 max=10 text="12 of 10 projects" /> });
        assert!(
            html.contains(r#"role="meter""#) && html.contains(r#"aria-valuetext="12 of 10 projects""#),
            "{html}"
        );
        assert!(
            html.contains(r#"aria-valuenow="10""#),
            "valuenow stays within its bounds: {html}"
        );
    }
}
