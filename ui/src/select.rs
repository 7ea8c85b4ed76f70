//! A choice of one from a short list, by the browser's own control.

use crate::{
    Icon, IconName, IconSize, MaybeText, Text,
    field::{self, FieldTexts},
};
use leptos::prelude::*;

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What is sent.
    pub value: Text,
    /// What is read.
    pub label: Text,
    /// Whether it cannot be chosen now.
    pub disabled: bool,
}

impl SelectOption {
    /// An option that can be chosen.
    pub fn new(value: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            disabled: false,
        }
    }
}

/// A labelled list to choose one from.
#[component]
pub fn Select(
    /// The name it is sent under.
    #[prop(into)]
    name: Text,
    /// What is asked for.
    #[prop(into)]
    label: Text,
    /// What there is to choose.
    options: Vec<SelectOption>,
    /// The value chosen at first.
    #[prop(optional, into)]
    selected: MaybeText,
    /// Its id; the name when absent.
    #[prop(optional, into)]
    id: MaybeText,
    /// How to answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// A word beside the label, such as "Optional".
    #[prop(optional, into)]
    note: MaybeText,
    /// Keeps the label for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
    /// Refuses an option with an empty value.
    #[prop(optional)]
    required: bool,
    /// Cannot be used now and is not sent.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    let id = id.0.unwrap_or_else(|| name.clone());
    let described_by = field::described_by(&id, hint.is_some(), error.is_some());
    let options = options
        .into_iter()
        .map(|option| {
            let chosen = selected.0.as_ref() == Some(&option.value);
            view! {
                <option value=option.value selected=chosen disabled=option.disabled>
                    {option.label}
                </option>
            }
        })
        .collect::<Vec<_>>();
    let control = view! {
        <div class="select">
            <select
                class="input"
                id=id.clone()
                name=name
                required=required
                disabled=disabled
                aria-invalid=field::invalid(error.is_some())
                aria-describedby=described_by
            >
                {options}
            </select>
            <Icon name=IconName::ChevronDown size=IconSize::Small />
        </div>
    }
    .into_any();
    field::frame(
        FieldTexts {
            id,
            label,
            label_hidden,
            note,
            hint,
            error,
        },
        control,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn exactly_the_chosen_option_is_selected() {
        let html = render(|| {
            let options = vec![SelectOption::new("open", "Open"), SelectOption::new("done", "Done")];
            view! { <Select name="state" label="State" options=options selected="done" /> }
        });
        assert_eq!(html.matches(" selected").count(), 1, "{html}");
        assert!(html.contains(r#"<option value="done" selected"#), "{html}");
    }
}
