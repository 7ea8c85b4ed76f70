//! The cluster as its users see it: data stays, crashes are survived, one process at a time.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use cluster::{Cluster, ClusterOptions};
use sqlx::{Connection, PgConnection};

fn options(folder: &std::path::Path, durable: bool) -> ClusterOptions {
    ClusterOptions {
        folder: folder.to_owned(),
        durable,
    }
}

async fn connect(cluster: &Cluster) -> PgConnection {
    PgConnection::connect(&cluster.url("postgres")).await.unwrap()
}

#[tokio::test]
async fn keeps_data_over_restarts_and_a_killed_server() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::start(options(folder.path(), true)).await.unwrap();
    let mut connection = connect(&cluster).await;
    let fsync: String = sqlx::query_scalar("show fsync")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(fsync, "on", "people keep data here");
    let encoding: String = sqlx::query_scalar("show server_encoding")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(encoding, "UTF8");
    let lower: String = sqlx::query_scalar("select lower('ÄÖÜ')")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(
        lower, "äöü",
        "letters beyond ASCII are folded, whatever the languages of the machine"
    );
    sqlx::raw_sql("create table kept (id int); insert into kept values (1)")
        .execute(&mut connection)
        .await
        .unwrap();
    drop(connection);
    cluster.stop().await.unwrap();

    let cluster = Cluster::start(options(folder.path(), true)).await.unwrap();
    let mut connection = connect(&cluster).await;
    sqlx::query("insert into kept values (2)")
        .execute(&mut connection)
        .await
        .unwrap();
    kill(cluster.data());
    drop(cluster);

    let cluster = Cluster::start(options(folder.path(), true)).await.unwrap();
    let mut connection = connect(&cluster).await;
    let kept: i64 = sqlx::query_scalar("select count(*) from kept")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(kept, 2, "an acknowledged row is there after a kill");
    cluster.stop().await.unwrap();
    remove_elsewhere(folder.path());
}

#[tokio::test]
async fn refuses_a_second_start_in_the_same_folder() {
    let folder = tempfile::tempdir().unwrap();
    let cluster = Cluster::start(options(folder.path(), false)).await.unwrap();
    let second = Cluster::start(options(folder.path(), false)).await.unwrap_err();
    assert!(second.to_string().contains("in use"), "{second}");
    cluster.create_database_if_missing("twice").await.unwrap();
    cluster.create_database_if_missing("twice").await.unwrap();
    cluster.stop().await.unwrap();
    remove_elsewhere(folder.path());
}

const FOLDER: &str = "CLUSTER_TEST_FOLDER";

/// The process that a server belonged to is killed, once without the server and once with it.
#[tokio::test]
async fn starts_again_after_its_process_was_killed() {
    if let Ok(folder) = std::env::var(FOLDER) {
        return own_until_killed(std::path::Path::new(&folder)).await;
    }
    let folder = tempfile::tempdir().unwrap();
    for (round, with_server) in [(1, false), (2, true), (3, true)] {
        let mut owner = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "starts_again_after_its_process_was_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let told = BufReader::new(owner.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok)
            .find_map(|line| line.split_once("data: ").map(|(_, data)| data.to_owned()));
        let data = told.expect("the owner has started it");
        owner.kill().unwrap();
        if with_server {
            kill(std::path::Path::new(&data));
        }
        owner.wait().unwrap();

        let cluster = Cluster::start(options(folder.path(), true)).await.unwrap();
        let kept: i64 = sqlx::query_scalar("select count(*) from kept")
            .fetch_one(&mut connect(&cluster).await)
            .await
            .unwrap();
        assert_eq!(kept, round, "every acknowledged row is there");
        cluster.stop().await.unwrap();
    }
    remove_elsewhere(folder.path());
}

/// In a process of its own: starts the server, adds a row, and waits for the end.
async fn own_until_killed(folder: &std::path::Path) {
    let cluster = Cluster::start(options(folder, true)).await.unwrap();
    sqlx::raw_sql("create table if not exists kept (id int); insert into kept values (1)")
        .execute(&mut connect(&cluster).await)
        .await
        .unwrap();
    #[expect(
        clippy::print_stdout,
        reason = "how it tells the test, another process, that it is there"
    )]
    {
        println!("data: {}", cluster.data().display());
    }
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    unreachable!("this process is killed before");
}

/// Kills the server that the folder belongs to, and leaves it no time to tidy up.
fn kill(data: &std::path::Path) {
    let pid = std::fs::read_to_string(data.join("postmaster.pid")).unwrap();
    let killed = Command::new("kill")
        .args(["-9", pid.lines().next().unwrap()])
        .status()
        .unwrap();
    assert!(killed.success());
}

/// As root the data of a closed temporary folder is kept elsewhere.
fn remove_elsewhere(folder: &std::path::Path) {
    if let Ok(elsewhere) = std::fs::read_to_string(folder.join("postgres-data-is-in")) {
        std::fs::remove_dir_all(elsewhere).unwrap();
    }
}
