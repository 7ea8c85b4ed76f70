//! What forms send, read strictly. An id that is none is the id of nothing.

use contract::{Error, FieldCode, error::Result, ids::StaffInvitationId, staff::StaffRole};

pub fn role(key: &str) -> Result<StaffRole, FieldCode> {
    StaffRole::from_key(key).ok_or(FieldCode::Malformed)
}

pub fn invitation(text: &str) -> Result<StaffInvitationId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Leads back to the list, and says there what was done.
pub fn land(path: &str, notice: &str) {
    crate::form::notice(notice);
    crate::response::redirect_to(path);
}
