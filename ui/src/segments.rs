//! A switch between a few views of the same thing, each with its own address.

use crate::{MaybeText, Text};
use leptos::prelude::*;

/// One view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment {
    /// Its name.
    pub label: Text,
    /// Its address.
    pub href: Text,
    /// Whether it is the one shown.
    pub current: bool,
    /// A few words that speak for it.
    pub note: MaybeText,
}

impl Segment {
    /// A segment with nothing more to say.
    pub fn new(label: impl Into<Text>, href: impl Into<Text>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
            note: MaybeText(None),
        }
    }

    /// The same segment with a few words that speak for it.
    #[must_use]
    pub fn note(mut self, note: impl Into<MaybeText>) -> Self {
        self.note = note.into();
        self
    }
}

/// Links that look like one switch. They are navigation, and say so.
#[component]
pub fn Segments(
    /// What is switched.
    #[prop(into)]
    label: Text,
    /// The views.
    segments: Vec<Segment>,
) -> impl IntoView {
    let links = segments
        .into_iter()
        .map(|segment| {
            view! {
                <a class="segment" href=segment.href aria-current=segment.current.then_some("true")>
                    {segment.label}
                    {segment.note.0.map(|note| view! { <span class="segment-note">{note}</span> })}
                </a>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <nav class="segments" aria-label=label>
            {links}
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn the_one_that_is_shown_says_so() {
        let html = render(|| {
            let segments = vec![
                Segment::new("Monthly", "/pricing", true),
                Segment::new("Yearly", "/pricing?interval=year", false).note("saves 16 %"),
            ];
            view! { <Segments label="How often you pay" segments=segments /> }
        });
        assert_eq!(html.matches("aria-current").count(), 1, "{html}");
        assert!(
            html.contains(r#"aria-label="How often you pay""#) && html.contains("saves 16 %"),
            "{html}"
        );
    }
}
