//! What forms send, read strictly. An id that is none is the id of nothing.

use contract::{
    Error, FieldCode,
    error::{Check, Result},
    iam::{Permission, PermissionSet},
    ids::RoleId,
    text::{RoleDescription, RoleName},
};
use domain::roles::RoleFields;

pub fn role_id(text: &str) -> Result<RoleId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Nothing when it is empty.
pub fn target(text: Option<&str>) -> Result<Option<RoleId>> {
    text.map(str::trim)
        .filter(|text| !text.is_empty())
        .map(role_id)
        .transpose()
}

pub fn version(text: &str) -> Result<i64> {
    text.parse().map_err(|_| Error::field("version", FieldCode::Malformed))
}

pub fn role_fields(name: &str, description: &str, permissions: &[String]) -> Result<RoleFields> {
    let mut check = Check::default();
    let name = check.field("name", RoleName::parse(name));
    let description = check.field("description", RoleDescription::parse(description));
    let permissions = check.field("permissions", permission_set(permissions));
    let fields = name.zip(description).zip(permissions);
    let ((name, description), permissions) = check.done(fields)?;
    Ok(RoleFields {
        name,
        description,
        permissions,
    })
}

/// Only what there is: a right that nobody knows is not dropped in silence.
fn permission_set(keys: &[String]) -> Result<PermissionSet, FieldCode> {
    keys.iter()
        .map(|key| Permission::from_key(key).ok_or(FieldCode::Malformed))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_right_is_refused_and_everything_wrong_is_told_at_once() {
        let keys = ["projects.read".to_owned(), "projects.sell".to_owned()];
        let refused = role_fields(" ", "", &keys).unwrap_err();
        let Error::Invalid(fields) = refused else {
            panic!("{refused}");
        };
        let fields: Vec<_> = fields.iter().map(|field| (field.field.as_str(), field.code)).collect();
        assert_eq!(
            fields,
            [("name", FieldCode::Required), ("permissions", FieldCode::Malformed)]
        );
    }

    #[test]
    fn a_right_named_twice_is_one() {
        let twice = ["tasks.create".to_owned(), "tasks.create".to_owned()];
        let fields = role_fields("Scribe", "", &twice).unwrap();
        assert_eq!(fields.permissions, [Permission::TasksCreate].into_iter().collect());
    }

    #[test]
    fn no_target_is_not_a_wrong_one() {
        assert_eq!(target(None), Ok(None));
        assert_eq!(target(Some(" ")), Ok(None));
        assert_eq!(target(Some("member")), Err(Error::NotFound));
    }
}
