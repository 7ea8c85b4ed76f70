//! The shape of what is still to come.

use crate::Text;
use leptos::prelude::*;

/// What will stand there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SkeletonShape {
    /// Lines of text.
    #[default]
    Lines,
    /// Rows of a table.
    Rows,
    /// A card or chart.
    Block,
}

/// A placeholder that says it is loading.
#[component]
pub fn Skeleton(
    /// What is loading, for screen readers.
    #[prop(into)]
    label: Text,
    /// What will stand there.
    #[prop(optional)]
    shape: SkeletonShape,
    /// How many lines or rows.
    #[prop(default = 3)]
    count: u8,
) -> impl IntoView {
    let (class, count) = match shape {
        SkeletonShape::Lines => ("skeleton", count),
        SkeletonShape::Rows => ("skeleton skeleton-rows", count),
        SkeletonShape::Block => ("skeleton skeleton-block", 1),
    };
    view! {
        <div class=class role="status">
            <span class="visually-hidden">{label}</span>
            {(0..count).map(|_| view! { <span class="skeleton-bar" aria-hidden="true"></span> }).collect::<Vec<_>>()}
        </div>
    }
}
