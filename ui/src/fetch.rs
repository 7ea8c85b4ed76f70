//! The one way islands ask the server: same origin, JSON back, no panic when the network is gone.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// What the server said.
pub(crate) struct Answer {
    /// Whether it agreed.
    pub ok: bool,
    body: JsValue,
}

impl Answer {
    /// A text of the answer, by its name.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        text(&self.body, name)
    }

    /// The answer itself, when it agreed with nothing but a text.
    pub(crate) fn whole_text(&self) -> Option<String> {
        self.body.as_string().filter(|_| self.ok)
    }

    /// A number of the answer, by its name.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        Reflect::get(&self.body, &name.into()).ok()?.as_f64()
    }

    /// The parts of an answer that is a list.
    pub(crate) fn list(&self) -> Option<Vec<Self>> {
        let list: &js_sys::Array = self.body.dyn_ref()?;
        let parts = list.iter().map(|body| Self { ok: self.ok, body });
        Some(parts.collect())
    }

    /// The message of an error: at the top, or one level down as in `{"Invalid": {"message": …}}`.
    pub(crate) fn message(&self) -> Option<String> {
        text(&self.body, "message").or_else(|| {
            let inner = js_sys::Object::values(self.body.dyn_ref()?).get(0);
            text(&inner, "message")
        })
    }
}

fn text(value: &JsValue, name: &str) -> Option<String> {
    Reflect::get(value, &name.into()).ok()?.as_string()
}

/// Asks. `body` is sent as form data by POST; without one it is a GET. `None` when there was no answer.
pub(crate) async fn ask(url: &str, body: Option<JsValue>) -> Option<Answer> {
    let window = web_sys::window()?;
    let headers = Headers::new().ok()?;
    headers.set("Accept", "application/json").ok()?;
    let request = RequestInit::new();
    if let Some(body) = body {
        request.set_method("POST");
        request.set_body(&body);
    }
    request.set_headers(&headers);
    let response = JsFuture::from(window.fetch_with_str_and_init(url, &request))
        .await
        .ok()?;
    let response: Response = response.dyn_into().ok()?;
    let body = match response.json() {
        Ok(body) => JsFuture::from(body).await.unwrap_or(JsValue::UNDEFINED),
        Err(_) => JsValue::UNDEFINED,
    };
    Some(Answer {
        ok: response.ok(),
        body,
    })
}
