//! Mail. It is put into the queue by the transaction that causes it, and written when the worker sends it.
//!
//! A link's secret is drawn only then, so that it is never stored: the queue holds whom a mail is for, not what it says. For
//! an address that somebody typed it is found out only then whether there is anybody.

mod arrival;
mod bill;
mod compose;
mod ending;
mod messages;
mod second_factor;
mod staff;
mod standing;
mod support;
mod visit;

use std::fmt::Debug;

use contract::{
    email::EmailAddress,
    ids::{SessionId, StaffInvitationId, TenantId, UserId},
};
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};

pub use arrival::{Arrival, Obstacle};
pub use bill::Bill;
pub use compose::{compose, samples};
pub use ending::Ending;
pub use second_factor::FactorNews;
pub use standing::News;
pub use support::{SupportMail, SupportNews};
pub use visit::{VisitMail, VisitNews};

use crate::{Result, database::Transaction, jobs};

/// A mail to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mail {
    Welcome {
        user: UserId,
    },
    VerifyEmail {
        user: UserId,
    },
    /// To an address as it was typed, if it is anybody's.
    ResetPassword {
        email: EmailAddress,
    },
    /// The same.
    MagicLink {
        email: EmailAddress,
        /// Where the person was going when they asked: a path, already found to be on this host. Jobs of before it was carried
        /// have none.
        next: Option<String>,
    },
    /// Somebody tried to sign up with an address that has an account.
    AccountExists {
        user: UserId,
    },
    NewSignIn {
        user: UserId,
        session: SessionId,
        address: String,
        user_agent: String,
    },
    PasswordChanged {
        user: UserId,
    },
    /// What guards the account besides the password has changed.
    SecondFactor {
        user: UserId,
        news: FactorNews,
    },
    /// Staff took the old one away.
    PasswordResetForced {
        user: UserId,
    },
    /// The same of a second factor that was lost, and of the password with it.
    SecondFactorCleared {
        user: UserId,
    },
    /// Something about somebody's place in an organization.
    Standing {
        user: UserId,
        tenant: TenantId,
        news: News,
    },
    /// From inviting to having arrived.
    Arrival {
        tenant: TenantId,
        news: Arrival,
    },
    Ending(Ending),
    Bill(Bill),
    /// To the address of somebody who is invited to the staff. The code of its link is drawn when it is written.
    StaffInvitation {
        invitation: StaffInvitationId,
    },
    Visit(VisitMail),
    Support(SupportMail),
}

impl Mail {
    /// Whom it is for. Links that are asked for by address, and mails about an arrival, are for an address alone.
    fn user(&self) -> Option<UserId> {
        match self {
            Self::Welcome { user }
            | Self::VerifyEmail { user }
            | Self::AccountExists { user }
            | Self::NewSignIn { user, .. }
            | Self::PasswordChanged { user }
            | Self::SecondFactor { user, .. }
            | Self::PasswordResetForced { user }
            | Self::SecondFactorCleared { user }
            | Self::Standing { user, .. } => Some(*user),
            Self::ResetPassword { .. }
            | Self::MagicLink { .. }
            | Self::Arrival { .. }
            | Self::StaffInvitation { .. } => None,
            Self::Ending(ending) => Some(ending.user()),
            Self::Bill(bill) => Some(bill.user),
            Self::Visit(visit) => Some(visit.user),
            Self::Support(support) => Some(support.user),
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Welcome { .. } => "welcome",
            Self::VerifyEmail { .. } => "verify_email",
            Self::ResetPassword { .. } => "reset_password",
            Self::MagicLink { .. } => "magic_link",
            Self::AccountExists { .. } => "account_exists",
            Self::NewSignIn { .. } => "new_sign_in",
            Self::PasswordChanged { .. } => "password_changed",
            Self::SecondFactor { news, .. } => news.kind(),
            Self::PasswordResetForced { .. } => "password_reset_forced",
            Self::SecondFactorCleared { .. } => "second_factor_cleared",
            Self::Standing { news, .. } => news.kind(),
            Self::Arrival { news, .. } => news.kind(),
            Self::Ending(ending) => ending.kind(),
            Self::Bill(bill) => bill.kind(),
            Self::StaffInvitation { .. } => "staff_invitation",
            Self::Visit(visit) => visit.kind(),
            Self::Support(support) => support.kind(),
        }
    }

    /// The address that somebody typed, for mails that go to nobody else.
    pub(crate) fn typed_address(&self) -> Option<&EmailAddress> {
        match self {
            Self::ResetPassword { email } | Self::MagicLink { email, .. } => Some(email),
            _ => None,
        }
    }

    /// The same mail that still waits is replaced, not sent twice.
    fn job_key(&self) -> String {
        match self {
            Self::ResetPassword { email } | Self::MagicLink { email, .. } => {
                format!("mail:{}:{}", self.kind(), email.folded())
            }
            Self::NewSignIn { user, session, .. } => format!("mail:{}:{user}:{session}", self.kind()),
            Self::Standing { user, tenant, .. } => format!("mail:{}:{user}:{tenant}", self.kind()),
            Self::Arrival { tenant, news } => format!("mail:{}:{tenant}:{}", self.kind(), news.key()),
            Self::Bill(bill) => format!("mail:{}:{}:{}", bill.kind(), bill.user, bill.tenant),
            Self::StaffInvitation { invitation } => format!("mail:{}:{invitation}", self.kind()),
            Self::Visit(visit) => format!("mail:{}:{}:{}", visit.kind(), visit.user, visit.visit),
            Self::Support(support) => format!("mail:{}:{}:{}", support.kind(), support.user, support.session),
            Self::Ending(ending) => match ending.tenant() {
                Some(tenant) => format!("mail:{}:{}:{tenant}", self.kind(), ending.user()),
                None => format!("mail:{}:{}", self.kind(), ending.user()),
            },
            _ => format!(
                "mail:{}:{}",
                self.kind(),
                self.user().unwrap_or(UserId(uuid::Uuid::nil()))
            ),
        }
    }
}

/// Ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub to: String,
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// Why a mail was not taken, in words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// Its recipient was refused for good: sent again, it is refused again.
    #[error("refused: {0}")]
    Refused(String),
    /// It may go another time.
    #[error("{0}")]
    Failed(String),
}

/// Whatever carries mail away.
pub trait Mailer: Debug + Send + Sync {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, std::result::Result<(), NotSent>>;
}

/// Into the queue, with the transaction: rolled back, it was never there.
pub async fn enqueue(transaction: &mut Transaction, mail: &Mail) -> Result<()> {
    jobs::enqueue(
        transaction,
        &jobs::send_mail::SendMail { mail: mail.clone() },
        Some(&mail.job_key()),
    )
    .await
}
