//! The one error that reaches a browser or an API client.
//!
//! Expected outcomes of an operation are enums of that operation; this type holds what any call may answer. It carries
//! codes and figures, never sentences: the words are in the message catalogues. What went wrong inside the server is
//! logged where it happened and arrives here as [`Error::Internal`].

use http::StatusCode;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

use crate::{
    billing::{BillingState, Feature},
    iam::MemberType,
};

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or the session has ended. 401.
    #[error("not signed in")]
    Unauthenticated,
    /// Signed in, but the role does not include this. 403.
    #[error("not allowed")]
    Forbidden,
    /// The days of grace are over: the address must be verified first. 403.
    #[error("the e-mail address must be verified first")]
    EmailUnverified,
    /// There is no such thing, or it is another organization's. 404.
    #[error("not found")]
    NotFound,
    /// Something in the input is not acceptable; each entry names its field. 422.
    #[error("invalid input")]
    Invalid(Vec<FieldError>),
    /// There can be no more of this. 402 when another plan has more, 409 when none has.
    #[error("limit of {allowed} reached")]
    LimitReached { limit: Limit, used: u32, allowed: u32 },
    /// The plan does not include this. 402.
    #[error("not in the plan")]
    PlanFeature { feature: Feature },
    /// The organization is not paid for: everything can be read and nothing changed. 402.
    #[error("the organization is not paid for")]
    PaymentRequired { state: BillingState },
    /// It exceeds the plan and is paused: it can be read and not changed. 402.
    #[error("paused because the plan is exceeded")]
    PausedByPlan { limit: Limit },
    /// The payment provider does not answer. 503.
    #[error("the payment provider does not answer")]
    PaymentProviderUnavailable,
    /// The payment provider could not charge the card. 402.
    #[error("the payment was declined")]
    PaymentDeclined,
    /// The organization is not active, so that nothing in it can be changed. 409.
    #[error("the organization is not active")]
    TenantInactive,
    /// Every organization keeps an owner: the last one cannot leave, be removed, suspended or given another role. 409.
    #[error("the last owner cannot go")]
    LastOwner,
    /// Too long ago signed in for what cannot be undone: sign in again. 403.
    #[error("sign in again for this")]
    RecentSignInRequired,
    /// This needs a second factor, proven in this session and not too long ago. 403.
    #[error("a second factor is needed for this")]
    SecondFactorRequired,
    /// Staff belong to no organization: they make none and join none. 403.
    #[error("not for staff")]
    NotForStaff,
    /// Somebody runs the platform: the last superadmin cannot be ended or given another role. 409.
    #[error("the last superadmin cannot go")]
    LastSuperadmin,
    /// Staff who visit an organization look at it: this is not done on behalf of a member. 403.
    #[error("not during a visit")]
    NotInVisit,
    /// Somebody changed it in the meantime, or it is not in a state that allows this. 409.
    #[error("conflict with the present state")]
    Conflict,
    /// Too many attempts; come back after this many seconds. 429 with `Retry-After`.
    #[error("too many attempts, retry in {retry_after_seconds} s")]
    Throttled { retry_after_seconds: u32 },
    /// New accounts are not open to everybody at the moment. 403.
    #[error("registration is closed")]
    RegistrationClosed,
    /// A fault of ours; the details are in the log under the request's id. 500.
    #[error("internal error")]
    Internal,
    /// Closed for maintenance, or nothing can be changed meanwhile; come back after this many seconds. 503 with `Retry-After`.
    #[error("maintenance, retry in {retry_after_seconds} s")]
    Maintenance { retry_after_seconds: u32 },
    /// The database or another dependency does not answer. 503.
    #[error("temporarily unavailable")]
    Unavailable,
}

/// What there can be only so many of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Limit {
    Projects,
    /// Members who are active, and open invitations of members.
    Members,
    /// Guests who are active, and open invitations of guests.
    Guests,
    /// Roles of an organization's own. The same in every plan.
    Roles,
    /// The same on every plan: a page lists all of them.
    Workspaces,
}

impl Limit {
    /// The seats of this class.
    pub const fn of(class: MemberType) -> Self {
        match class {
            MemberType::Member => Self::Members,
            MemberType::Guest => Self::Guests,
        }
    }

    /// Whether plans differ in it.
    pub const fn is_of_plan(self) -> bool {
        matches!(self, Self::Projects | Self::Members | Self::Guests)
    }
}

/// One field of the input and what is wrong with it. The field is named as in the form and the API; `form` stands for
/// the input as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub code: FieldCode,
}

/// Why a value is refused. Lengths are in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldCode {
    Required,
    TooShort {
        min: u32,
    },
    TooLong {
        max: u32,
    },
    /// More boxes are ticked than may be.
    TooMany {
        max: u32,
    },
    Malformed,
    Taken,
    Reserved,
    /// A password that is among the first to be guessed.
    Guessable,
    /// Address and password do not belong together, without saying which is wrong.
    WrongCredentials,
    /// A code of a second factor that is wrong, too old or used.
    WrongCode,
    /// What the browser brought of a passkey does not prove anything: it is not known, not for here, used, or too late.
    WrongPasskey,
    /// Somebody has this many passkeys, and no more.
    NoMorePasskeys {
        max: u32,
    },
    /// Staff keep a second factor: the last one is replaced, and not removed.
    LastFactor,
    /// An organization of theirs requires a second factor: the last one is replaced, and not removed.
    FactorRequired,
    /// The mailed link is used, replaced or too old.
    LinkExpired,
    /// The typed confirmation is not what was asked for.
    Mismatch,
    /// The person is not, or no longer, in this organization.
    NotAMember,
    /// The person is in this organization already.
    AlreadyAMember,
    /// Nobody gives rights that they do not have.
    AboveOwnRights,
    /// Not for guests: it would show them the whole organization.
    NotForGuests,
    /// It is the same in every organization and cannot be changed.
    Fixed,
    /// Only guests are given single projects.
    NotAGuest,
    /// The person is in this organization and does not see this project.
    NoAccess,
    /// The address is in none of the domains that staff come from.
    NotOfTheHouse,
    /// Where they come from themselves.
    OwnAddress,
    /// It has begun, so that when it begins is not changed any more.
    Begun,
    /// A file with more than so many megabytes.
    TooBig {
        megabytes: u32,
    },
    /// A picture with more than so many pixels on one side.
    TooWide {
        pixels: u32,
    },
    /// A file that is no PNG, JPEG or WebP, whatever it is called.
    NotAPicture,
}

impl Error {
    pub fn field(field: &str, code: FieldCode) -> Self {
        Self::Invalid(vec![FieldError::new(field, code)])
    }

    /// Whether another plan, or a bill that is paid, would have made it possible.
    pub fn is_about_the_plan(&self) -> bool {
        match self {
            Self::LimitReached { limit, .. } => limit.is_of_plan(),
            Self::PlanFeature { .. } | Self::PaymentRequired { .. } | Self::PausedByPlan { .. } => true,
            _ => false,
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden
            | Self::EmailUnverified
            | Self::RegistrationClosed
            | Self::RecentSignInRequired
            | Self::SecondFactorRequired
            | Self::NotForStaff
            | Self::NotInVisit => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::PlanFeature { .. }
            | Self::PaymentRequired { .. }
            | Self::PausedByPlan { .. }
            | Self::PaymentDeclined => StatusCode::PAYMENT_REQUIRED,
            Self::LimitReached { limit, .. } if limit.is_of_plan() => StatusCode::PAYMENT_REQUIRED,
            Self::LimitReached { .. }
            | Self::TenantInactive
            | Self::LastOwner
            | Self::LastSuperadmin
            | Self::Conflict => StatusCode::CONFLICT,
            Self::Throttled { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable | Self::Maintenance { .. } | Self::PaymentProviderUnavailable => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }
}

impl FieldError {
    pub fn new(field: &str, code: FieldCode) -> Self {
        Self {
            field: field.to_owned(),
            code,
        }
    }
}

/// Collects what is wrong with a whole form, so that a person hears of everything at once.
#[derive(Debug, Default)]
pub struct Check(Vec<FieldError>);

impl Check {
    /// Keeps the parsed value, or notes why the field is refused.
    pub fn field<T>(&mut self, field: &str, parsed: std::result::Result<T, FieldCode>) -> Option<T> {
        parsed.map_err(|code| self.0.push(FieldError::new(field, code))).ok()
    }

    /// The values once every field was good, otherwise all the errors.
    pub fn done<T>(self, values: Option<T>) -> Result<T> {
        match values {
            Some(values) if self.0.is_empty() => Ok(values),
            _ => Err(Error::Invalid(self.0)),
        }
    }
}

impl FromServerFnError for Error {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::MissingArg(field) => Self::field(&field, FieldCode::Required),
            ServerFnErrorErr::Args(message) | ServerFnErrorErr::Deserialization(message) => {
                // The decoder names the field between backticks, when it knows it.
                let field = message.split('`').nth(1).unwrap_or("form");
                Self::field(field, FieldCode::Malformed)
            }
            ServerFnErrorErr::Request(_) => Self::Unavailable,
            _ => Self::Internal,
        }
    }

    fn status_code(&self) -> StatusCode {
        self.status()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_survives_the_wire() {
        let errors = [
            Error::Unauthenticated,
            Error::Invalid(vec![FieldError::new("name", FieldCode::TooLong { max: 80 })]),
            Error::LimitReached {
                limit: Limit::Projects,
                used: 5,
                allowed: 5,
            },
            Error::Throttled {
                retry_after_seconds: 30,
            },
        ];
        for error in errors {
            let body = error.ser().body;
            assert_eq!(Error::de(body), error);
        }
    }

    #[test]
    fn a_missing_argument_names_its_field() {
        let error = Error::from_server_fn_error(ServerFnErrorErr::Args("missing field `email`".to_owned()));
        assert_eq!(error, Error::field("email", FieldCode::Malformed));
        assert_eq!(error.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }

    #[test]
    fn a_check_reports_every_field() {
        let mut check = Check::default();
        let first: Option<()> = check.field("a", Err(FieldCode::Required));
        let second = check.field("b", Ok(1));
        let third: Option<()> = check.field("c", Err(FieldCode::Taken));
        let error = check.done(first.zip(second).zip(third)).unwrap_err();
        assert_eq!(
            error,
            Error::Invalid(vec![
                FieldError::new("a", FieldCode::Required),
                FieldError::new("c", FieldCode::Taken)
            ])
        );
    }
}
