//! What is counted, and the figures.

use chrono::TimeDelta;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    SignInByAccount,
    SignInByAddress,
    SignUpByAddress,
    /// Codes of the second factor: who gets this far knows the first.
    SecondFactorByPerson,
    /// Asking for a passkey without saying whose: each is a row.
    PasskeyByAddress,
    MailedLinkByAccount,
    MailedLinkByAddress,
    RedeemByAddress,
    SlugCheckByPerson,
    OrganizationByPerson,
    SlugByOrganization,
    PasswordStrengthByAddress,
    InvitationByOrganization,
    InvitationByRecipient,
    InvitationAskedByInvitation,
    InvitationCodeByAddress,
    /// Going to pay, and changing what is paid for: each asks the payment provider.
    BillingByOrganization,
    /// Looking there whether a payment has come, and opening its pages and documents.
    BillingLookByOrganization,
    /// Reports of problems.
    ReportByPerson,
    /// The same of who is not signed in.
    ReportByAddress,
    /// What somebody of the staff asks of organizations they are not in, and used tickets they bring, as far as it is recorded.
    StrayByOperator,
}

/// Attempts that cost nothing within the window; then a wait that doubles from `first_wait` to the rest of the window.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    pub free: i32,
    pub window: TimeDelta,
    pub first_wait: TimeDelta,
}

impl Policy {
    pub const ALL: &[Self] = &[
        Self::SignInByAccount,
        Self::SignInByAddress,
        Self::SignUpByAddress,
        Self::SecondFactorByPerson,
        Self::PasskeyByAddress,
        Self::MailedLinkByAccount,
        Self::MailedLinkByAddress,
        Self::RedeemByAddress,
        Self::SlugCheckByPerson,
        Self::OrganizationByPerson,
        Self::SlugByOrganization,
        Self::PasswordStrengthByAddress,
        Self::InvitationByOrganization,
        Self::InvitationByRecipient,
        Self::InvitationAskedByInvitation,
        Self::InvitationCodeByAddress,
        Self::BillingByOrganization,
        Self::BillingLookByOrganization,
        Self::ReportByPerson,
        Self::ReportByAddress,
        Self::StrayByOperator,
    ];

    /// Its name in the table of counters.
    pub const fn key(self) -> &'static str {
        match self {
            Self::SignInByAccount => "sign_in_by_account",
            Self::SignInByAddress => "sign_in_by_address",
            Self::SignUpByAddress => "sign_up_by_address",
            Self::SecondFactorByPerson => "second_factor_by_person",
            Self::PasskeyByAddress => "passkey_by_address",
            Self::MailedLinkByAccount => "mailed_link_by_account",
            Self::MailedLinkByAddress => "mailed_link_by_address",
            Self::RedeemByAddress => "redeem_by_address",
            Self::SlugCheckByPerson => "slug_check_by_person",
            Self::OrganizationByPerson => "organization_by_person",
            Self::SlugByOrganization => "slug_by_organization",
            Self::PasswordStrengthByAddress => "password_strength_by_address",
            Self::InvitationByOrganization => "invitation_by_organization",
            Self::InvitationByRecipient => "invitation_by_recipient",
            Self::InvitationAskedByInvitation => "invitation_asked_by_invitation",
            Self::InvitationCodeByAddress => "invitation_code_by_address",
            Self::BillingByOrganization => "billing_by_organization",
            Self::BillingLookByOrganization => "billing_look_by_organization",
            Self::ReportByPerson => "report_by_person",
            Self::ReportByAddress => "report_by_address",
            Self::StrayByOperator => "stray_by_operator",
        }
    }

    /// In words, for the documentation.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::SignInByAccount => "failed sign-ins at one account",
            Self::SignInByAddress => "failed sign-ins from one address",
            Self::SignUpByAddress => "sign-ups from one address",
            Self::SecondFactorByPerson => "codes and passkeys of one person’s second factor that were wrong",
            Self::PasskeyByAddress => "questions for a passkey from one address",
            Self::MailedLinkByAccount => "links mailed to one account",
            Self::MailedLinkByAddress => "links asked for from one address",
            Self::RedeemByAddress => "mailed links from one address that were not good",
            Self::SlugCheckByPerson => "looks for a free address by one person",
            Self::OrganizationByPerson => "organizations made by one person",
            Self::SlugByOrganization => "new addresses of one organization",
            Self::PasswordStrengthByAddress => "passwords judged for one address",
            Self::InvitationByOrganization => "invitations by one organization",
            Self::InvitationByRecipient => "invitations to one recipient",
            Self::InvitationAskedByInvitation => "requests for an invitation to be sent once more",
            Self::InvitationCodeByAddress => "codes of invitations from one address",
            Self::BillingByOrganization => "purchases and changes of one organization’s plan",
            Self::BillingLookByOrganization => "looks of one organization at the payment provider",
            Self::ReportByPerson => "reports of problems by one person",
            Self::ReportByAddress => "reports of problems from one address of nobody signed in",
            Self::StrayByOperator => {
                "records of what one operator asked of organizations they are not in, and of used tickets they brought"
            }
        }
    }

    /// Whether it counts a client who wants to come in: there it is refused as well whom staff have blocked.
    pub(super) const fn is_way_in_by_address(self) -> bool {
        matches!(
            self,
            Self::SignInByAddress
                | Self::SignUpByAddress
                | Self::PasskeyByAddress
                | Self::MailedLinkByAddress
                | Self::RedeemByAddress
                | Self::InvitationCodeByAddress
        )
    }

    /// The one table of figures.
    pub const fn figures(self) -> Figures {
        let (free, window, first_wait) = match self {
            Self::SignInByAccount | Self::SecondFactorByPerson => (10, TimeDelta::minutes(15), TimeDelta::seconds(30)),
            Self::SignInByAddress => (30, TimeDelta::minutes(15), TimeDelta::seconds(30)),
            Self::SignUpByAddress | Self::OrganizationByPerson => (20, TimeDelta::hours(1), TimeDelta::minutes(1)),
            Self::SlugByOrganization => (10, TimeDelta::days(1), TimeDelta::days(1)),
            Self::MailedLinkByAccount => (3, TimeDelta::minutes(15), TimeDelta::minutes(1)),
            Self::MailedLinkByAddress => (20, TimeDelta::minutes(15), TimeDelta::minutes(1)),
            Self::RedeemByAddress => (30, TimeDelta::minutes(15), TimeDelta::minutes(1)),
            Self::SlugCheckByPerson | Self::PasswordStrengthByAddress => {
                (300, TimeDelta::minutes(5), TimeDelta::seconds(10))
            }
            Self::InvitationByOrganization => (200, TimeDelta::hours(1), TimeDelta::minutes(1)),
            Self::InvitationByRecipient => (6, TimeDelta::hours(1), TimeDelta::minutes(5)),
            Self::InvitationAskedByInvitation => (2, TimeDelta::hours(1), TimeDelta::minutes(30)),
            Self::PasskeyByAddress | Self::InvitationCodeByAddress => {
                (60, TimeDelta::minutes(15), TimeDelta::minutes(1))
            }
            Self::BillingByOrganization | Self::StrayByOperator => (60, TimeDelta::hours(1), TimeDelta::minutes(1)),
            Self::BillingLookByOrganization => (300, TimeDelta::minutes(15), TimeDelta::minutes(1)),
            Self::ReportByPerson => (10, TimeDelta::hours(1), TimeDelta::minutes(5)),
            Self::ReportByAddress => (5, TimeDelta::hours(1), TimeDelta::minutes(5)),
        };
        Figures {
            free,
            window,
            first_wait,
        }
    }
}

/// The longest window: counters older than this mean nothing.
pub(crate) fn longest_window() -> TimeDelta {
    Policy::ALL
        .iter()
        .map(|policy| policy.figures().window)
        .max()
        .unwrap_or_default()
}
