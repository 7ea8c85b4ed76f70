//! What the browser runs: every island of `app` and `ui`, woken where the page has one.

extern crate app;
extern crate ui;

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
