//! What forms send, read strictly. An id that is none is the id of nothing.

use contract::{
    Error, FieldCode,
    error::{Check, Result},
    ids::{UserId, WorkspaceId},
    text::WorkspaceName,
};
use domain::workspaces::delete::Destination;

pub fn workspace_id(text: &str) -> Result<WorkspaceId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// Somebody who was chosen from a list.
pub fn person(text: &str) -> Result<UserId> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::field("person", FieldCode::Required));
    }
    text.parse().map_err(|_| Error::field("person", FieldCode::NotAMember))
}

pub fn name(text: &str) -> Result<WorkspaceName> {
    let mut check = Check::default();
    let name = check.field("name", WorkspaceName::parse(text));
    check.done(name)
}

/// What becomes of the projects of a workspace; nothing when nothing was chosen.
pub fn destination(projects: Option<&str>, target: Option<&str>) -> Result<Option<Destination>> {
    match projects.unwrap_or_default() {
        "" => Ok(None),
        "organization" => Ok(Some(Destination::Organization)),
        "workspace" => match target.map(str::trim).filter(|target| !target.is_empty()) {
            Some(target) => Ok(Some(Destination::Workspace(workspace_id(target)?))),
            None => Err(Error::field("target", FieldCode::Required)),
        },
        _ => Err(Error::field("projects", FieldCode::Malformed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_projects_go_is_never_guessed() {
        assert_eq!(destination(None, Some("x")), Ok(None));
        assert_eq!(
            destination(Some("organization"), None),
            Ok(Some(Destination::Organization))
        );
        let required = Error::field("target", FieldCode::Required);
        assert_eq!(destination(Some("workspace"), Some(" ")), Err(required));
        assert_eq!(destination(Some("workspace"), Some("x")), Err(Error::NotFound));
        assert_eq!(
            destination(Some("everybody"), None),
            Err(Error::field("projects", FieldCode::Malformed))
        );
    }

    #[test]
    fn a_person_is_chosen() {
        assert_eq!(person(" "), Err(Error::field("person", FieldCode::Required)));
        assert_eq!(person("bob"), Err(Error::field("person", FieldCode::NotAMember)));
    }
}
