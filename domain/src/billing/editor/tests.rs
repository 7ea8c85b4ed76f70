use contract::{Error, FieldError};

use super::*;

fn settings() -> PlanSettings {
    PlanSettings {
        key: "team".to_owned(),
        version: 1,
        name: "Team".to_owned(),
        limits: PlanLimits {
            projects: Some(50),
            members: Some(50),
            guests: Some(0),
        },
        features: vec![Feature::AuditExport, Feature::AuditExport],
        public: true,
        archived: false,
        prices: vec![price(BillingInterval::Month, 1900)],
    }
}

fn price(interval: BillingInterval, amount: i64) -> PriceSetting {
    PriceSetting {
        interval,
        currency: "usd".to_owned(),
        amount,
        product: None,
    }
}

fn read(settings: PlanSettings) -> Result<PlanEdit, Error> {
    let mut check = Check::default();
    let edit = PlanEdit::read(&mut check, "team.", settings);
    check.done(edit)
}

#[test]
fn what_is_as_it_should_be_is_taken_over_and_features_once() {
    let edit = read(settings()).unwrap();
    assert_eq!(edit.features, [Feature::AuditExport]);
    assert_eq!((edit.limits, edit.prices.len()), (settings().limits, 1));
}

#[test]
fn each_field_is_named_and_all_at_once() {
    let mut wrong = settings();
    wrong.name = " ".to_owned();
    wrong.limits = PlanLimits {
        projects: Some(0),
        members: Some(0),
        guests: Some(2_000_000),
    };
    wrong.prices = vec![
        price(BillingInterval::Month, 0),
        PriceSetting {
            product: Some("two words".to_owned()),
            ..price(BillingInterval::Year, 100)
        },
    ];
    let named = |field: &str, code| FieldError::new(&format!("team.{field}"), code);
    let expected = Error::Invalid(vec![
        named("name", FieldCode::Required),
        named("projects", FieldCode::Malformed),
        named("members", FieldCode::Malformed),
        named("guests", FieldCode::Malformed),
        named("month_usd", FieldCode::Malformed),
        named("year_usd_product", FieldCode::Malformed),
    ]);
    assert_eq!(read(wrong), Err(expected));
}

#[test]
fn one_price_for_an_interval_and_currency() {
    let mut twice = settings();
    twice.prices.push(price(BillingInterval::Month, 2900));
    assert_eq!(read(twice), Err(Error::field("team.month_usd", FieldCode::Taken)));
}
