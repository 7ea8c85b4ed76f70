//! What forms send, read strictly. An id that is none is the id of nothing.

use contract::{
    Error, FieldCode,
    error::Result,
    iam::MemberType,
    ids::{OwnershipOfferId, RoleId, UserId},
};

pub fn person_id(text: &str) -> Result<UserId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn role_id(text: &str) -> Result<RoleId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn offer_id(text: &str) -> Result<OwnershipOfferId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn member_type(text: &str) -> Result<MemberType> {
    MemberType::from_key(text).ok_or_else(|| Error::field("member_type", FieldCode::Malformed))
}
