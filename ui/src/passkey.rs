//! Asks the browser for a passkey and sends what it brings with a form. The browser reads the question and writes the answer
//! itself; only JavaScript can ask it, so that there is nothing to press without.

use crate::{
    Button, ButtonVariant, IconName, Text,
    browser::{attribute, awake, find, find_input, listen, say, set},
    fetch::ask,
};
use js_sys::{Function, JSON, Object, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Element, HtmlFormElement, UrlSearchParams};

/// What is asked of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyAct {
    /// To make one.
    Create,
    /// To use one that is there.
    Get,
}

impl PasskeyAct {
    /// The browser's name of it.
    const fn name(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Get => "get",
        }
    }
}

/// What is said when there is nothing to send.
#[derive(Clone, Debug)]
pub struct PasskeyTexts {
    /// Nobody touched the device, or there is none that fits.
    pub given_up: Text,
    /// The device has one already.
    pub known: Text,
    /// The browser is from before passkeys.
    pub too_old: Text,
    /// There is no JavaScript, and what to do instead.
    pub without_script: Text,
}

/// A form with a button that asks for a passkey. `POST ask` answers with the question, as JSON in a JSON string; what the browser
/// brings is sent to `action` as `credential`. When nothing was asked the form is sent with an empty one: the answer to it says
/// why.
#[component]
pub fn PasskeyForm(
    /// Where to send it.
    #[prop(into)]
    action: Text,
    /// Where the question comes from.
    #[prop(into)]
    ask: Text,
    /// What is asked.
    act: PasskeyAct,
    /// What the button says.
    #[prop(into)]
    label: Text,
    /// What is said otherwise.
    texts: PasskeyTexts,
    /// How loud the button is.
    #[prop(optional)]
    variant: ButtonVariant,
    /// Further fields.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <UsePasskey>
            <form
                class="form"
                method="post"
                action=action
                data-ask=ask
                data-act=act.name()
                data-given-up=texts.given_up
                data-known=texts.known
                data-too-old=texts.too_old
            >
                {children.map(|children| children())}
                <input type="hidden" name="credential" value="" />
                <div class="form-actions">
                    <Button variant=variant icon=IconName::Key>
                        {label}
                    </Button>
                </div>
            </form>
            <p class="passkey-words" role="status"></p>
            <p class="passkey-without">{texts.without_script}</p>
        </UsePasskey>
    }
}

#[island]
fn UsePasskey(children: Children) -> impl IntoView {
    view! {
        <div class="passkey" use:use_passkey>
            {children()}
        </div>
    }
}

fn use_passkey(root: Element) {
    let form = find(&root, "form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    let (Some(form), Some(credential)) = (form, find_input(&root, "[name=credential]")) else {
        return;
    };
    let words = find(&root, ".passkey-words");
    awake(&root);
    listen(
        &form.clone(),
        "submit",
        Box::new(move |event| {
            event.prevent_default();
            // One question at a time: a second one would void the first.
            if form.has_attribute(SENT) {
                return;
            }
            busy(&form, true);
            say(words.as_ref(), "");
            let (form, credential, words) = (form.clone(), credential.clone(), words.clone());
            spawn_local(async move {
                match bring(&form).await {
                    Ok(brought) => {
                        credential.set_value(&brought);
                        _ = form.submit();
                    }
                    Err(reason) => {
                        busy(&form, false);
                        say(words.as_ref(), &attribute(&form, reason));
                    }
                }
            });
        }),
    );
}

/// As the boot script marks a form that is at work, and finds it again when its page comes back.
const SENT: &str = "data-sent";

fn busy(form: &Element, busy: bool) {
    let Some(button) = find(form, "button") else { return };
    if busy {
        set(form, SENT, "");
        set(&button, "aria-busy", "true");
    } else {
        _ = form.remove_attribute(SENT);
        _ = button.remove_attribute("aria-busy");
    }
}

/// What the browser brings, or the attribute that says why it brings nothing.
async fn bring(form: &Element) -> Result<String, &'static str> {
    let act = attribute(form, "data-act");
    let reader = if act == PasskeyAct::Create.name() {
        "parseCreationOptionsFromJSON"
    } else {
        "parseRequestOptionsFromJSON"
    };
    let window = web_sys::window().ok_or("data-too-old")?;
    let maker = Reflect::get(&window, &"PublicKeyCredential".into()).map_err(|_| "data-too-old")?;
    let read = function(&maker, reader).ok_or("data-too-old")?;
    let body = UrlSearchParams::new().ok().map(Into::into);
    let Some(question) = ask(&attribute(form, "data-ask"), body)
        .await
        .and_then(|answer| answer.whole_text())
    else {
        return Ok(String::new());
    };
    let brought = credential(&act, &maker, &read, &question).await.map_err(|error| {
        let name = Reflect::get(&error, &"name".into())
            .ok()
            .and_then(|name| name.as_string());
        if name.as_deref() == Some("InvalidStateError") {
            "data-known"
        } else {
            "data-given-up"
        }
    })?;
    Ok(brought)
}

async fn credential(act: &str, maker: &JsValue, read: &Function, question: &str) -> Result<String, JsValue> {
    let options = Object::new();
    Reflect::set(
        &options,
        &"publicKey".into(),
        &read.call1(maker, &JSON::parse(question)?)?,
    )?;
    let keeper = Reflect::get(
        &Reflect::get(&js_sys::global(), &"navigator".into())?,
        &"credentials".into(),
    )?;
    let asked = function(&keeper, act)
        .ok_or(JsValue::UNDEFINED)?
        .call1(&keeper, &options)?;
    let brought = JsFuture::from(asked.dyn_into::<Promise>()?).await?;
    Ok(JSON::stringify(&brought)?.into())
}

fn function(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn is_a_form_that_says_what_to_do_without_javascript() {
        let texts = PasskeyTexts {
            given_up: "nothing came".into(),
            known: "there already".into(),
            too_old: "too old".into(),
            without_script: "needs JavaScript".into(),
        };
        let html = render(|| {
            view! { <PasskeyForm action="/to" ask="/from" act=PasskeyAct::Get label="Use a passkey" texts=texts /> }
        });
        for part in [
            r#"action="/to""#,
            r#"data-ask="/from""#,
            r#"data-act="get""#,
            r#"data-given-up="nothing came""#,
            r#"name="credential""#,
            "needs JavaScript",
            r#"role="status""#,
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }
}
