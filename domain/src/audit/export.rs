//! The log of an organization as a file, for people who keep it elsewhere.
//!
//! It is made while it is sent, a batch in a transaction of its own, so that neither memory nor a connection is held for as
//! long as somebody's network takes. Taking the log away is an entry in it.

use std::collections::VecDeque;

use contract::{billing::Feature, iam::Permission, ids::TenantId};
use futures::stream::{self, BoxStream, StreamExt};

use super::{Action, Filter, Names, Recorded, list::before_position, names::Named};
use crate::{Deps, Error, Result, actor::OrgActor};

/// Entries that are read at once.
const BATCH: i64 = 200;

const COLUMNS: [&str; 19] = [
    "position",
    "time",
    "action",
    "actor",
    "actor_id",
    "on_behalf_of",
    "on_behalf_of_id",
    "origin",
    "subject",
    "subject_type",
    "subject_id",
    "before",
    "after",
    "address",
    "user_agent",
    "request_id",
    "entry_id",
    "hash",
    "redacted_at",
];

/// Tells a spreadsheet that the text is UTF-8: Excel takes it for the machine's own encoding otherwise.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Lines of text, in pieces.
pub type Csv = BoxStream<'static, Result<Vec<u8>>>;

/// What the filter finds of what there is now, newest first. For plans that have it; whether the plan is paid for is not asked,
/// so that nobody leaves without what is theirs.
pub async fn export(org: &OrgActor, deps: &Deps, filter: Filter) -> Result<Csv> {
    org.require(Permission::AuditRead)?;
    org.require_own_hands()?;
    org.tenant().plan.require_feature(Feature::AuditExport)?;
    let tenant = org.tenant().id;
    let mut transaction = org.begin(deps).await?;
    let end = sqlx::query_scalar!(
        "select position from audit_chains where tenant_id = $1 and chain_id = $1",
        tenant.0
    )
    .fetch_optional(&mut *transaction)
    .await?
    .unwrap_or_default();
    org.audit(Action::AuditExported)
        .after(filter.describe())
        .write(&mut transaction, deps)
        .await?;
    transaction.commit().await?;
    let head = lines([COLUMNS.map(str::to_owned)])?;
    let batches = Batches {
        org: org.clone(),
        deps: deps.clone(),
        tenant,
        filter,
        before: Some(end.saturating_add(1)),
        head: VecDeque::from([BYTE_ORDER_MARK.into(), head]),
    };
    Ok(stream::try_unfold(batches, Batches::next).boxed())
}

struct Batches {
    org: OrgActor,
    deps: Deps,
    tenant: TenantId,
    filter: Filter,
    /// Where the next batch begins; `None` after the last.
    before: Option<i64>,
    head: VecDeque<Vec<u8>>,
}

impl Batches {
    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>> {
        if let Some(head) = self.head.pop_front() {
            return Ok(Some((head, self)));
        }
        let Some(before) = self.before else { return Ok(None) };
        let mut transaction = self.org.begin(&self.deps).await?;
        let entries = before_position(&mut transaction, self.tenant, &self.filter, Some(before), BATCH).await?;
        let names = Names::of(&mut transaction, Some(self.tenant), &entries).await?;
        transaction.commit().await?;
        let full = i64::try_from(entries.len()).is_ok_and(|length| length == BATCH);
        self.before = entries.last().filter(|_| full).map(|last| last.position);
        if entries.is_empty() {
            return Ok(None);
        }
        let text = lines(entries.iter().map(|entry| cells(entry, &names)))?;
        Ok(Some((text, self)))
    }
}

fn lines(rows: impl IntoIterator<Item = [String; COLUMNS.len()]>) -> Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.map(|cell| harmless(&cell)))
            .map_err(Error::fault)?;
    }
    writer.into_inner().map_err(Error::fault)
}

/// What a spreadsheet takes for the beginning of a formula, in either width.
const BEGINS_FORMULA: [char; 10] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'];

/// Where a spreadsheet may begin a cell, also one that splits at something else than commas.
const BEGINS_CELL: [char; 6] = [';', ',', '\t', '"', '\r', '\n'];

/// A spreadsheet would run what somebody wrote into a name. An apostrophe before it makes it text, wherever a cell may begin:
/// at the beginning, and behind what some program splits at. Spaces do not count.
fn harmless(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len() + 1);
    let mut begins = true;
    for character in cell.chars() {
        if begins && (BEGINS_FORMULA.contains(&character) || (text.is_empty() && character == '\n')) {
            text.push('\'');
        }
        text.push(character);
        begins = BEGINS_CELL.contains(&character) || (begins && character.is_whitespace());
    }
    text
}

fn cells(entry: &Recorded, names: &Names) -> [String; COLUMNS.len()] {
    let name = |id: Option<uuid::Uuid>| match id.map(|id| names.get(id)) {
        Some(Named::Person(name) | Named::Thing(name)) => name.to_owned(),
        Some(Named::Gone | Named::Nothing) | None => String::new(),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let details = |details: &Option<serde_json::Value>| details.as_ref().map(ToString::to_string).unwrap_or_default();
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let time = |at: chrono::DateTime<chrono::Utc>| at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    let actor = entry.actor;
    [
        entry.position.to_string(),
        time(entry.occurred_at),
        entry.action.clone(),
        name(actor),
        id(actor),
        name(entry.on_behalf_of),
        id(entry.on_behalf_of),
        entry.origin.clone(),
        name(entry.subject_id),
        entry.subject_type.clone(),
        id(entry.subject_id),
        details(&entry.before),
        details(&entry.after),
        text(&entry.address),
        text(&entry.user_agent),
        text(&entry.request_id),
        entry.id.to_string(),
        hexadecimal(&entry.hash),
        entry.redacted_at.map(time).unwrap_or_default(),
    ]
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use futures::TryStreamExt;
    use proptest::prelude::*;

    use super::*;
    use crate::testing::{TestDatabase, clock_and_deps, deps, join, on_plan, organization, person, project, task};

    async fn table(org: &OrgActor, deps: &Deps, filter: Filter) -> Vec<csv::StringRecord> {
        let pieces: Vec<Vec<u8>> = export(org, deps, filter).await.unwrap().try_collect().await.unwrap();
        let text = pieces.concat();
        assert!(text.starts_with(&[0xEF, 0xBB, 0xBF]));
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*text);
        let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap();
        assert_eq!(rows[0], COLUMNS.to_vec());
        rows
    }

    #[tokio::test]
    async fn takes_the_filtered_log_away_and_says_so_in_it() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let acme = on_plan(&database, &deps, &acme, "team").await;
        let work = project(&deps, &acme, "=cmd|'/c calc'!A1, \"x\"").await;
        task(&deps, &acme, work, "Paint").await;
        let only_projects = Filter {
            action: Some("project".to_owned()),
            ..Filter::default()
        };
        let rows = table(&acme, &deps, only_projects).await;
        assert_eq!(rows.len(), 2);
        let column = |name: &str| COLUMNS.iter().position(|column| *column == name).unwrap();
        assert_eq!(&rows[1][column("action")], "project.created");
        assert_eq!(&rows[1][column("actor")], "ann");
        assert_eq!(rows[1][column("subject_id")], work.to_string());
        assert_eq!(&rows[1][column("time")], "2026-03-02T09:00:00.000000Z");
        let after: serde_json::Value = serde_json::from_str(&rows[1][column("after")]).unwrap();
        assert_eq!(after["name"], "'=cmd|'/c calc'!A1, \"x\"");
        assert_eq!(rows[1][column("hash")].len(), 64);

        let rows = table(&acme, &deps, Filter::default()).await;
        let actions: Vec<_> = rows[1..].iter().map(|row| &row[column("action")]).collect();
        assert_eq!(
            actions,
            ["audit.exported", "task.created", "project.created", "tenant.created"],
            "the first export is in the second, which is not in itself"
        );
        assert_eq!(&rows[1][column("after")], r#"{"action":"project"}"#);
    }

    #[tokio::test]
    async fn a_log_longer_than_a_batch_is_whole() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let acme = on_plan(&database, &deps, &acme, "team").await;
        for _ in 0..(2 * BATCH - 1) {
            let mut transaction = acme.begin(&deps).await.unwrap();
            acme.audit(Action::TenantUpdated)
                .write(&mut transaction, &deps)
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        let rows = table(&acme, &deps, Filter::default()).await;
        let positions: Vec<i64> = rows[1..].iter().map(|row| row[0].parse().unwrap()).collect();
        assert_eq!(positions, (1..=2 * BATCH).rev().collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn is_refused_without_the_right_and_leaves_no_entry() {
        let database = TestDatabase::new().await;
        let deps = deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let member = join(&database, &deps, &acme, &person(&deps, "bob").await, "member").await;
        let Err(refused) = export(&member, &deps, Filter::default()).await else {
            panic!("a member took the log away")
        };
        assert_eq!(contract::Error::from(refused), contract::Error::Forbidden);
        assert_eq!(database.count("audit_log where action = 'audit.exported'").await, 0);
    }

    #[tokio::test]
    async fn is_refused_without_the_feature_and_not_for_an_unpaid_bill() {
        let database = TestDatabase::new().await;
        let (clock, deps) = clock_and_deps(&database);
        let acme = organization(&deps, &person(&deps, "ann").await, "acme").await;
        let Err(refused) = export(&acme, &deps, Filter::default()).await else {
            panic!("a plan without the feature gave the log away")
        };
        let without = contract::Error::PlanFeature {
            feature: Feature::AuditExport,
        };
        assert_eq!(contract::Error::from(refused), without);
        assert_eq!(database.count("audit_log where action = 'audit.exported'").await, 0);

        crate::testing::proven(&database, acme.user()).await;
        clock.advance(chrono::TimeDelta::days(15));
        let ann = person(&deps, "ann").await;
        let acme = OrgActor::enter(&ann, &deps, "acme").await.unwrap();
        let acme = on_plan(&database, &deps, &acme, "team").await;
        assert!(acme.tenant().plan.require_paid().is_err());
        drop(export(&acme, &deps, Filter::default()).await.unwrap());
    }

    proptest! {
        /// Whatever somebody splits a line at, no piece begins like a formula, and nothing but apostrophes came to the text.
        #[test]
        fn no_piece_of_a_cell_is_a_formula(cell in "[=+@＝＋－＠;,\t\"'\r\n a1-]{0,24}") {
            let text = harmless(&cell);
            for piece in text.split([';', ',', '\t', '"', '\r', '\n']) {
                let begins = piece.trim_start_matches(' ');
                prop_assert!(!begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{text:?}");
            }
            prop_assert!(!text.starts_with(['\t', '\r', '\n']), "{text:?}");
            prop_assert_eq!(text.replace('\'', ""), cell.replace('\'', ""));
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, becomes) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("＝1", "'＝1"),
            ("  =1", "  '=1"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "'\r'=1"),
            ("\n=1", "'\n'=1"),
            ("Ann;=1;2", "Ann;'=1;2"),
            ("Ann; @x", "Ann; '@x"),
            (r#"{"name":"=1"}"#, r#"{"name":"'=1"}"#),
        ] {
            assert_eq!(harmless(cell), becomes);
        }
        for cell in ["", "ann", "1", "a=b", "Ann-Marie; 2", "{\"a\":-1}", "'=1"] {
            assert_eq!(harmless(cell), cell);
        }
        let mut row: [String; COLUMNS.len()] = std::array::from_fn(|_| String::new());
        row[0] = "=1+\"2\",3".to_owned();
        let text = String::from_utf8(lines([row]).unwrap()).unwrap();
        assert_eq!(
            text,
            format!("\"'=1+\"\"2\"\",3\"{}\r\n", ",".repeat(COLUMNS.len() - 1))
        );
    }
}
