//! Renders a component to a string the way the server does, for the tests beside each component.

use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// The HTML of a view, in islands mode, without the empty comments that mark places for hydration.
pub(crate) fn render<V: IntoView + 'static>(view: impl FnOnce() -> V) -> String {
    Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())))
        .with(|| view().into_view().to_html())
        .replace("<!>", "")
}
