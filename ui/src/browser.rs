//! The few things every island does with the page: find an element, listen, wait, announce.
//!
//! Islands here work on the markup the server wrote: their bodies hold no second copy of it. Listeners live as long as
//! the page, because every navigation is a new page.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, HtmlInputElement, KeyboardEvent};

/// The page.
pub(crate) fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// In small letters, by the browser: Rust's own tables would have to be loaded first.
pub(crate) fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Hears an event for the rest of the page's life.
pub(crate) fn listen(target: &EventTarget, event: &str, handler: Box<dyn FnMut(Event)>) {
    let handler = Closure::<dyn FnMut(Event)>::wrap(handler);
    _ = target.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref());
    handler.forget();
}

/// The first element inside that matches.
pub(crate) fn find(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok()??.dyn_into().ok()
}

/// The first input inside that matches.
pub(crate) fn find_input(root: &Element, selector: &str) -> Option<HtmlInputElement> {
    root.query_selector(selector).ok()??.dyn_into().ok()
}

/// All elements inside that match.
pub(crate) fn find_all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let mut found = Vec::new();
    if let Ok(list) = root.query_selector_all(selector) {
        for index in 0..list.length() {
            if let Some(element) = list.get(index).and_then(|node| node.dyn_into().ok()) {
                found.push(element);
            }
        }
    }
    found
}

/// The value of an attribute, or nothing when it is absent.
pub(crate) fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// Sets an attribute.
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    _ = element.set_attribute(name, value);
}

/// Tells the style sheet that an island is awake: what only works with it may show now.
pub(crate) fn awake(element: &Element) {
    set(element, "data-ready", "");
}

/// Writes into a live region, where screen readers hear it.
pub(crate) fn say(region: Option<&HtmlElement>, text: &str) {
    if let Some(region) = region {
        region.set_text_content(Some(text));
    }
}

/// The key of a keyboard event; empty for other events.
pub(crate) fn key(event: &Event) -> String {
    event
        .dyn_ref::<KeyboardEvent>()
        .map(KeyboardEvent::key)
        .unwrap_or_default()
}

/// Whether an event happened inside an element.
pub(crate) fn is_inside(event: &Event, element: &Element) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok())
        .is_some_and(|node| element.contains(Some(&node)))
}

/// One clock for one purpose: setting it again forgets what it waited for.
pub(crate) struct Timer {
    running: Option<i32>,
    ring: Closure<dyn FnMut()>,
}

impl Timer {
    /// A clock that does this when it rings.
    pub(crate) fn new(ring: Box<dyn FnMut()>) -> Self {
        Self {
            running: None,
            ring: Closure::wrap(ring),
        }
    }

    /// Rings once after so many milliseconds, counted from now.
    pub(crate) fn set(&mut self, milliseconds: i32) {
        self.stop();
        if let Some(window) = web_sys::window() {
            let ring: &JsValue = self.ring.as_ref();
            self.running = window
                .set_timeout_with_callback_and_timeout_and_arguments_0(ring.unchecked_ref(), milliseconds)
                .ok();
        }
    }

    /// Does not ring after all.
    pub(crate) fn stop(&mut self) {
        if let (Some(running), Some(window)) = (self.running.take(), web_sys::window()) {
            window.clear_timeout_with_handle(running);
        }
    }
}
