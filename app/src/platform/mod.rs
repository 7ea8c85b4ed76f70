//! Where the platform's staff work. To everybody else there is nothing here.

pub mod jobs;
pub mod staff;
