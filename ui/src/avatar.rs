//! A person or organization in one small picture: their image, or initials on a colour that stays theirs.

use crate::{MaybeText, Text};
use leptos::prelude::*;

/// How large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarSize {
    /// 20 px, inside text.
    Tiny,
    /// 24 px, in table rows.
    Small,
    /// 32 px.
    #[default]
    Medium,
    /// 64 px, on profile pages.
    Large,
}

/// People are round, organizations are square.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AvatarShape {
    /// A person.
    #[default]
    Circle,
    /// An organization.
    Square,
}

/// At most two initials: of the first and the last word.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// The same name has the same of eight colours everywhere and always.
pub(crate) fn hue(seed: &str) -> u32 {
    let hash = seed.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ (hash >> 17)) % 8
}

/// A picture of someone whose name stands beside it; `alone` gives it that name for screen readers.
#[component]
pub fn Avatar(
    /// Whose.
    #[prop(into)]
    name: Text,
    /// What decides the colour; the name when absent. An id keeps the colour through a change of name.
    #[prop(optional, into)]
    seed: MaybeText,
    /// Their own image.
    #[prop(optional, into)]
    src: MaybeText,
    /// How large.
    #[prop(optional)]
    size: AvatarSize,
    /// Person or organization.
    #[prop(optional)]
    shape: AvatarShape,
    /// No name stands beside it.
    #[prop(optional)]
    alone: bool,
) -> impl IntoView {
    let size = match size {
        AvatarSize::Tiny => "avatar avatar-tiny",
        AvatarSize::Small => "avatar avatar-small",
        AvatarSize::Medium => "avatar",
        AvatarSize::Large => "avatar avatar-large",
    };
    let square = shape == AvatarShape::Square;
    if let Some(src) = src.0 {
        let alt = if alone { name } else { "".into() };
        return view! { <img class=size class:avatar-square=square src=src alt=alt width="64" height="64" /> }
            .into_any();
    }
    let colour = format!("avatar-{}", hue(seed.0.as_deref().unwrap_or(&name)));
    let letters = initials(&name);
    let role = alone.then_some("img");
    let hidden = (!alone).then_some("true");
    view! {
        <span class=format!("{size} {colour}") class:avatar-square=square role=role aria-label=alone.then_some(name) aria-hidden=hidden>
            {letters}
        </span>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::render;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(initials("North Pier Studio"), "NS");
        assert_eq!(initials("plinth"), "P");
        assert_eq!(initials("  (quiet) water "), "QW");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn beside_a_name_it_is_decoration_and_alone_it_is_an_image() {
        let beside = render(|| view! { <Avatar name="North Pier" /> });
        assert!(beside.contains(r#"aria-hidden="true""#), "{beside}");
        let alone = render(|| view! { <Avatar name="North Pier" alone=true /> });
        assert!(
            alone.contains(r#"role="img""#) && alone.contains(r#"aria-label="North Pier""#),
            "{alone}"
        );
    }
}
