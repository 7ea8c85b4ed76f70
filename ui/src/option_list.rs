//! A text field that drives a list: typing filters, arrows move, Enter chooses. Shared by the command palette, the
//! switcher and the combobox, so that they feel the same and cost the wasm once.
//!
//! The markup: options carry what they are found by in `data-find`, in lower case, and in a list with a highlight also
//! `role="option"` and an id; groups (`role="group"`) hide with their last option; an element with `data-none` shows
//! when nothing fits, unless the root says by `data-unsure` that more may come.

use crate::browser::{attribute, find, find_all, key, listen, lowercase, set};
use std::{cell::RefCell, rc::Rc};
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// What a list does with the option chosen.
pub(crate) type Choose = Rc<dyn Fn(&HtmlElement)>;

struct OptionList {
    root: Element,
    input: HtmlInputElement,
    options: Vec<HtmlElement>,
    active: Option<usize>,
}

impl OptionList {
    fn filter(&mut self) {
        let first = self.fit();
        self.activate(first);
    }

    /// After options came or went. What is chosen stays so while it fits.
    fn reload(&mut self) {
        let chosen = self.active.take().and_then(|index| self.options.get(index).cloned());
        self.options = find_all(&self.root, "[data-find]");
        let first = self.fit();
        let kept = chosen
            .filter(|option| !option.hidden())
            .and_then(|chosen| self.options.iter().position(|option| *option == chosen));
        self.activate(kept.or(first));
    }

    /// Hides what does not fit and says which is the first that does.
    fn fit(&mut self) -> Option<usize> {
        let wanted = lowercase(&self.input.value());
        let mut first = None;
        for (index, option) in self.options.iter().enumerate() {
            let haystack = attribute(option, "data-find");
            let fits = wanted.split_whitespace().all(|word| haystack.contains(word));
            option.set_hidden(!fits);
            if fits && first.is_none() {
                first = Some(index);
            }
        }
        for group in find_all(&self.root, "[role=group]") {
            group.set_hidden(find(&group, "[data-find]:not([hidden])").is_none());
        }
        if let Some(none) = find(&self.root, "[data-none]") {
            none.set_hidden(first.is_some() || self.root.has_attribute("data-unsure"));
        }
        first
    }

    fn activate(&mut self, next: Option<usize>) {
        if let Some(before) = self.active.take().and_then(|index| self.options.get(index)) {
            set(before, "aria-selected", "false");
        }
        self.active = next;
        if let Some(option) = next.and_then(|index| self.options.get(index)) {
            set(option, "aria-selected", "true");
            set(&self.input, "aria-activedescendant", &option.id());
            option.scroll_into_view_with_bool(false);
        } else {
            _ = self.input.remove_attribute("aria-activedescendant");
        }
    }

    /// The next visible option in a direction, around the end.
    fn step(&self, forward: bool) -> Option<usize> {
        let count = self.options.len();
        let mut at = self.active.unwrap_or(if forward { count.wrapping_sub(1) } else { 0 });
        for _ in 0..count {
            at = if forward {
                (at + 1) % count
            } else {
                (at + count - 1) % count
            };
            if self.options.get(at).is_some_and(|option| !option.hidden()) {
                return Some(at);
            }
        }
        None
    }
}

/// What its owner can ask of a list.
#[derive(Clone)]
pub(crate) struct Driven(Rc<RefCell<OptionList>>);

impl Driven {
    /// Shows what fits, the first of it chosen.
    pub(crate) fn filter(&self) {
        self.0.borrow_mut().filter();
    }

    /// Takes options into account that came or went.
    pub(crate) fn reload(&self) {
        self.0.borrow_mut().reload();
    }
}

/// Lets a text field drive the options inside `root`.
pub(crate) fn drive(root: &Element, input: HtmlInputElement, choose: Choose) -> Driven {
    let options = find_all(root, "[data-find]");
    let list = Rc::new(RefCell::new(OptionList {
        root: root.clone(),
        input: input.clone(),
        options,
        active: None,
    }));
    {
        let list = list.clone();
        listen(&input, "input", Box::new(move |_| list.borrow_mut().filter()));
    }
    {
        let list = list.clone();
        let keys = input.clone();
        listen(
            &keys,
            "keydown",
            Box::new(move |event| {
                let pressed = key(&event);
                let chosen = {
                    let mut list = list.borrow_mut();
                    match pressed.as_str() {
                        "ArrowDown" | "ArrowUp" => {
                            let next = list.step(pressed == "ArrowDown");
                            list.activate(next);
                            None
                        }
                        "Enter" => match list.active.and_then(|index| list.options.get(index).cloned()) {
                            Some(option) => Some(option),
                            None => return,
                        },
                        _ => return,
                    }
                };
                event.prevent_default();
                if let Some(option) = chosen {
                    choose(&option);
                }
            }),
        );
    }
    Driven(list)
}

/// Lets a text field hide what does not fit, for lists of links that are walked by focus. Enter chooses the first left.
pub(crate) fn filter_only(root: &Element, input: HtmlInputElement, choose: Choose) {
    let list = Rc::new(RefCell::new(OptionList {
        root: root.clone(),
        options: find_all(root, "[data-find]"),
        input: input.clone(),
        active: None,
    }));
    let typed = list.clone();
    listen(&input, "input", Box::new(move |_| _ = typed.borrow_mut().fit()));
    listen(
        &input,
        "keydown",
        Box::new(move |event| {
            if key(&event) == "Enter" {
                event.prevent_default();
                let first = list.borrow().options.iter().find(|option| !option.hidden()).cloned();
                if let Some(first) = first {
                    choose(&first);
                }
            }
        }),
    );
}
