//! Where all of this is found.

/// The page of the danger zone.
pub fn path(slug: &str) -> String {
    format!("/o/{slug}/settings/danger")
}
