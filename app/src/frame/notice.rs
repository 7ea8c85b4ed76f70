//! What the page before this one has done, said once.

use leptos::prelude::*;

use crate::{form::Notice, messages};

#[component]
pub fn Notices() -> impl IntoView {
    let texts = &messages::current().frame;
    let text = use_context::<Notice>().and_then(|notice| (texts.notice)(&notice.0));
    view! {
        <ui::ToastRegion label=texts.notices>
            {text.map(|text| view! { <ui::Toast dismiss_label=texts.dismiss>{text}</ui::Toast> })}
        </ui::ToastRegion>
    }
}
