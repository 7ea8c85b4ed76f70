//! A line of text with suggestions. Without JavaScript the browser shows them by `<datalist>`.

use crate::{
    MaybeText, Text,
    browser::{attribute, awake, find, find_input, key, listen, set},
    field::{self, FieldTexts},
    option_list,
};
use leptos::prelude::*;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};

/// One suggestion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComboboxOption {
    /// The text it fills in and sends.
    pub value: Text,
    /// A word about it.
    pub detail: MaybeText,
}

impl ComboboxOption {
    /// A suggestion without more words.
    pub fn new(value: impl Into<Text>) -> Self {
        Self {
            value: value.into(),
            detail: MaybeText(None),
        }
    }
}

/// A labelled line of text with suggestions. What is sent is the text; the server decides whether it will do.
#[component]
pub fn Combobox(
    /// The name it is sent under.
    #[prop(into)]
    name: Text,
    /// What is asked for.
    #[prop(into)]
    label: Text,
    /// The suggestions.
    options: Vec<ComboboxOption>,
    /// What the list says when nothing fits.
    #[prop(into)]
    empty_text: Text,
    /// Its id; the name when absent.
    #[prop(optional, into)]
    id: MaybeText,
    /// What it holds at first.
    #[prop(optional, into)]
    value: MaybeText,
    /// An example of an answer.
    #[prop(optional, into)]
    placeholder: MaybeText,
    /// How to answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// Refuses to be sent empty.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described_by = field::described_by(&id, hint.is_some(), error.is_some());
    let list_id = format!("{id}-list");
    let data_id = format!("{id}-data");
    let data = options
        .iter()
        .map(|option| view! { <option value=option.value.clone()></option> })
        .collect::<Vec<_>>();
    let rows = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let find = option.value.to_lowercase();
            let text = option.value.clone();
            view! {
                <li class="combobox-option" role="option" aria-selected="false" id=format!("{list_id}-{index}") data-find=find data-value=option.value>
                    {text}
                    {option.detail.0.map(|detail| view! { <span class="combobox-detail">{detail}</span> })}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let (control_id, list_label) = (id.clone(), label.clone());
    let invalid = field::invalid(error.is_some());
    let control = view! {
        <ComboboxKeys>
            <input
                class="input"
                type="text"
                id=control_id
                name=name
                list=data_id.clone()
                value=value.0
                placeholder=placeholder.0
                autocomplete="off"
                required=required
                aria-invalid=invalid
                aria-describedby=described_by
            />
            <datalist id=data_id>{data}</datalist>
            <div class="menu-panel combobox-panel" hidden>
                <ul role="listbox" id=list_id aria-label=list_label>
                    {rows}
                </ul>
                <p class="switcher-none" data-none="" hidden>
                    {empty_text}
                </p>
            </div>
        </ComboboxKeys>
    }
    .into_any();
    field::frame(
        FieldTexts {
            id,
            label,
            label_hidden,
            note: MaybeText(None),
            hint,
            error,
        },
        control,
    )
}

#[island]
fn ComboboxKeys(children: Children) -> impl IntoView {
    view! {
        <div class="combobox" use:combobox_keys>
            {children()}
        </div>
    }
}

fn combobox_keys(root: Element) {
    let (Some(input), Some(panel)) = (find_input(&root, "input"), find(&root, ".combobox-panel")) else {
        return;
    };
    let Some(list) = find(&panel, "[role=listbox]") else {
        return;
    };
    awake(&root);
    _ = input.remove_attribute("list");
    set(&input, "role", "combobox");
    set(&input, "aria-controls", &list.id());
    set(&input, "aria-autocomplete", "list");
    set(&input, "aria-expanded", "false");

    let show: Rc<dyn Fn(bool)> = {
        let (input, panel) = (input.clone(), panel.clone());
        Rc::new(move |open: bool| {
            panel.set_hidden(!open);
            set(&input, "aria-expanded", if open { "true" } else { "false" });
        })
    };
    let choose: option_list::Choose = {
        let (input, show) = (input.clone(), show.clone());
        Rc::new(move |option: &HtmlElement| {
            input.set_value(&attribute(option, "data-value"));
            show(false);
        })
    };
    {
        let choose = choose.clone();
        // Before the field loses the focus: a click on an option must not close the list under the pointer.
        listen(
            &list,
            "pointerdown",
            Box::new(move |event| {
                event.prevent_default();
                let target = event
                    .target()
                    .and_then(|target| wasm_bindgen::JsCast::dyn_into::<Element>(target).ok());
                let option = target.and_then(|target| target.closest("[role=option]").ok().flatten());
                if let Some(option) =
                    option.and_then(|option| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(option).ok())
                {
                    choose(&option);
                }
            }),
        );
    }
    {
        let show = show.clone();
        listen(&input, "blur", Box::new(move |_| show(false)));
    }
    {
        let show = show.clone();
        listen(&input, "input", Box::new(move |_| show(true)));
    }
    {
        let panel = panel.clone();
        // Heard before the list hears the same key: Enter in a closed list sends the form, an arrow opens it.
        listen(
            &input,
            "keydown",
            Box::new(move |event| match key(&event).as_str() {
                "ArrowDown" | "ArrowUp" => show(true),
                "Escape" if !panel.hidden() => {
                    event.prevent_default();
                    show(false);
                }
                "Enter" if panel.hidden() => event.stop_immediate_propagation(),
                _ => {}
            }),
        );
    }
    option_list::drive(&root, input, choose);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn without_javascript_the_browser_suggests() {
        let html = render(|| {
            let options = vec![ComboboxOption::new("Europe/Paris"), ComboboxOption::new("Asia/Tokyo")];
            view! { <Combobox name="zone" label="Time zone" options=options empty_text="No such zone" /> }
        });
        assert!(
            html.contains(r#"list="zone-data""#) && html.contains(r#"<datalist id="zone-data">"#),
            "{html}"
        );
        assert!(html.contains(r#"<option value="Asia/Tokyo">"#), "{html}");
        assert!(html.contains(r#"data-find="asia/tokyo""#), "{html}");
    }
}
