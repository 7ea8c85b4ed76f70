//! One side of a difference between our bills and the provider's, as staff read it.

use domain::billing::drifts::DriftKind;

use crate::format::Formatter;

/// What was noted. Of a price that is an amount in the minor unit with its currency, and perhaps what for: it is shown as money.
pub fn side(kind: DriftKind, noted: String, formatter: Formatter) -> String {
    if kind != DriftKind::PriceMismatch {
        return noted;
    }
    let priced = noted.split_once(' ').and_then(|(amount, rest)| {
        let amount = amount.parse().ok()?;
        let (currency, what_for) = rest
            .split_once(' ')
            .map_or((rest, None), |(currency, rest)| (currency, Some(rest)));
        let money = formatter.money(amount, currency).text;
        Some(what_for.map_or_else(|| money.clone(), |what_for| format!("{money} {what_for}")))
    });
    priced.unwrap_or(noted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_money_and_the_rest_stands_as_it_was_noted() {
        let shown = |kind, noted: &str| side(kind, noted.to_owned(), Formatter::for_strangers());
        assert_eq!(shown(DriftKind::PriceMismatch, "10200 usd"), "$102.00");
        assert_eq!(
            shown(DriftKind::PriceMismatch, "900 usd for product-1"),
            "$9.00 for product-1"
        );
        let words = "a product of the catalogue";
        assert_eq!(shown(DriftKind::PriceMismatch, words), words);
        assert_eq!(shown(DriftKind::SeatDrift, "5 seats"), "5 seats");
    }
}
