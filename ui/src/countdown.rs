//! What is left of a time, counted down where there is JavaScript. The server writes what is left when the page is made.

use crate::{
    Text,
    browser::{attribute, awake, say},
};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlElement};

/// Hours, minutes and seconds that get fewer.
#[component]
pub fn Countdown(
    /// How many are left.
    seconds: u32,
    /// What stands there when none is.
    #[prop(into)]
    over: Text,
) -> impl IntoView {
    let left = if seconds == 0 {
        over.clone()
    } else {
        clock(seconds).into()
    };
    view! {
        <CountDown>
            <span class="countdown-time" role="timer" data-seconds=seconds.to_string() data-over=over>
                {left}
            </span>
        </CountDown>
    }
}

#[island]
fn CountDown(children: Children) -> impl IntoView {
    view! {
        <span class="countdown" use:count_down>
            {children()}
        </span>
    }
}

/// `4:07`, and `3:04:07` from an hour on.
fn clock(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// By the browser's clock from here on: a timer that was late counts no less for it.
fn count_down(root: Element) {
    awake(&root);
    let Some(time) = crate::browser::find(&root, ".countdown-time") else {
        return;
    };
    let Ok(seconds) = attribute(&time, "data-seconds").parse::<u32>() else {
        return;
    };
    let end = js_sys::Date::now() + f64::from(seconds) * 1000.0;
    let tick = Closure::<dyn FnMut()>::new(move || tell(&time, end));
    if let Some(window) = web_sys::window() {
        _ = window.set_interval_with_callback_and_timeout_and_arguments_0(tick.as_ref().unchecked_ref(), 1000);
    }
    tick.forget();
}

fn tell(time: &HtmlElement, end: f64) {
    let left = ((end - js_sys::Date::now()) / 1000.0).ceil();
    if left > 0.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between nothing and the seconds that the server wrote"
        )]
        let left = left as u32;
        say(Some(time), &clock(left));
    } else {
        say(Some(time), &attribute(time, "data-over"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn says_what_is_left_without_javascript() {
        let html = render(|| view! { <Countdown seconds=247 over="over" /> });
        assert!(
            html.contains("4:07") && html.contains(r#"data-seconds="247""#),
            "{html}"
        );
        let html = render(|| view! { <Countdown seconds=0 over="It is over" /> });
        assert!(html.contains(">It is over<"), "{html}");
        let clocks = [59, 60, 3599, 3600, 90_061].map(clock);
        assert_eq!(clocks, ["0:59", "1:00", "59:59", "1:00:00", "25:01:01"]);
    }
}
