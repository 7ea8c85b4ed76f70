//! The state in its file.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
    sync::Arc,
    time::Duration,
};

use crate::{state::State, world::World};

/// Changes that follow each other sooner are written together.
const PAUSE: Duration = Duration::from_millis(200);

/// None when there is no file yet.
pub fn load(file: &Path) -> io::Result<Option<State>> {
    match fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|error| io::Error::new(ErrorKind::InvalidData, format!("{}: {error}", file.display()))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whole or not at all: beside the file first, then in its place.
pub fn save(world: &World) -> io::Result<()> {
    let Some(file) = &world.data else { return Ok(()) };
    let bytes = world.read(serde_json::to_vec)?;
    let fresh = file.with_extension("new");
    fs::write(&fresh, bytes)?;
    fs::rename(fresh, file)
}

/// Writes after changes, for as long as it runs.
pub async fn keep(world: Arc<World>) {
    let mut changes = world.changes();
    while changes.changed().await.is_ok() {
        tokio::time::sleep(PAUSE).await;
        changes.mark_unchanged();
        let saving = Arc::clone(&world);
        let saved = tokio::task::spawn_blocking(move || save(&saving)).await;
        if let Ok(Err(error)) = saved {
            tracing::error!(%error, "the sandbox's state could not be written");
        }
    }
}
