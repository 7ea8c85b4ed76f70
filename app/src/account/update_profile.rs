//! Changing what one says of oneself.

use contract::error::Result;
use leptos::prelude::*;

#[server]
pub async fn update_profile(
    name: String,
    locale: String,
    time_zone: String,
    theme: String,
    #[server(default)] notify_new_sign_in: Option<String>,
) -> Result<()> {
    use contract::{
        FieldCode,
        error::Check,
        preferences::{Locale, Theme},
        text::PersonName,
    };
    use domain::identity::profile::ProfileChange;

    async {
        let user = super::admitted::admitted().await?;
        let mut check = Check::default();
        let name = check.field("name", PersonName::parse(&name));
        let locale = check.field("locale", Locale::from_tag(&locale).ok_or(FieldCode::Malformed));
        let time_zone = check.field("time_zone", parse_time_zone(&time_zone).ok_or(FieldCode::Malformed));
        let theme = check.field("theme", Theme::from_key(&theme).ok_or(FieldCode::Malformed));
        let (((name, locale), time_zone), theme) = check.done(name.zip(locale).zip(time_zone).zip(theme))?;
        let deps = crate::session::deps()?;
        let change = ProfileChange {
            name,
            locale,
            time_zone,
            theme,
            notify_new_sign_in: notify_new_sign_in.is_some(),
        };
        domain::identity::profile::update(&user, &deps, change).await?;
        super::theme::remember(theme);
        crate::form::notice("profile_saved");
        crate::response::redirect_to("/account/profile");
        Ok(())
    }
    .await
    .map_err(crate::response::note)
}

/// By its IANA name; people type it in lower case and with a space.
#[cfg(feature = "ssr")]
fn parse_time_zone(text: &str) -> Option<chrono_tz::Tz> {
    let name = text.trim().replace(' ', "_");
    chrono_tz::TZ_VARIANTS
        .iter()
        .copied()
        .find(|zone| zone.name().eq_ignore_ascii_case(&name))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::parse_time_zone;

    #[test]
    fn a_zone_is_found_as_people_type_it() {
        assert_eq!(parse_time_zone(" europe/lisbon "), Some(chrono_tz::Europe::Lisbon));
        assert_eq!(parse_time_zone("America/New York"), Some(chrono_tz::America::New_York));
        assert_eq!(parse_time_zone("Middle/Earth"), None);
        assert_eq!(parse_time_zone(""), None);
    }
}
