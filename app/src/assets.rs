//! The built files and the hashed addresses they are served under.

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::use_context;

/// Read from the manifest that the build writes beside the files. Provided as `Arc<Assets>`.
#[derive(Debug, Clone, Default)]
pub struct Assets(HashMap<String, String>);

impl Assets {
    /// The manifest is one JSON object from a file's name to its address.
    pub fn from_manifest(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json).map(Self)
    }

    /// The address of a file, or its plain name under `/pkg` when the build did not make it.
    pub fn url(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| format!("/pkg/{name}"))
    }

    pub fn current() -> Arc<Self> {
        use_context().unwrap_or_default()
    }
}
