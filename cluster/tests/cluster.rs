//! The cluster as its users see it: data stays, crashes are survived, one process at a time.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

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
    let pid = std::fs::read_to_string(cluster.data().join("postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap();
    let killed = std::process::Command::new("kill").args(["-9", pid]).status().unwrap();
    assert!(killed.success());
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

/// As root the data of a closed temporary folder is kept elsewhere.
fn remove_elsewhere(folder: &std::path::Path) {
    if let Ok(elsewhere) = std::fs::read_to_string(folder.join("postgres-data-is-in")) {
        std::fs::remove_dir_all(elsewhere).unwrap();
    }
}
