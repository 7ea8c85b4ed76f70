//! Invitations, from the box that addresses are pasted into to the organization one has come into: a page and a way on for
//! everything that can have happened in between.

use contract::{iam::DefaultRole, ids::InvitationId};
use domain::{
    actor::OrgActor,
    people::testing::{invite_as, mailed_code},
};

use crate::harness::{Answer, Browser, Product};

mod accepting;
mod obstacles;
mod sending;

const ACCEPT: &str = "/api/app/invitation/accept_invitation/accept_invitation";
const DECLINE: &str = "/api/app/invitation/decline_invitation/decline_invitation";

/// An organization that has invited somebody by mail.
struct Invited {
    product: Product,
    acme: OrgActor,
    owner: Browser,
    invitation: InvitationId,
    code: String,
    page: String,
}

async fn invited(address: &str, with: DefaultRole) -> Invited {
    invited_by(Product::new().await, address, with).await
}

async fn invited_by(product: Product, address: &str, with: DefaultRole) -> Invited {
    let (acme, owner) = product.owner("ann", "acme").await;
    let invitation = invite_as(&acme, &product.deps, address, with).await;
    let code = mailed_code(&product.database, &product.deps, &acme, invitation).await;
    Invited {
        page: format!("/accept-invite?code={code}"),
        product,
        acme,
        owner,
        invitation,
        code,
    }
}

impl Invited {
    async fn accept(&self, browser: &mut Browser) -> Answer {
        browser.post_form(&self.page, ACCEPT, &[("code", &self.code)]).await
    }

    async fn force(&self, sql: &'static str) {
        sqlx::query(sql).execute(self.product.database.owner()).await.unwrap();
    }

    async fn members(&self) -> i64 {
        self.product.database.count("tenant_members").await
    }
}
