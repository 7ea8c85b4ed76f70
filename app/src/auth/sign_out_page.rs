//! `/sign-out`: a page with a button, since a link must change nothing.

use leptos::{prelude::*, server_fn::ServerFn};

use super::{arrival, sign_out::SignOut};
use crate::{frame::auth::AuthPage, messages, page, response::redirect_to, session};

#[component]
pub fn SignOutPage() -> impl IntoView {
    page::load(async {
        let Some(user) = session::maybe_user().await? else {
            redirect_to("/sign-in");
            return Ok(().into_any());
        };
        let stay = arrival::home(&user, &session::deps()?).await?;
        let texts = &messages::current().auth.sign_out;
        Ok(view! {
            <AuthPage title=texts.title description=(texts.text)(&user.person().email)>
                <form class="form" method="post" action=SignOut::PATH data-pending="">
                    <div class="form-actions"><ui::Button>{texts.button}</ui::Button></div>
                </form>
                <p class="auth-links"><ui::Link href=stay>{texts.stay}</ui::Link></p>
            </AuthPage>
        }
        .into_any())
    })
}
