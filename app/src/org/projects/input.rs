//! What forms send, read strictly. An id that is none is the id of nothing.

use chrono::{Datelike, NaiveDate};
use contract::{
    Error, FieldCode,
    error::{Check, Result},
    ids::{ProjectId, TaskId, UserId},
    project::Visibility,
    task::TaskState,
    text::{ProjectDescription, ProjectName},
};
use domain::projects::{Place, ProjectFields};

pub fn project_id(text: &str) -> Result<ProjectId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn task_id(text: &str) -> Result<TaskId> {
    text.parse().map_err(|_| Error::NotFound)
}

pub fn project_fields(name: &str, description: &str) -> Result<ProjectFields> {
    let mut check = Check::default();
    let name = check.field("name", ProjectName::parse(name));
    let description = check.field("description", ProjectDescription::parse(description));
    let (name, description) = check.done(name.zip(description))?;
    Ok(ProjectFields { name, description })
}

/// No workspace when none was chosen, and everybody when nothing was said.
pub fn place(workspace: Option<&str>, visibility: Option<&str>) -> Result<Place> {
    let workspace = filled(workspace)
        .map(|text| text.parse().map_err(|_| Error::NotFound))
        .transpose()?;
    let visibility = match filled(visibility) {
        None => Visibility::default(),
        Some(key) => Visibility::from_key(key).ok_or_else(|| Error::field("visibility", FieldCode::Malformed))?,
    };
    Ok(Place { workspace, visibility })
}

pub fn task_state(text: &str) -> Result<TaskState, FieldCode> {
    TaskState::from_key(text).ok_or(FieldCode::Malformed)
}

/// Nobody when it is empty.
pub fn assignee(text: Option<&str>) -> Result<Option<UserId>, FieldCode> {
    filled(text)
        .map(|text| text.parse().map_err(|_| FieldCode::NotAMember))
        .transpose()
}

/// A day as a date field sends it; none when it is empty.
pub fn due_on(text: Option<&str>) -> Result<Option<NaiveDate>, FieldCode> {
    filled(text)
        .map(|text| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()
                .filter(|day| (1970..=9999).contains(&day.year()))
                .ok_or(FieldCode::Malformed)
        })
        .transpose()
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_field_takes_the_value_away() {
        assert_eq!(due_on(None), Ok(None));
        assert_eq!(due_on(Some(" ")), Ok(None));
        assert_eq!(assignee(Some("")), Ok(None));
    }

    #[test]
    fn only_days_that_a_date_field_can_show() {
        assert_eq!(due_on(Some("2026-02-28")), Ok(NaiveDate::from_ymd_opt(2026, 2, 28)));
        for text in ["2026-02-30", "28.02.2026", "+12026-01-01", "0001-01-01", "tomorrow"] {
            assert_eq!(due_on(Some(text)), Err(FieldCode::Malformed), "{text}");
        }
    }

    #[test]
    fn a_place_is_everybodys_unless_something_else_is_said() {
        assert_eq!(place(Some(""), None), Ok(Place::default()));
        assert_eq!(place(Some("team"), None), Err(Error::NotFound));
        let malformed = Error::field("visibility", FieldCode::Malformed);
        assert_eq!(place(None, Some("nobody")), Err(malformed));
    }

    #[test]
    fn an_id_that_is_none_is_not_found() {
        assert_eq!(project_id("1"), Err(Error::NotFound));
        assert_eq!(task_id("../x"), Err(Error::NotFound));
        assert_eq!(assignee(Some("somebody")), Err(FieldCode::NotAMember));
    }
}
