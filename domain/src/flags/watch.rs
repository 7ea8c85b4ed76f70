//! How a node hears of changes that were made on another one.

use std::time::Duration;

use sqlx::postgres::PgListener;

use super::Flags;
use crate::database::PlatformDatabase;

/// Where a change is called out.
pub(super) const CHANNEL: &str = "plinth_flags";

/// How long it takes at most where nothing was heard.
pub const POLL: Duration = Duration::from_secs(5);

/// Looks at every word, and in any case every so often: a word is a hint, and may be lost. Never ends.
///
/// `direct` leads past a pooler: a transaction pooler would give the connection that listens to others.
pub async fn watch(flags: Flags, direct: PlatformDatabase, poll: Duration) {
    let mut listener = None;
    loop {
        if listener.is_none() {
            listener = listen(&direct).await;
        }
        // Also right after listening has begun, for what was said before.
        if let Err(error) = flags.look(direct.pool()).await {
            tracing::debug!(%error, "the flags' version cannot be looked up");
        }
        match &mut listener {
            None => tokio::time::sleep(poll).await,
            Some(heard) => {
                tokio::select! {
                    word = heard.recv() => if let Err(error) = word {
                        tracing::warn!(%error, "changes of flags are not heard of, and looked for instead");
                        listener = None;
                    },
                    () = tokio::time::sleep(poll) => {}
                }
            }
        }
    }
}

async fn listen(direct: &PlatformDatabase) -> Option<PgListener> {
    let listening = async {
        let mut listener = PgListener::connect_with(direct.pool()).await?;
        listener.listen(CHANNEL).await?;
        Ok::<_, sqlx::Error>(listener)
    };
    match listening.await {
        Ok(listener) => Some(listener),
        Err(error) => {
            tracing::debug!(%error, "changes of flags cannot be listened for, and are looked for instead");
            None
        }
    }
}

#[cfg(test)]
mod tests;
