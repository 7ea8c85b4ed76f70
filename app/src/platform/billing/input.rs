//! What the forms and URLs send, read strictly.

use contract::{
    Error, FieldCode,
    billing::{RepairChoice, RepairKind},
    error::Result,
};
use domain::billing::{
    desk::{Gift, Repair, list::Place},
    drifts::DriftKind,
    overrides::OverrideKind,
    provider::CustomerId,
};

use crate::format::Formatter;

/// What is no fix is no page.
pub fn kind(key: &str) -> Result<RepairKind> {
    RepairKind::from_key(key).ok_or(Error::NotFound)
}

pub fn repair(kind: RepairKind, choice: &RepairChoice, formatter: Formatter) -> Result<Repair> {
    let gift = |kind| {
        let expires_at = formatter
            .instant(Some(&choice.until))
            .map_err(|code| Error::field("until", code))?;
        if choice.plan.is_empty() {
            return Err(Error::field("plan", FieldCode::Required));
        }
        Ok(Repair::Give(Gift {
            kind,
            plan: choice.plan.replace('\0', ""),
            expires_at,
        }))
    };
    match kind {
        RepairKind::Plan => gift(OverrideKind::Plan),
        RepairKind::Complimentary => gift(OverrideKind::Complimentary),
        RepairKind::TakeBack => Ok(Repair::TakeBack),
        RepairKind::Seats => Ok(Repair::ResetSeats),
        RepairKind::Relink => {
            let customer = choice.customer.replace('\0', "");
            let customer = Some(customer.trim()).filter(|customer| !customer.is_empty());
            Ok(Repair::Relink(customer.map(CustomerId::from)))
        }
        RepairKind::Sync => Ok(Repair::Sync),
    }
}

/// The end of a page of differences. What is none begins at the beginning.
pub fn place(text: &str) -> Option<Place> {
    let mut parts = text.splitn(3, '_');
    let found_at = chrono::DateTime::parse_from_rfc3339(parts.next()?).ok()?.to_utc();
    Some(Place {
        found_at,
        tenant: parts.next()?.parse().ok()?,
        kind: DriftKind::from_key(parts.next()?)?,
    })
}

pub fn place_text(place: Place) -> String {
    let found_at = place.found_at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    format!("{found_at}_{}_{}", place.tenant, place.kind.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_page_goes_both_ways() {
        let text = "2026-03-02T09:00:00.000001Z_01890a5d-ac96-774b-bcce-b302099a8057_price_mismatch";
        assert_eq!(place(text).map(place_text).as_deref(), Some(text));
        for wrong in ["", "2026", "2026-03-02T09:00:00Z_acme_price_mismatch", "x_y_z"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_gift_names_a_plan_and_an_instant() {
        let choice = |plan: &str, until: &str| RepairChoice {
            plan: plan.to_owned(),
            until: until.to_owned(),
            customer: String::new(),
        };
        let read = |choice: &RepairChoice| repair(RepairKind::Plan, choice, Formatter::for_strangers());
        assert_eq!(read(&choice("", "")), Err(Error::field("plan", FieldCode::Required)));
        assert_eq!(
            read(&choice("team", "soon")),
            Err(Error::field("until", FieldCode::Malformed))
        );
        assert!(matches!(
            read(&choice("team", "")),
            Ok(Repair::Give(Gift { expires_at: None, .. }))
        ));
    }
}
