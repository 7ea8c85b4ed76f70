//! `plinth billing grant|grants|end`: what the operator gives, at the terminal.

use contract::iam::Permission;
use domain::actor::OrgActor;

use crate::{
    harness::{Product, form},
    terminal::{plinth, said},
};

#[tokio::test]
async fn a_plan_is_given_listed_and_taken_back() {
    let product = Product::new().await;
    let (acme, mut ann) = product.owner("ann", "acme").await;
    let give = [
        "billing", "grant", "acme", "--plan", "business", "--days", "30", "--reason", "a pilot",
    ];
    let given = plinth(&product, &give);
    assert!(given.status.success(), "{given:?}");
    assert!(said(&given).contains("acme has business until"), "{given:?}");
    let again = plinth(&product, &give);
    assert!(
        !again.status.success() && said(&again).contains("plinth billing end acme"),
        "{again:?}"
    );

    let entered = OrgActor::enter(acme.user(), &product.deps, "acme").await.unwrap();
    assert_eq!(entered.tenant().plan.key, "business");
    entered.require_change(Permission::ProjectsCreate).unwrap();
    let query = form(&[("what", "billing")]);
    let log = ann.get(&format!("/o/acme/settings/audit?{query}")).await;
    assert!(
        log.body.contains("billing.overridden") && !log.body.contains("a pilot"),
        "{}",
        log.body
    );

    let listed = said(&plinth(&product, &["billing", "grants"]));
    assert!(
        listed.contains("acme  business (complimentary)") && listed.contains("a pilot"),
        "{listed}"
    );
    let ended = plinth(&product, &["billing", "end", "acme"]);
    assert!(ended.status.success(), "{ended:?}");
    assert!(said(&plinth(&product, &["billing", "grants"])).contains("nothing is given"));
    assert!(said(&plinth(&product, &["billing", "grants", "acme"])).contains("ended"));
}

#[tokio::test]
async fn what_makes_no_sense_is_said_and_given_to_nobody() {
    let product = Product::new().await;
    product.owner("ann", "acme").await;
    for (arguments, expected) in [
        (
            &["billing", "grant", "nowhere", "--plan", "team", "--reason", "x"][..],
            "no organization at /o/nowhere",
        ),
        (
            &["billing", "grant", "acme", "--plan", "gold", "--reason", "x"],
            "no plan gold",
        ),
        (
            &["billing", "grant", "acme", "--plan", "team", "--reason", " "],
            "a reason has",
        ),
        (
            &["billing", "grant", "Acme!", "--plan", "team", "--reason", "x"],
            "no address of an organization",
        ),
        (&["billing", "end", "acme"], "nothing at the moment"),
    ] {
        let refused = plinth(&product, arguments);
        assert!(!refused.status.success(), "{arguments:?}: {refused:?}");
        assert!(said(&refused).contains(expected), "{arguments:?}: {refused:?}");
    }
    assert_eq!(product.database.count("billing_overrides").await, 0);
}
