//! `/account/activity`: what one did, everywhere.

use contract::audit::AuditQuery;
use domain::audit::Chain;
use leptos::prelude::*;

use super::activity::activity;
use crate::{
    audit::{Entries, Search, filter, kinds},
    frame::account::{Section, account_page},
    messages,
    page::{self, PageTitle},
};

const PATH: &str = "/account/activity";

#[component]
pub fn ActivityPage() -> impl IntoView {
    account_page(Section::Activity, |_| async {
        let texts = &messages::current().audit;
        let query = AuditQuery {
            who: None,
            ..filter::from_url(&page::query_string())
        };
        let list = activity(query.clone()).await?;
        let of_staff = crate::session::user().await?.staff().is_some();
        let kinds = kinds(|chain| of_staff || chain != Chain::House);
        let found = if list.rows.is_empty() {
            view! {
                <ui::EmptyState title=texts.no_match_title text=texts.no_match_text icon=ui::IconName::Search>
                    <ui::Button href=PATH variant=ui::ButtonVariant::Secondary>{texts.clear}</ui::Button>
                </ui::EmptyState>
            }
            .into_any()
        } else {
            view! { <Entries base=PATH query=query.clone() list=list caption=texts.activity_title own=true/> }
                .into_any()
        };
        Ok(view! {
            <PageTitle text=texts.activity_title/>
            <ui::PageHeader title=texts.activity_title description=texts.activity_text/>
            <Search base=PATH query=query people=Vec::new() kinds=kinds/>
            {found}
        }
        .into_any())
    })
}
