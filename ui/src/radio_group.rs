//! A choice of one from a few, all visible.

use crate::{MaybeText, Text, field};
use leptos::prelude::*;

/// One thing to choose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RadioOption {
    /// What is sent.
    pub value: Text,
    /// What is read.
    pub label: Text,
    /// What follows from it.
    pub hint: MaybeText,
    /// Whether it cannot be chosen now.
    pub disabled: bool,
}

impl RadioOption {
    /// An option that can be chosen, with nothing more to say.
    pub fn new(value: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    /// The same option with an explanation below it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<MaybeText>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// A group of radio buttons with its question as legend.
#[component]
pub fn RadioGroup(
    /// The name it is sent under; also the stem of the ids.
    #[prop(into)]
    name: Text,
    /// The question.
    #[prop(into)]
    legend: Text,
    /// What there is to choose.
    options: Vec<RadioOption>,
    /// The value chosen at first.
    #[prop(optional, into)]
    selected: MaybeText,
    /// How to answer.
    #[prop(optional, into)]
    hint: MaybeText,
    /// What is wrong with the answer and what to do.
    #[prop(optional, into)]
    error: MaybeText,
    /// Shows each option as a card.
    #[prop(optional)]
    cards: bool,
    /// Refuses to be sent without a choice.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let described_by = field::described_by(&name, hint.is_some(), error.is_some());
    let invalid = field::invalid(error.is_some());
    let error = field::error_line(&name, error);
    let hint = hint
        .0
        .map(|hint| view! { <p class="field-hint" id=format!("{name}-hint")>{hint}</p> });
    let options = options
        .into_iter()
        .map(|option| {
            let id = format!("{name}-{}", option.value);
            let described_by = field::described_by(&id, option.hint.is_some(), false);
            let hint = option
                .hint
                .0
                .map(|hint| view! { <p class="field-hint" id=format!("{id}-hint")>{hint}</p> });
            let checked = selected.0.as_ref() == Some(&option.value);
            view! {
                <div class="choice">
                    <input
                        class="radio"
                        type="radio"
                        id=id.clone()
                        name=name.clone()
                        value=option.value
                        checked=checked
                        required=required
                        disabled=option.disabled
                        aria-describedby=described_by
                    />
                    <label class="choice-label" for=id>
                        {option.label}
                    </label>
                    {hint}
                </div>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <fieldset class="choice-group" class:choice-cards=cards role="radiogroup" id=name.clone() aria-invalid=invalid aria-describedby=described_by>
            <legend class="field-label">{legend}</legend>
            {options}
            {error}
            {hint}
        </fieldset>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn one_name_many_ids_one_choice() {
        let html = render(|| {
            let options = vec![
                RadioOption::new("all", "Everything"),
                RadioOption::new("mine", "Only mine").hint("Tasks that are yours."),
            ];
            view! { <RadioGroup name="notify" legend="Tell me about" options=options selected="mine" error="Choose one." /> }
        });
        assert!(
            html.contains("<legend class=\"field-label\">Tell me about</legend>"),
            "{html}"
        );
        assert_eq!(html.matches(r#"name="notify""#).count(), 2, "{html}");
        assert_eq!(html.matches(" checked").count(), 1, "{html}");
        assert!(
            html.contains(r#"id="notify-mine""#) && html.contains(r#"for="notify-mine""#),
            "{html}"
        );
        assert!(html.contains(r#"aria-describedby="notify-error""#), "{html}");
    }
}
