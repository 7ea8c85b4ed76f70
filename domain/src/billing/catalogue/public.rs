//! The plans that everybody may buy, in the order in which they are shown.
//!
//! A plan is among them while it is public, not archived, and has a price on sale. It is the same for everybody, so that whoever
//! shows it may keep it for a while.

use std::collections::BTreeMap;

use contract::billing::{PublicPlan, SeatPrice};

use super::plans::{features, interval};
use crate::{Deps, Result, billing::limits};

pub async fn public_plans(deps: &Deps) -> Result<Vec<PublicPlan>> {
    let mut prices = prices(deps).await?;
    let plans = sqlx::query_as!(
        PlanRow,
        r#"select p.key, p.name,
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'projects') as project_limit,
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'members') as member_limit,
            (select allowed from plan_limits where plan_key = p.key and limit_key = 'guests') as guest_limit,
            array(select feature from plan_features where plan_key = p.key order by feature) as "features!"
        from plans p
        where p.is_public and p.archived_at is null
        order by p.position, p.key"#,
    )
    .fetch_all(deps.database.global())
    .await?;
    Ok(plans
        .into_iter()
        .filter_map(|plan| {
            let prices = prices.remove(&plan.key)?;
            Some(plan.on_sale_at(prices))
        })
        .collect())
}

/// What is on sale, by plan; monthly before yearly.
async fn prices(deps: &Deps) -> Result<BTreeMap<String, Vec<SeatPrice>>> {
    let rows = sqlx::query!(
        r#"select plan_key, billing_interval, currency, seat_amount from plan_prices
        where archived_at is null
        order by plan_key, billing_interval, currency"#,
    )
    .fetch_all(deps.database.global())
    .await?;
    let mut prices: BTreeMap<String, Vec<SeatPrice>> = BTreeMap::new();
    for row in rows {
        let interval = interval(&row.billing_interval)?;
        prices.entry(row.plan_key).or_default().push(SeatPrice {
            interval,
            amount: row.seat_amount,
            currency: row.currency,
        });
    }
    Ok(prices)
}

struct PlanRow {
    key: String,
    name: String,
    project_limit: Option<i32>,
    member_limit: Option<i32>,
    guest_limit: Option<i32>,
    features: Vec<String>,
}

impl PlanRow {
    fn on_sale_at(self, prices: Vec<SeatPrice>) -> PublicPlan {
        PublicPlan {
            key: self.key,
            name: self.name,
            limits: limits::of_row(self.project_limit, self.member_limit, self.guest_limit),
            features: features(&self.features),
            prices,
        }
    }
}

#[cfg(test)]
mod tests {
    use contract::billing::{BillingInterval, Feature};

    use super::*;
    use crate::testing::{TestDatabase, deps};

    async fn keys(deps: &Deps) -> Vec<String> {
        let plans = public_plans(deps).await.unwrap();
        plans.into_iter().map(|plan| plan.key).collect()
    }

    #[tokio::test]
    async fn plans_stand_in_their_order_with_what_they_allow_and_cost() {
        let database = TestDatabase::new().await;
        let plans = public_plans(&deps(&database)).await.unwrap();
        let shown: Vec<_> = plans.iter().map(|plan| plan.key.as_str()).collect();
        assert_eq!(shown, ["starter", "team", "business"]);
        let team = &plans[1];
        assert_eq!(team.features, [Feature::AuditExport]);
        assert!(plans[0].features.is_empty());
        assert!(plans[0].limits.projects < team.limits.projects);
        let price = |interval, amount| SeatPrice {
            interval,
            amount,
            currency: "usd".to_owned(),
        };
        assert_eq!(
            team.prices,
            [
                price(BillingInterval::Month, 1_900),
                price(BillingInterval::Year, 19_000)
            ]
        );
    }

    #[tokio::test]
    async fn what_is_not_for_everybody_or_has_no_price_is_not_shown() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let run = async |statement: &'static str| {
            sqlx::query(statement).execute(database.owner()).await.unwrap();
        };
        run("update plan_prices set archived_at = now() where plan_key = 'starter' and billing_interval = 'year'")
            .await;
        assert_eq!(
            keys(&deps).await,
            ["starter", "team", "business"],
            "one price is enough"
        );
        run("update plan_prices set archived_at = now() where plan_key = 'starter'").await;
        assert_eq!(keys(&deps).await, ["team", "business"]);
        run("update plans set is_public = false where key = 'team'").await;
        assert_eq!(keys(&deps).await, ["business"]);
        run("update plans set archived_at = now() where key = 'business'").await;
        assert!(keys(&deps).await.is_empty());
    }
}
