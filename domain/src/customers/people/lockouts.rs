//! What is counted of somebody, by their address and their id.

use contract::ids::UserId;

use crate::throttle::Policy;

/// As the operations count it that ask for a password or a second factor, mail a link or make something.
pub(super) fn counted(user: UserId, email: &str) -> Vec<(Policy, String)> {
    let address = email.to_ascii_lowercase();
    vec![
        (Policy::SignInByAccount, address.clone()),
        (Policy::SecondFactorByPerson, user.to_string()),
        (Policy::MailedLinkByAccount, address.clone()),
        (Policy::MailedLinkByAccount, format!("verify:{user}")),
        (Policy::MailedLinkByAccount, format!("account_exists:{address}")),
        (Policy::InvitationByRecipient, address),
        (Policy::OrganizationByPerson, user.to_string()),
        (Policy::SlugCheckByPerson, user.to_string()),
    ]
}
