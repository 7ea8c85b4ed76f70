//! The text props of every component: borrowed from a message catalogue or owned, and sometimes absent.

use std::borrow::Cow;

/// A text as components take it: `&'static str` from a catalogue or a `String` made for this page.
pub type Text = Cow<'static, str>;

/// An optional text prop that takes a text as well as an `Option` of one, so that callers need neither `Some(…)` nor
/// an `if` around a component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaybeText(pub Option<Text>);

impl MaybeText {
    /// Whether there is a text to show.
    pub const fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The text, or the empty string.
    pub fn or_empty(self) -> Text {
        self.0.unwrap_or_default()
    }
}

impl From<Text> for MaybeText {
    fn from(text: Text) -> Self {
        Self(Some(text))
    }
}

impl From<&'static str> for MaybeText {
    fn from(text: &'static str) -> Self {
        Self(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for MaybeText {
    fn from(text: String) -> Self {
        Self(Some(Cow::Owned(text)))
    }
}

impl From<Option<Text>> for MaybeText {
    fn from(text: Option<Text>) -> Self {
        Self(text)
    }
}

impl From<Option<&'static str>> for MaybeText {
    fn from(text: Option<&'static str>) -> Self {
        Self(text.map(Cow::Borrowed))
    }
}

impl From<Option<String>> for MaybeText {
    fn from(text: Option<String>) -> Self {
        Self(text.map(Cow::Owned))
    }
}
