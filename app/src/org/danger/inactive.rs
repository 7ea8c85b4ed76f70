//! What people see of an organization that was paused or deleted: why, and whom to ask.

use contract::{Error, error::Result, tenant::TenantStatus};
use leptos::prelude::*;

use crate::{frame::auth::AuthPage, messages, response::set_status, session};

pub async fn inactive(slug: &str) -> Result<AnyView> {
    let user = session::user().await?;
    let deps = session::deps()?;
    let inactive = domain::tenants::inactive::inactive(&user, &deps, slug).await?;
    set_status(Error::TenantInactive.status());
    let texts = &messages::current().danger;
    let (title, text) = match inactive.status {
        TenantStatus::Deleting => ((texts.out_deleted_title)(&inactive.name), texts.out_deleted_text),
        TenantStatus::Active | TenantStatus::Suspended | TenantStatus::Deactivated => {
            ((texts.out_paused_title)(&inactive.name), texts.out_paused_text)
        }
    };
    let ask = (!inactive.owners.is_empty()).then(|| {
        let owners = (texts.ask)(&inactive.owners.join(", "));
        view! { <p>{owners}</p> }
    });
    Ok(view! {
        <AuthPage title=title description=text>
            {ask}
            <div class="form-actions">
                <ui::Button href="/account/profile" variant=ui::ButtonVariant::Secondary>{texts.to_account}</ui::Button>
                <ui::Button href="/sign-out" variant=ui::ButtonVariant::Quiet>{messages::current().frame.sign_out}</ui::Button>
            </div>
        </AuthPage>
    }
    .into_any())
}
