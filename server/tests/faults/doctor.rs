//! `plinth doctor` tells what is wrong, and nothing else.

use std::{net::SocketAddr, sync::Arc};

use crate::program::Program;

const FINDINGS: usize = 9;

fn count(report: &str, verdict: &str) -> usize {
    report.lines().filter(|line| line.starts_with(verdict)).count()
}

#[test]
fn all_is_well_beside_a_running_server_and_after_it() {
    let mut program = Program::new();
    program.start();
    let (healthy, report) = program.doctor(&[]);
    assert!(healthy, "{report}");
    assert!(report.contains("in use by a running server"), "{report}");
    assert!(program.stop());
    let (healthy, report) = program.doctor(&[]);
    assert!(healthy, "{report}");
    assert_eq!(count(&report, "ok"), FINDINGS, "{report}");
}

#[test]
fn roles_whose_passwords_are_another_secrets_are_found() {
    let mut program = Program::new();
    program.start();
    assert!(program.stop());
    let (healthy, report) = program.doctor(&[("PLINTH_SECRET", "another-secret-than-the-one-it-was-made-with")]);
    assert!(!healthy, "{report}");
    assert_eq!(
        (count(&report, "ok"), count(&report, "WRONG")),
        (FINDINGS - 1, 1),
        "{report}"
    );
    let wrong = report.lines().find(|line| line.starts_with("WRONG")).unwrap();
    for part in ["sign-in", "plinth_app", "PLINTH_SECRET", "plinth migrate"] {
        assert!(wrong.contains(part), "{part} in {wrong}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_at_the_provider_is_looked_at() {
    const TOKEN: &str = "polar_oat_of_the_doctor";
    let polar = sandbox::Sandbox::start(sandbox::Options {
        address: SocketAddr::from(([127, 0, 0, 1], 0)),
        data: None,
        clock: Arc::new(sandbox::MovableClock::default()),
        access_token: TOKEN.to_owned(),
        webhook: None,
        retry_scale: 1.0,
        organization_name: "Doctor".to_owned(),
        organization_slug: "doctor".to_owned(),
    })
    .await
    .unwrap();
    let mut program = Program::new();
    program.start();
    assert!(program.stop());
    let account = |token| {
        [
            ("POLAR_ACCESS_TOKEN", token),
            ("POLAR_WEBHOOK_SECRET", "whsec_of_the_doctor"),
            ("POLAR_SERVER", polar.url()),
        ]
    };
    let (healthy, report) = program.doctor(&account(TOKEN));
    assert!(!healthy, "{report}");
    let wrong: Vec<_> = report.lines().filter(|line| line.starts_with("WRONG")).collect();
    assert!(
        matches!(&*wrong, [only] if only.contains("catalogue") && only.contains("plinth billing publish")),
        "{report}"
    );

    let (published, said) = program.run(&["billing", "publish"], &account(TOKEN));
    assert!(published && said.contains("6 are new"), "{said}");
    let (healthy, report) = program.doctor(&account(TOKEN));
    assert!(healthy, "{report}");
    assert_eq!(count(&report, "ok"), FINDINGS + 2, "{report}");

    let (healthy, report) = program.doctor(&account("polar_oat_of_somebody_else"));
    assert!(!healthy && !report.contains("polar_oat"), "{report}");
    let wrong = report.lines().find(|line| line.starts_with("WRONG")).unwrap();
    assert!(
        wrong.contains("payments") && wrong.contains("set POLAR_ACCESS_TOKEN"),
        "{wrong}"
    );
    polar.stop().await;
}
