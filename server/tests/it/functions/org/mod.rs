//! Inside an organization, and making one.

mod billing;
mod organization;
mod people;
mod projects;
mod roles;
mod support;
mod workspaces;

use super::Function;

pub const FUNCTIONS: [&[Function]; 7] = [
    organization::FUNCTIONS,
    support::FUNCTIONS,
    people::FUNCTIONS,
    roles::FUNCTIONS,
    projects::FUNCTIONS,
    workspaces::FUNCTIONS,
    billing::FUNCTIONS,
];
