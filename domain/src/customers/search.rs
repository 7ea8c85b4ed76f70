//! What somebody typed into a search, as patterns.

use uuid::Uuid;

/// What is looked for. Control characters are in no name, and Postgres takes no text with a zero byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Needle(String);

impl Needle {
    pub fn of(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().filter(|c| !c.is_control()).collect();
        (!text.is_empty()).then(|| Self(text.to_lowercase()))
    }

    /// In small letters, as it was typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    pub fn id(&self) -> Option<Uuid> {
        self.0.parse().ok()
    }

    /// Matches it anywhere, and takes the wildcards in it as they are.
    pub fn anywhere(&self) -> String {
        format!("%{}%", self.escaped())
    }

    /// Matches what begins so.
    pub fn beginning(&self) -> String {
        format!("{}%", self.escaped())
    }

    fn escaped(&self) -> String {
        let mut pattern = String::with_capacity(self.0.len());
        for c in self.0.chars() {
            if matches!(c, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(c);
        }
        pattern
    }
}

#[cfg(test)]
mod tests {
    use super::Needle;

    #[test]
    fn wildcards_are_taken_as_they_are_and_nothing_is_no_search() {
        assert_eq!(Needle::of(" \u{0} "), None);
        let needle = Needle::of(" 50%_Off\\\u{0}").unwrap();
        assert_eq!(needle.anywhere(), r"%50\%\_off\\%");
        assert_eq!(needle.beginning(), r"50\%\_off\\%");
        assert_eq!(needle.id(), None);
        assert!(
            Needle::of("01890a5d-ac96-774b-bcce-b302099a8057")
                .unwrap()
                .id()
                .is_some()
        );
    }
}
