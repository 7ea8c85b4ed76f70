//! What the form sends, read strictly.

use contract::{
    Error, FieldCode,
    billing::{BillingInterval, Feature, PlanForm, PlanLimits, PlanSettings, PriceSetting},
    error::{Check, Result},
};
use domain::billing::{
    catalogue::plans::CURRENCY,
    editor::{PlanEdit, price_field},
};

use super::view::major;

/// Against the plan as it stands: what the form has no field for stays as it is.
pub fn edit(form: &PlanForm, now: PlanSettings) -> Result<PlanEdit> {
    let mut check = Check::default();
    let limits = PlanLimits {
        projects: check.field("projects", limit(&form.projects)).flatten(),
        members: check.field("members", limit(&form.members)).flatten(),
        guests: check.field("guests", limit(&form.guests)).flatten(),
    };
    let mut prices: Vec<_> = now
        .prices
        .into_iter()
        .filter(|price| price.currency != CURRENCY)
        .collect();
    for (interval, typed, product) in [
        (BillingInterval::Month, &form.month, &form.month_product),
        (BillingInterval::Year, &form.year, &form.year_product),
    ] {
        let amount = check.field(&price_field(interval, CURRENCY), amount(typed)).flatten();
        if let Some(amount) = amount {
            prices.push(PriceSetting {
                interval,
                currency: CURRENCY.to_owned(),
                amount,
                product: Some(product.trim().to_owned()).filter(|product| !product.is_empty()),
            });
        }
    }
    let settings = PlanSettings {
        key: now.key,
        version: form.version,
        name: form.name.clone(),
        limits,
        features: form.features.iter().filter_map(|key| Feature::from_key(key)).collect(),
        public: form.public.is_some(),
        archived: form.archived.is_some(),
        prices,
    };
    let edit = PlanEdit::read(&mut check, "", settings);
    check.done(edit)
}

/// The form as it begins: what stands there now.
pub fn form(now: &PlanSettings) -> PlanForm {
    let limit = |allowed: Option<u32>| allowed.map(|allowed| allowed.to_string()).unwrap_or_default();
    let price = |interval| {
        let price = now
            .prices
            .iter()
            .find(|price| price.interval == interval && price.currency == CURRENCY);
        let product = price.and_then(|price| price.product.clone()).unwrap_or_default();
        (price.map(|price| major(price.amount)).unwrap_or_default(), product)
    };
    let (month, month_product) = price(BillingInterval::Month);
    let (year, year_product) = price(BillingInterval::Year);
    let yes = |yes: bool| yes.then(|| "true".to_owned());
    PlanForm {
        plan: now.key.clone(),
        version: now.version,
        name: now.name.clone(),
        projects: limit(now.limits.projects),
        members: limit(now.limits.members),
        guests: limit(now.limits.guests),
        features: now.features.iter().map(|feature| feature.key().to_owned()).collect(),
        public: yes(now.public),
        archived: yes(now.archived),
        month,
        month_product,
        year,
        year_product,
    }
}

/// The plan that a form is about, among all.
pub fn named(plans: Vec<PlanSettings>, key: &str) -> Result<PlanSettings> {
    plans.into_iter().find(|plan| plan.key == key).ok_or(Error::NotFound)
}

/// Nothing typed is no limit.
fn limit(typed: &str) -> Result<Option<u32>, FieldCode> {
    match typed.trim() {
        "" => Ok(None),
        figure => figure.parse().map(Some).map_err(|_| FieldCode::Malformed),
    }
}

/// `19`, `19.5` or `19.00` of a currency with two decimals, in minor units. Nothing typed is no price.
pub fn amount(typed: &str) -> Result<Option<i64>, FieldCode> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 9 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(FieldCode::Malformed);
    }
    let minor = format!("{whole}{part:0<2}");
    minor.parse().map(Some).map_err(|_| FieldCode::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_cent_and_nothing_else_is_one() {
        for (typed, read) in [("19", 1900), (" 19.5 ", 1950), ("0.05", 5), ("190.00", 19_000)] {
            assert_eq!(amount(typed), Ok(Some(read)), "{typed}");
        }
        assert_eq!(amount(" "), Ok(None));
        for typed in ["-1", "1,900", "1.999", ".5", "1e3", "nineteen", "9999999999"] {
            assert_eq!(amount(typed), Err(FieldCode::Malformed), "{typed}");
        }
    }

    #[test]
    fn nothing_typed_is_no_limit() {
        assert_eq!((limit(""), limit("7")), (Ok(None), Ok(Some(7))));
        assert_eq!(limit("unlimited"), Err(FieldCode::Malformed));
    }

    #[test]
    fn what_the_form_begins_with_changes_nothing() {
        let now = PlanSettings {
            key: "team".to_owned(),
            version: 3,
            name: "Team".to_owned(),
            limits: PlanLimits {
                projects: None,
                members: Some(50),
                guests: Some(0),
            },
            features: vec![Feature::AuditExport],
            public: true,
            archived: false,
            prices: vec![PriceSetting {
                interval: BillingInterval::Month,
                currency: CURRENCY.to_owned(),
                amount: 1905,
                product: Some("prod_1".to_owned()),
            }],
        };
        let edit = edit(&form(&now), now.clone()).unwrap();
        assert_eq!((edit.version, edit.limits), (3, now.limits));
        assert_eq!(
            (edit.prices[0].amount, edit.features, edit.public),
            (1905, now.features, true)
        );
    }
}
