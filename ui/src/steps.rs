//! Where one stands in a task of several pages.

use crate::{Icon, IconName, IconSize, MaybeText, Text};
use leptos::prelude::*;

/// Whether a step lies behind, here or ahead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    /// Ahead.
    #[default]
    Ahead,
    /// Here.
    Current,
    /// Behind.
    Done,
}

/// One step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What is done in it.
    pub label: Text,
    /// More about it.
    pub text: MaybeText,
    /// Where it leads, for checklists.
    pub href: MaybeText,
    /// Where it lies.
    pub state: StepState,
}

impl Step {
    /// A step with a name only.
    pub fn new(label: impl Into<Text>, state: StepState) -> Self {
        Self {
            label: label.into(),
            state,
            ..Self::default()
        }
    }

    /// The same step with an explanation.
    #[must_use]
    pub fn text(mut self, text: impl Into<MaybeText>) -> Self {
        self.text = text.into();
        self
    }

    /// The same step as a link.
    #[must_use]
    pub fn href(mut self, href: impl Into<MaybeText>) -> Self {
        self.href = href.into();
        self
    }
}

/// Steps in their order: across by default, one below the other as a checklist when `vertical`.
#[component]
pub fn Steps(
    /// What they lead to.
    #[prop(into)]
    label: Text,
    /// The steps.
    steps: Vec<Step>,
    /// What a finished step is called by screen readers.
    #[prop(into)]
    done_label: Text,
    /// One below the other.
    #[prop(optional)]
    vertical: bool,
) -> impl IntoView {
    let items = steps
        .into_iter()
        .enumerate()
        .map(|(place, step)| {
            let class = match step.state {
                StepState::Ahead => "step",
                StepState::Current => "step step-current",
                StepState::Done => "step step-done",
            };
            let current = (step.state == StepState::Current).then_some("step");
            let mark = if step.state == StepState::Done {
                view! { <Icon name=IconName::Check size=IconSize::Small label=done_label.clone() /> }.into_any()
            } else {
                (place + 1).into_any()
            };
            let label = match step.href.0 {
                Some(href) => view! { <a class="step-label" href=href>{step.label}</a> }.into_any(),
                None => view! { <span class="step-label">{step.label}</span> }.into_any(),
            };
            view! {
                <li class=class aria-current=current>
                    <span class="step-mark">{mark}</span>
                    <span class="step-words">
                        {label} {step.text.0.map(|text| view! { <span class="step-text">{text}</span> })}
                    </span>
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <ol class="steps" class:steps-vertical=vertical aria-label=label>
            {items}
        </ol>
    }
}
