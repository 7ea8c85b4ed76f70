//! A heading whose level the page decides, so that headings stay in order wherever a component is used.

use crate::Text;
use leptos::prelude::*;

/// `<h1>` to `<h6>`; anything above six is six.
pub(crate) fn heading(level: u8, class: &'static str, text: Text) -> AnyView {
    match level {
        0 | 1 => view! { <h1 class=class>{text}</h1> }.into_any(),
        2 => view! { <h2 class=class>{text}</h2> }.into_any(),
        3 => view! { <h3 class=class>{text}</h3> }.into_any(),
        4 => view! { <h4 class=class>{text}</h4> }.into_any(),
        5 => view! { <h5 class=class>{text}</h5> }.into_any(),
        _ => view! { <h6 class=class>{text}</h6> }.into_any(),
    }
}
