//! Makes and changes products.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    error::Answer,
    input::Fields,
    objects::{
        product::{Price, PriceAmount, Product, SeatTier, SeatTiers, TierType},
        views,
    },
    random,
    state::State,
    timestamp::{Interval, Timestamp},
};

const VISIBILITIES: [&str; 3] = ["draft", "private", "public"];
const HIGHEST_PRICE: i64 = 99_999_999;
/// Of a dollar price that is not free.
const LOWEST_PRICE: i64 = 50;

pub fn create(state: &mut State, now: Timestamp, body: &Value) -> Answer<Uuid> {
    let id = random::id();
    let mut fields = Fields::of_body(body)?;
    let name = name(&mut fields, true).unwrap_or_default();
    let recurring_interval = interval(&mut fields, "recurring_interval");
    let count = fields.count("recurring_interval_count", 999);
    let trial_interval = interval(&mut fields, "trial_interval");
    let trial_interval_count = fields.count("trial_interval_count", 1000);
    let description = fields.string("description");
    let visibility = fields.word("visibility", &VISIBILITIES);
    let metadata = fields.metadata("metadata").unwrap_or_default();
    fields.require("prices");
    let prices = prices(&mut fields, now, id, &[]);
    fields.finish()?;
    let product = Product {
        id,
        created_at: now,
        modified_at: None,
        trial_interval,
        trial_interval_count,
        name,
        description,
        visibility: visibility.unwrap_or_else(|| "public".to_owned()),
        recurring_interval,
        recurring_interval_count: recurring_interval.map(|_| count.unwrap_or(1)),
        is_recurring: recurring_interval.is_some(),
        is_archived: false,
        metadata,
        prices,
    };
    let data = views::product(state, &product);
    state.products.push(product);
    state.emit(now, "product.created", &data);
    Ok(id)
}

pub fn update(state: &mut State, now: Timestamp, id: Uuid, body: &Value) -> Answer<()> {
    let mut changed = state.product(id)?.clone();
    let mut fields = Fields::of_body(body)?;
    if let Some(name) = name(&mut fields, false) {
        changed.name = name;
    }
    if fields.has("description") {
        changed.description = fields.string("description");
    }
    if let Some(visibility) = fields.word("visibility", &VISIBILITIES) {
        changed.visibility = visibility;
    }
    if let Some(archived) = fields.boolean("is_archived") {
        changed.is_archived = archived;
    }
    if let Some(metadata) = fields.metadata("metadata") {
        changed.metadata = metadata;
    }
    if fields.has("trial_interval") {
        changed.trial_interval = interval(&mut fields, "trial_interval");
        changed.trial_interval_count = fields.count("trial_interval_count", 1000);
    }
    if !fields.raw("prices").is_null() {
        changed.prices = prices(&mut fields, now, id, &changed.prices);
    }
    fields.finish()?;
    changed.modified_at = Some(Timestamp::touched(now, changed.created_at, changed.modified_at));
    let data = views::product(state, &changed);
    if let Some(product) = state.products.iter_mut().find(|product| product.id == id) {
        *product = changed;
    }
    state.emit(now, "product.updated", &data);
    Ok(())
}

fn name(fields: &mut Fields<'_>, required: bool) -> Option<String> {
    if required {
        fields.require("name");
    }
    let name = fields.string("name")?;
    if name.chars().count() < 3 {
        fields.fault(
            "name",
            "string_too_short",
            "String should have at least 3 characters",
            &json!(name),
        );
    }
    if name.chars().count() > 64 {
        fields.fault(
            "name",
            "string_too_long",
            "String should have at most 64 characters",
            &json!(name),
        );
    }
    Some(name)
}

fn interval(fields: &mut Fields<'_>, key: &str) -> Option<Interval> {
    Interval::parse(&fields.word(key, &Interval::NAMES)?)
}

/// An item with an id keeps one of the old prices.
fn prices(fields: &mut Fields<'_>, now: Timestamp, product: Uuid, old: &[Price]) -> Vec<Price> {
    let Some(items) = fields.list("prices") else {
        return Vec::new();
    };
    if items.is_empty() {
        let message = "List should have at least 1 item after validation, not 0";
        fields.fault("prices", "too_short", message, &json!([]));
    }
    let mut prices = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let Some(object) = item.as_object() else {
            fields.fault("prices", "dict_type", "Input should be a valid dictionary", item);
            continue;
        };
        let mut part = Fields::of_part(object, vec![json!("body"), json!("prices"), json!(index)]);
        if let Some(id) = part.uuid("id") {
            match old.iter().find(|price| price.id == id) {
                Some(kept) => prices.push(kept.clone()),
                None => part.fault("id", "value_error", "Price does not exist.", &json!(id)),
            }
        } else {
            prices.extend(price(&mut part, now, product));
        }
        fields.absorb(part);
    }
    prices
}

fn price(fields: &mut Fields<'_>, now: Timestamp, product: Uuid) -> Option<Price> {
    fields.require("amount_type");
    let currency = fields.string("price_currency").unwrap_or_else(|| "usd".to_owned());
    let tax_behavior = fields.word("tax_behavior", &["location", "inclusive", "exclusive"]);
    let kind = fields.word("amount_type", &["fixed", "seat_based"])?;
    let amount = if kind == "fixed" {
        fixed(fields)?
    } else {
        seat_based(fields)?
    };
    Some(Price {
        created_at: now,
        modified_at: None,
        id: random::id(),
        source: "catalog".to_owned(),
        price_currency: currency.to_lowercase(),
        tax_behavior,
        is_archived: false,
        product_id: product,
        amount,
    })
}

fn fixed(fields: &mut Fields<'_>) -> Option<PriceAmount> {
    fields.require("price_amount");
    let price_amount = fields.integer_within("price_amount", 0, HIGHEST_PRICE)?;
    if (1..LOWEST_PRICE).contains(&price_amount) {
        let message = format!("Amount must be at least {LOWEST_PRICE}");
        fields.fault("price_amount", "value_error", &message, &json!(price_amount));
    }
    Some(PriceAmount::Fixed { price_amount })
}

fn seat_based(fields: &mut Fields<'_>) -> Option<PriceAmount> {
    fields.require("seat_tiers");
    let given = fields.object("seat_tiers")?;
    let Some((seat_tier_type, tiers)) = tiers(given) else {
        let message = "Tiers must begin at a seat, follow each other without gaps, and have an open end";
        fields.fault("seat_tiers", "value_error", message, &json!(given));
        return None;
    };
    let seat_tiers = SeatTiers {
        seat_tier_type,
        minimum_seats: tiers.first()?.min_seats,
        maximum_seats: tiers.last()?.max_seats,
        tiers,
    };
    Some(PriceAmount::SeatBased { seat_tiers })
}

fn tiers(given: &Map<String, Value>) -> Option<(Option<TierType>, Vec<SeatTier>)> {
    let kind = match given.get("seat_tier_type") {
        None | Some(Value::Null) => Some(TierType::Volume),
        Some(kind) => Some(serde_json::from_value(kind.clone()).ok()?),
    };
    let tiers: Vec<SeatTier> = serde_json::from_value(given.get("tiers")?.clone()).ok()?;
    let first = tiers.first()?;
    let follow = tiers
        .windows(2)
        .all(|pair| pair[0].max_seats.is_some_and(|last| last + 1 == pair[1].min_seats));
    let sound = tiers
        .iter()
        .all(|tier| tier.price_per_seat >= 0 && tier.max_seats.is_none_or(|last| last >= tier.min_seats));
    (first.min_seats >= 1 && follow && sound).then_some((kind, tiers))
}
