//! Markup that is the same in every row of a table but for a few words: rendered once, printed for each row.

use leptos::{prelude::*, tachys::html::InertElement};

/// Where the words go, in the order in which they are given. The characters are for private use: no text of ours has them.
const MARKS: [&str; 8] = [
    "\u{E000}", "\u{E001}", "\u{E002}", "\u{E003}", "\u{E004}", "\u{E005}", "\u{E006}", "\u{E007}",
];

/// One element, rendered, with `N` places for words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp<const N: usize> {
    /// What stands before the first word.
    start: String,
    /// Which word comes next, and what stands after it.
    rest: Vec<(usize, String)>,
}

impl<const N: usize> Stamp<N> {
    /// `view` is given a mark for each word, and puts it wherever the word goes: in texts and in attributes.
    pub fn new<V: IntoView>(view: impl FnOnce([&'static str; N]) -> V) -> Self {
        const { assert!(N <= MARKS.len()) };
        let marks = std::array::from_fn(|number| MARKS[number]);
        let html = view(marks).into_view().to_html();
        let mut next = None;
        let mut start = String::new();
        let mut rest: Vec<(usize, String)> = Vec::new();
        for piece in html.split_inclusive(|character| word(character).is_some()) {
            let last = piece.chars().next_back().and_then(word);
            let text = last
                .map_or(piece, |_| &piece[..piece.len() - MARKS[0].len()])
                .to_owned();
            match next {
                None => start = text,
                Some(number) => rest.push((number, text)),
            }
            next = last;
        }
        if let Some(number) = next {
            rest.push((number, String::new()));
        }
        Self { start, rest }
    }

    /// The element with these words, escaped.
    pub fn print(&self, words: [&str; N]) -> InertElement {
        let words = words.map(html_escape::encode_safe::<str>);
        let mut html = self.start.clone();
        for (number, text) in &self.rest {
            html.push_str(&words[*number]);
            html.push_str(text);
        }
        InertElement::new(html)
    }
}

fn word(character: char) -> Option<usize> {
    MARKS.iter().position(|mark| mark.starts_with(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(stamp: &Stamp<2>, words: [&str; 2]) -> String {
        stamp.print(words).to_html()
    }

    #[test]
    fn words_stand_where_their_marks_were() {
        let stamp = Stamp::new(|[id, name]| view! { <a href=format!("/p/{id}?again={id}") title=name>{name}</a> });
        let html = printed(&stamp, ["7", "Harbour"]).replace("<!>", "");
        assert_eq!(html, r#"<a href="/p/7?again=7" title="Harbour">Harbour</a>"#);
    }

    #[test]
    fn a_word_cannot_end_its_attribute_or_begin_an_element() {
        let stamp = Stamp::new(|[id, name]| view! { <a href=id title=name>{name}</a> });
        let html = printed(&stamp, ["\" onclick=\"x", "</a><script>'&\u{E000}"]);
        assert_eq!(
            html.matches(['<', '>']).count(),
            4 + 2 * html.matches("<!>").count(),
            "{html}"
        );
        assert_eq!(html.matches('"').count(), 4, "{html}");
        assert!(html.contains("\u{E000}"), "a mark within a word is no mark");
    }

    #[test]
    fn it_may_begin_and_end_with_a_word_and_leave_one_out() {
        let stamp = Stamp::<2>::new(|[id, _]| id);
        assert_eq!(printed(&stamp, ["7", "Harbour"]).replace("<!>", ""), "7");
    }
}
