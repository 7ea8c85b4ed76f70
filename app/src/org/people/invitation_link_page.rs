//! A link to an invitation, shown once.

use contract::{Error, iam::Permission};
use leptos::prelude::*;

use super::{copied_link, view::people_path};
use crate::{
    frame::org::{Section, org_page},
    messages,
    page::{self, PageTitle},
    session,
};

#[component]
pub fn InvitationLinkPage() -> impl IntoView {
    let code = copied_link::take();
    org_page(Section::People, |organization| async move {
        if !organization.permissions.contains(Permission::MembersInvite) {
            return Err(Error::Forbidden);
        }
        let texts = &messages::current().invite;
        let (back, back_text) = match people_path(&organization) {
            Some(people) => (people, texts.back_to_people),
            None => (
                format!("/o/{}/people/invite", organization.slug),
                texts.back_to_inviting,
            ),
        };
        let link = code.map(|code| {
            format!(
                "{}{}",
                session::settings().base_url,
                page::with_query("/accept-invite", "code", &code)
            )
        });
        let content = match link {
            Some(link) => view! {
                <ui::Card>
                    <div class="stack">
                        <ui::CodeBlock
                            code=link
                            label=texts.link_label
                            copy_label=texts.copy
                            copied_label=texts.copied
                        />
                        <p class="muted">{texts.link_text}</p>
                        <div class="row">
                            <ui::Button href=back variant=ui::ButtonVariant::Secondary>{back_text}</ui::Button>
                        </div>
                    </div>
                </ui::Card>
            }
            .into_any(),
            None => view! {
                <ui::EmptyState title=texts.link_gone_title text=texts.link_gone_text icon=ui::IconName::Link>
                    <ui::Button href=back>{back_text}</ui::Button>
                </ui::EmptyState>
            }
            .into_any(),
        };
        Ok(view! {
            <PageTitle text=texts.link_title/>
            <ui::PageHeader title=texts.link_title/>
            {content}
        }
        .into_any())
    })
}
