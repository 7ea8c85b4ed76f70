//! The words of the page that stands in for everything that is closed.

use domain::maintenance::Window;

use crate::{format::Formatter, messages};

#[derive(Debug)]
pub struct Words {
    pub title: &'static str,
    pub text: String,
    /// Leads to the status page.
    pub link: &'static str,
}

/// For people of whom neither language nor zone is known.
pub fn words(window: &Window) -> Words {
    let texts = &messages::of(contract::preferences::Locale::default()).notices;
    let until = window
        .ends_at
        .map(|end| format!("{} UTC", Formatter::for_strangers().moment(end).text));
    let text = (texts.closed_text)(until.as_deref());
    Words {
        title: texts.closed_title,
        text: if window.message.is_empty() {
            text
        } else {
            format!("{} {text}", window.message)
        },
        link: texts.status,
    }
}
