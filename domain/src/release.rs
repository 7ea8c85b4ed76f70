//! Which release this is: the version, and of which build. Told in reports of problems, to the payment provider and at the terminal.

use std::sync::LazyLock;

/// What whoever builds it calls the build, such as the commit it is of. Empty where nobody has said it. It is read when this is
/// compiled, so that a program cannot be told to be another one.
const BUILD: &str = match option_env!("PLINTH_RELEASE") {
    Some(build) => build,
    None => "",
};

const _: () = assert!(
    is_name(BUILD),
    "PLINTH_RELEASE is at most 64 letters, digits, dots, dashes and underscores"
);

static RELEASE: LazyLock<String> = LazyLock::new(|| name(env!("CARGO_PKG_VERSION"), BUILD));

/// The version and the build, such as `0.1.0+4f2c91d`; the version alone where the build has no name.
pub fn release() -> &'static str {
    &RELEASE
}

fn name(version: &str, build: &str) -> String {
    if build.is_empty() {
        version.to_owned()
    } else {
        format!("{version}+{build}")
    }
}

/// It stands in a header and in a column, beside the version.
const fn is_name(build: &str) -> bool {
    let bytes = build.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !(bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'.' | b'-' | b'_')) {
            return false;
        }
        at += 1;
    }
    at <= 64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_is_told_from_another_of_the_same_version() {
        assert_eq!(name("0.1.0", "4f2c91d"), "0.1.0+4f2c91d");
        assert_eq!(name("0.1.0", ""), "0.1.0");
        assert_eq!(
            release(),
            name(
                env!("CARGO_PKG_VERSION"),
                option_env!("PLINTH_RELEASE").unwrap_or_default()
            )
        );
    }

    #[test]
    fn what_a_build_is_called_fits_where_it_stands() {
        for good in ["", "4f2c91d", "2026-11-22_b.7", &"a".repeat(64)] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["a b", "a\n", "größe", "a/b", &"a".repeat(65)] {
            assert!(!is_name(bad), "{bad}");
        }
    }
}
