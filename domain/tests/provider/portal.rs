//! The door to the provider's own pages.

use domain::{
    billing::provider::{NewPortalSession, PaymentProvider, Person},
    clock::{Clock, SystemClock},
};
use sandbox::Faults;
use uuid::Uuid;

use super::{
    stand_in::{SECRET, polar, sandbox},
    stub::TOKEN,
    words::{new_customer, person},
};

#[tokio::test]
async fn the_portal_opens_for_the_owner_and_for_whoever_else_may() {
    let sandbox = sandbox(None).await;
    let polar = polar(&sandbox, TOKEN, SECRET);
    let customer = polar.ensure_customer(new_customer()).await.unwrap();
    let accountant = Person {
        user: Uuid::from_u128(8).into(),
        email: "grace@example.com".to_owned(),
        name: "Grace".to_owned(),
    };
    // Somebody whose address has been put there by hand, under another id.
    let renamed = Person {
        user: Uuid::from_u128(9).into(),
        ..accountant.clone()
    };
    for person in [person(), accountant.clone(), accountant, renamed] {
        let session = polar
            .portal(NewPortalSession {
                customer: customer.clone(),
                person: person.clone(),
                return_url: Some("https://app.example.com/billing".to_owned()),
            })
            .await
            .unwrap();
        let url: url::Url = session.url.parse().unwrap();
        assert!(
            url.query_pairs().any(|(key, _)| key == "customer_session_token"),
            "{person:?}"
        );
        assert!(session.expires_at > SystemClock.now());
    }

    sandbox.control().set_faults(Faults {
        portal_is_down: true,
        ..Faults::default()
    });
    let new = NewPortalSession {
        customer,
        person: person(),
        return_url: None,
    };
    let error = polar.portal(new).await.unwrap_err();
    assert!(error.is_passing(), "{error:?}");
    sandbox.stop().await;
}
