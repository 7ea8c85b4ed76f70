//! What the form sends, read strictly.

use chrono::{DateTime, Utc};
use contract::{
    FieldCode,
    error::{Check, Result},
    maintenance::{MaintenanceLevel, Surface},
    slug::Slug,
    text::MaintenanceMessage,
};
use domain::maintenance::begin::{Order, Target};

type Instant = Result<Option<DateTime<Utc>>, FieldCode>;

/// The scope that names an organization beside it.
pub const ORGANIZATION: &str = "organization";
pub const EVERYTHING: &str = "everything";

pub fn order(
    level: &str,
    (scope, organization): (&str, Option<&str>),
    message: &str,
    (starts, ends): (Instant, Instant),
) -> Result<Order> {
    let mut check = Check::default();
    let level = check.field("level", MaintenanceLevel::from_key(level).ok_or(FieldCode::Required));
    let target = match scope {
        ORGANIZATION => {
            let slug = organization.unwrap_or_default().trim();
            let slug = if slug.is_empty() {
                Err(FieldCode::Required)
            } else {
                Slug::parse(slug).map_err(|_| FieldCode::Malformed)
            };
            check.field("organization", slug).map(Target::Organization)
        }
        EVERYTHING => Some(Target::Everything),
        key => check
            .field("scope", Surface::from_key(key).ok_or(FieldCode::Required))
            .map(Target::Surface),
    };
    let message = check.field("message", MaintenanceMessage::parse(message));
    let starts_at = check.field("starts", starts);
    let ends_at = check.field("ends", ends);
    let values = (|| Some((level?, target?, message?, starts_at?, ends_at?)))();
    let (level, target, message, starts_at, ends_at) = check.done(values)?;
    Ok(Order {
        level,
        target,
        message,
        starts_at,
        ends_at,
    })
}

#[cfg(test)]
mod tests {
    use contract::Error;

    use super::*;

    #[test]
    fn an_organization_is_named_and_nothing_else_is_closed_instead() {
        let ordered = |scope, organization| order("closed", (scope, organization), "", (Ok(None), Ok(None)));
        let target = |scope, organization| ordered(scope, organization).map(|order| order.target);
        assert_eq!(target("everything", Some("acme")), Ok(Target::Everything));
        assert_eq!(target("site", None), Ok(Target::Surface(Surface::Site)));
        let acme = Slug::parse("acme").unwrap();
        assert_eq!(target("organization", Some(" acme ")), Ok(Target::Organization(acme)));
        for nobody in [None, Some(""), Some(" ")] {
            let refused = Error::field("organization", FieldCode::Required);
            assert_eq!(target("organization", nobody), Err(refused));
        }
        assert_eq!(target("", None), Err(Error::field("scope", FieldCode::Required)));
    }
}
