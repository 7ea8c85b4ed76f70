//! The developer's mailbox: mail that stays on this machine, a file each.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use domain::{
    clock::Clock,
    mail::{Mailer, NotSent, Rendered},
    random::{self, Random},
};
use futures::{FutureExt, future::BoxFuture};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredMail {
    pub id: String,
    pub sent_at: DateTime<Utc>,
    pub to: String,
    pub subject: String,
    pub html: String,
    pub text: String,
}

#[derive(Debug)]
pub struct Mailbox {
    folder: PathBuf,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Mailbox {
    /// # Errors
    /// When the folder cannot be made.
    pub fn open(data_dir: &Path, clock: Arc<dyn Clock>, random: Arc<dyn Random>) -> io::Result<Self> {
        let folder = data_dir.join("mailbox");
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, clock, random })
    }

    /// The newest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn list(&self) -> io::Result<Vec<StoredMail>> {
        let mut names: Vec<_> = fs::read_dir(&self.folder)?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .collect();
        names.sort();
        names
            .iter()
            .rev()
            .take(500)
            .map(|path| Ok(serde_json::from_slice(&fs::read(path)?)?))
            .collect()
    }

    pub fn get(&self, id: &str) -> Option<StoredMail> {
        let id: uuid::Uuid = id.parse().ok()?;
        serde_json::from_slice(&fs::read(self.folder.join(format!("{id}.json"))).ok()?).ok()
    }

    /// # Errors
    /// When a file cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)?.flatten() {
            fs::remove_file(entry.path())?;
        }
        Ok(())
    }

    fn keep(&self, mail: Rendered) -> io::Result<()> {
        let sent_at = self.clock.now();
        // In order of time, so that names sort as the mails came.
        let id = random::uuid(&*self.random, sent_at).to_string();
        let Rendered {
            to,
            subject,
            html,
            text,
        } = mail;
        let stored = serde_json::to_vec(&StoredMail {
            id: id.clone(),
            sent_at,
            to,
            subject,
            html,
            text,
        })?;
        let unfinished = self.folder.join(format!("{id}.part"));
        fs::write(&unfinished, stored)?;
        fs::rename(unfinished, self.folder.join(format!("{id}.json")))
    }
}

impl Mailer for Mailbox {
    fn send(&self, mail: Rendered) -> BoxFuture<'_, Result<(), NotSent>> {
        async move { self.keep(mail).map_err(|error| NotSent::Failed(error.to_string())) }.boxed()
    }
}

#[cfg(test)]
mod tests {
    use domain::{clock::SystemClock, random::SystemRandom};

    use super::*;

    #[tokio::test]
    async fn keeps_mails_newest_first() {
        let folder = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::open(folder.path(), Arc::new(SystemClock), Arc::new(SystemRandom)).unwrap();
        for (number, subject) in ["first", "second"].into_iter().enumerate() {
            let mail = Rendered {
                to: "a@b.example".into(),
                subject: subject.into(),
                html: String::new(),
                text: String::new(),
            };
            mailbox.send(mail).await.unwrap();
            assert_eq!(mailbox.list().unwrap().len(), number + 1);
        }
        let mails = mailbox.list().unwrap();
        assert!(mails.iter().any(|mail| mail.subject == "first"));
        assert!(mailbox.get(&mails[0].id).is_some());
        assert!(mailbox.get("../../etc/passwd").is_none());
        mailbox.clear().unwrap();
        assert!(mailbox.list().unwrap().is_empty());
    }
}
