//! Addresses out of a text that somebody has pasted: from a list, a spreadsheet, or the head of a mail.

use contract::email::EmailAddress;

/// One entry of the text, as it stood there, and the address in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pasted {
    pub typed: String,
    pub address: Option<EmailAddress>,
}

impl Pasted {
    /// What is to be pasted again: the address, of which nothing is cut off.
    pub fn again(self) -> String {
        self.address.map_or(self.typed, |address| address.to_string())
    }
}

/// What is kept of an entry that is no address.
const SHOWN: usize = 100;

/// Entries stand between commas, semicolons, tabs and new lines; addresses alone may stand between spaces as well. A name may
/// come first: `Ann Example <ann@example.test>`, and hold what otherwise parts when it is quoted.
pub(super) fn parse(text: &str) -> Vec<Pasted> {
    entries(text)
        .iter()
        .flat_map(|entry| words(entry))
        .map(|typed| Pasted {
            address: EmailAddress::parse(bare(typed)).ok(),
            typed: typed.chars().take(SHOWN).collect(),
        })
        .collect()
}

fn entries(text: &str) -> Vec<String> {
    let (mut entries, mut entry, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                entry.push(c);
            }
            // A quote that is never closed ends with its line.
            '\n' | '\r' => {
                quoted = false;
                entries.push(std::mem::take(&mut entry));
            }
            ',' | ';' | '\t' if !quoted => entries.push(std::mem::take(&mut entry)),
            c if c.is_control() => {}
            c => entry.push(c),
        }
    }
    entries.push(entry);
    entries
        .into_iter()
        .map(|entry| entry.trim().to_owned())
        .filter(|entry| !entry.is_empty())
        .collect()
}

/// An entry, or the addresses of one that is nothing but addresses.
fn words(entry: &str) -> Vec<&str> {
    if !entry.contains('<') && entry.split_whitespace().all(|word| word.contains('@')) {
        entry.split_whitespace().collect()
    } else {
        vec![entry]
    }
}

/// Without the name before it and what browsers and mail programs put around it.
fn bare(entry: &str) -> &str {
    let address = match (entry.rfind('<'), entry.rfind('>')) {
        (Some(start), Some(end)) if start < end => &entry[start + 1..end],
        _ => entry,
    };
    let address = address.trim().trim_matches(['"', '\'']);
    address.strip_prefix("mailto:").unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(text: &str) -> Vec<String> {
        parse(text)
            .into_iter()
            .map(|pasted| {
                pasted
                    .address
                    .map_or_else(|| format!("! {}", pasted.typed), String::from)
            })
            .collect()
    }

    #[test]
    fn whatever_stands_between_them() {
        assert_eq!(
            addresses("a@x.example, b@x.example;c@x.example\nd@x.example\r\n\te@x.example  f@x.example ,,\n\n"),
            [
                "a@x.example",
                "b@x.example",
                "c@x.example",
                "d@x.example",
                "e@x.example",
                "f@x.example"
            ]
        );
        assert_eq!(addresses(" \n ;, "), [""; 0]);
    }

    #[test]
    fn whatever_stands_around_them() {
        assert_eq!(
            addresses(
                "Ann Example <ann@x.example>, \"Doe, John\" <john@x.example>; mailto:sue@x.example; <'bob@x.example'>"
            ),
            ["ann@x.example", "john@x.example", "sue@x.example", "bob@x.example"]
        );
    }

    #[test]
    fn what_is_no_address_is_named_as_it_stood() {
        assert_eq!(
            addresses("ann@, John Doe, a@b.example John\n\"open, quote\nb@x.example"),
            [
                "! ann@",
                "! John Doe",
                "! a@b.example John",
                "! \"open, quote",
                "b@x.example"
            ]
        );
        assert_eq!(addresses(&"x".repeat(500))[0].len(), SHOWN + 2);
    }
}
