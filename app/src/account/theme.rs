//! Light, dark, or as the device says.

use contract::error::Result;
use leptos::prelude::*;

/// Works signed out too: the choice is a cookie, so that the first paint is right. Signed in, it is kept with the person
/// and follows them to the next device.
#[server]
pub async fn set_theme(theme: String) -> Result<()> {
    use contract::{FieldCode, preferences::Theme};

    let theme = Theme::from_key(&theme).ok_or_else(|| contract::Error::field("theme", FieldCode::Malformed))?;
    if let Some(user) = crate::session::maybe_user().await? {
        let deps = crate::session::deps()?;
        domain::identity::profile::set_theme(&user, &deps, theme).await?;
    }
    remember(theme);
    crate::response::redirect_to(&came_from());
    Ok(())
}

/// Tells the browser, for a year.
#[cfg(feature = "ssr")]
pub(crate) fn remember(theme: contract::preferences::Theme) {
    crate::session::append_cookie(&cookie(theme.key()));
}

#[cfg(feature = "ssr")]
fn cookie(theme: &'static str) -> axum_extra::extract::cookie::Cookie<'static> {
    use crate::session::{THEME_COOKIE, cookie};

    let year = std::time::Duration::from_hours(365 * 24);
    let mut cookie = cookie(THEME_COOKIE, theme.to_owned(), year);
    // The page writes the same one when somebody chooses.
    cookie.set_http_only(false);
    cookie
}

/// What the page writes when this is chosen.
#[cfg(feature = "ssr")]
pub(crate) fn cookie_of(theme: &'static str) -> String {
    cookie(theme).encoded().to_string()
}

/// At sign-in. A browser in which somebody chose light or dark stays as it is; any other takes on what the person likes.
#[cfg(feature = "ssr")]
pub(crate) fn take_on(theme: contract::preferences::Theme) {
    use contract::preferences::Theme;

    if crate::shell::chosen_theme().is_none_or(|chosen| chosen == Theme::System) {
        remember(theme);
    }
}

/// The page the form was on, on this host whatever the browser says.
#[cfg(feature = "ssr")]
fn came_from() -> String {
    use_context::<http::request::Parts>()
        .and_then(|parts| {
            parts
                .headers
                .get(http::header::REFERER)?
                .to_str()
                .ok()
                .and_then(path_of)
        })
        .unwrap_or_else(|| "/".to_owned())
}

#[cfg(feature = "ssr")]
fn path_of(referer: &str) -> Option<String> {
    let url = url::Url::parse(referer).ok()?;
    let path = match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    };
    crate::response::safe_next(&path).map(ToOwned::to_owned)
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::path_of;

    #[test]
    fn leads_back_on_this_host_only() {
        assert_eq!(
            path_of("http://localhost:3000/o/acme/projects?page=2"),
            Some("/o/acme/projects?page=2".to_owned())
        );
        assert_eq!(path_of("https://evil.example/welcome"), Some("/welcome".to_owned()));
        assert_eq!(path_of("https://here.example//evil.example"), None);
        assert_eq!(path_of("not a url"), None);
    }
}
