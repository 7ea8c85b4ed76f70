//! The database alone: the statements of one request, taken from the server's log, given to pgbench by as many clients.

use std::{
    fmt::Write,
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::{database::Database, load::Target, product::Product};

/// A statement with `:names` for its parameters, and their values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    text: String,
    values: Vec<(String, String)>,
}

/// One as the log tells it, with what stood for `$1`, `$2`, …; `None` is NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    text: String,
    parameters: Vec<(String, Option<String>)>,
}

/// As many connections as the server holds by default.
const CLIENTS: &str = "16";

/// How long the end of a request's last transaction may take to be in the log.
const PATIENCE: Duration = Duration::from_secs(5);

/// What one request says to the database.
pub fn capture(database: &Database, product: &Product, target: &Target) -> Result<Vec<Statement>> {
    product.ask(target)?;
    database.tell(&[
        "alter system set log_line_prefix = '~%u '",
        "alter system set log_statement = 'all'",
        "select pg_reload_conf()",
    ])?;
    // Connections hear of it before their next command; this request is theirs.
    product.ask(target)?;
    // Twice, to see which ids each request makes anew.
    let told = || -> Result<Vec<Told>> {
        let before = database.log()?.len();
        product.ask(target)?;
        // A transaction that has only read ends behind the answer.
        let patience = Instant::now() + PATIENCE;
        loop {
            if let Some(told) = whole(read(&database.log()?[before..])) {
                return Ok(told);
            }
            if Instant::now() > patience {
                bail!("a transaction of {} does not end", target.name);
            }
            thread::yield_now();
        }
    };
    let (first, second) = (told()?, told()?);
    database.tell(&["alter system reset all", "select pg_reload_conf()"])?;
    let made = made(&first, &second);
    second
        .iter()
        .enumerate()
        .map(|(number, told)| Ok(statement(number, told, &made, &types(database, told)?)))
        .collect()
}

/// Without the end of a transaction of the request before; `None` while one of this request goes on.
fn whole(told: Vec<Told>) -> Option<Vec<Told>> {
    let is = |told: &Told, words: &[&str]| {
        let first = told.text.split([' ', ';']).next().unwrap_or_default();
        words.iter().any(|word| first.eq_ignore_ascii_case(word))
    };
    let ends = |told: &Told| is(told, &["commit", "rollback"]);
    let own: Vec<_> = told.into_iter().skip_while(ends).collect();
    let begun = own.iter().filter(|told| is(told, &["begin"])).count();
    let ended = own.iter().filter(|told| ends(told)).count();
    (begun <= ended).then_some(own)
}

/// What its parameters are, `$1` first.
fn types(database: &Database, told: &Told) -> Result<Vec<String>> {
    if told.parameters.is_empty() {
        return Ok(Vec::new());
    }
    database.parameter_types(&told.text)
}

/// Of the application's role, so that jobs and this program are left out.
fn read(log: &str) -> Vec<Told> {
    let mut found: Vec<Told> = Vec::new();
    let mut records: Vec<String> = Vec::new();
    for line in log.lines() {
        match (line.starts_with('~'), records.last_mut()) {
            (false, Some(record)) => {
                record.push(' ');
                record.push_str(line.trim());
            }
            _ => records.push(line.to_owned()),
        }
    }
    for record in records.iter().filter_map(|record| record.strip_prefix("~plinth_app ")) {
        let text = record.strip_prefix("LOG:  statement: ").or_else(|| {
            let named = record.strip_prefix("LOG:  execute ")?;
            named.split_once(": ").map(|(_, text)| text)
        });
        let parameters = record
            .strip_prefix("DETAIL:  parameters: ")
            .or_else(|| record.strip_prefix("DETAIL:  Parameters: "));
        match (text, parameters, found.last_mut()) {
            (Some(text), ..) => found.push(Told {
                text: text.to_owned(),
                parameters: Vec::new(),
            }),
            (None, Some(told), Some(last)) => last.parameters = parse(told),
            _ => {}
        }
    }
    found
}

/// `$1 = 'it''s', $2 = NULL`.
fn parse(mut told: &str) -> Vec<(String, Option<String>)> {
    let mut parsed = Vec::new();
    while let Some((name, value)) = told.split_once(" = ") {
        let (value, after) = literal(value);
        parsed.push((name.trim_start_matches(", ").to_owned(), value));
        told = after;
    }
    parsed
}

/// The ids of the second request that were others in the first.
fn made(first: &[Told], second: &[Told]) -> Vec<String> {
    let pairs = first.iter().zip(second);
    pairs
        .flat_map(|(first, second)| first.parameters.iter().zip(&second.parameters))
        .filter(|(first, second)| first != second)
        .filter_map(|(_, (_, value))| value.clone())
        .filter(|value| value.len() == 36 && value.split('-').map(str::len).eq([8, 4, 4, 4, 12]))
        .collect()
}

/// Values become pgbench's variables, ids that each request makes are made each time.
fn statement(number: usize, told: &Told, made: &[String], types: &[String]) -> Statement {
    let mut statement = Statement {
        text: told.text.clone(),
        values: Vec::new(),
    };
    // From the last one on: `$1` is the beginning of `$10`.
    for (name, value) in told.parameters.iter().rev() {
        let place = match value {
            None => "NULL".to_owned(),
            // pgbench takes no empty value for a variable.
            Some(value) if value.is_empty() => "''".to_owned(),
            Some(value) if made.contains(value) => {
                let place = name.trim_start_matches('$').parse::<usize>().ok();
                let kind = place.and_then(|place| types.get(place.checked_sub(1)?));
                // An id is a text in some places, and only a cast makes it one.
                format!("gen_random_uuid()::{}", kind.map_or("uuid", String::as_str))
            }
            Some(value) => {
                let variable = format!("s{number}p{}", name.trim_start_matches('$'));
                statement.values.push((variable.clone(), value.clone()));
                format!(":{variable}")
            }
        };
        statement.text = statement.text.replace(name, &place);
    }
    statement
}

/// A quoted text or `NULL`, and what follows it.
fn literal(text: &str) -> (Option<String>, &str) {
    let Some(quoted) = text.strip_prefix('\'') else {
        return (None, text.strip_prefix("NULL").unwrap_or_default());
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        // A doubled quote stands for one.
        if character == '\'' && characters.next_if(|(_, next)| *next == '\'').is_none() {
            return (Some(value), &quoted[at + 1..]);
        }
        value.push(character);
    }
    (Some(value), "")
}

/// How often in a second the database does all of it.
pub fn measure(database: &Database, queries: &[Statement], time: Duration) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("request.sql");
    let mut text = String::new();
    for query in queries {
        writeln!(text, "{};", query.text)?;
    }
    fs::write(&script, text)?;
    let mut command = Command::new(pgbench()?);
    command
        .args(["--no-vacuum", "--protocol", "prepared", "--client", CLIENTS])
        .args(["--time", &time.as_secs().to_string(), "--file"])
        .arg(&script);
    for (name, value) in queries.iter().flat_map(|query| &query.values) {
        command.args(["--define", &format!("{name}={value}")]);
    }
    let output = command.arg(&database.url).output()?;
    let summary = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!("pgbench failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let rate = summary.lines().find_map(|line| line.strip_prefix("tps = "));
    let rate = rate.and_then(|rate| rate.split_whitespace().next());
    Ok(rate.context("pgbench ended without a figure")?.parse()?)
}

/// Beside the server's other programs.
fn pgbench() -> Result<std::path::PathBuf> {
    let folder = cluster::programs().context("pgbench belongs to Postgres: install it (apt-get install postgresql)")?;
    let program = folder.join("pgbench");
    if !program.exists() {
        bail!(
            "pgbench is missing from {}: install Postgres' contrib programs",
            folder.display()
        );
    }
    Ok(program)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_statements_and_their_parameters_from_the_log() {
        let log = "~plinth_platform LOG:  statement: select 1\n\
                   ~plinth_app LOG:  statement: begin; set local a = 'b'\n\
                   ~plinth_app LOG:  execute sqlx_s_3: select $1, $10\n\
                   \tfrom t where x = $2 and y = $3\n\
                   ~plinth_app DETAIL:  parameters: $1 = 'it''s = 1, really', $2 = NULL, $3 = '', $10 = 'z'\n";
        let found = read(log);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].text, "begin; set local a = 'b'");
        let statement = statement(1, &found[1], &[], &[]);
        assert_eq!(statement.text, "select :s1p1, :s1p10 from t where x = NULL and y = ''");
        assert_eq!(
            statement.values,
            [
                ("s1p10".to_owned(), "z".to_owned()),
                ("s1p1".to_owned(), "it's = 1, really".to_owned())
            ]
        );
    }

    #[test]
    fn a_request_is_over_with_its_last_transaction() {
        let begun = "~plinth_app LOG:  statement: ROLLBACK\n\
                     ~plinth_app LOG:  statement: begin read only; set local a = 'b'\n\
                     ~plinth_app LOG:  execute sqlx_s_3: select 2\n";
        assert_eq!(whole(read(begun)), None);
        let end = "~plinth_app LOG:  statement: ROLLBACK\n";
        let two = format!("{begun}~plinth_app LOG:  statement: begin\n{end}");
        assert_eq!(whole(read(&two)), None, "of two, on two connections, one goes on");
        assert!(whole(read(&format!("{two}{end}"))).is_some());
        let ended = whole(read(&format!("{begun}{end}"))).unwrap();
        assert_eq!(ended.len(), 3, "what the request before has ended is none of this one");
        let alone = whole(read("~plinth_app LOG:  statement: select 1\n"));
        assert_eq!(alone.map(|told| told.len()), Some(1));
    }

    #[test]
    fn what_each_request_makes_is_made_each_time() {
        let told = |id: &str| {
            read(&format!(
                "~plinth_app LOG:  execute s: insert $1, $2, $3\n~plinth_app DETAIL:  parameters: $1 = '{id}', $2 = 'a', $3 = 'now {id}'"
            ))
        };
        let (first, second) = (
            told("01a1fd42-eee7-7f87-afa9-740131128699"),
            told("01a1fd42-eee8-7f87-afa9-740131128699"),
        );
        let types = ["text".to_owned()];
        let statement = statement(0, &second[0], &made(&first, &second), &types);
        assert_eq!(statement.text, "insert gen_random_uuid()::text, :s0p2, :s0p3");
    }
}
