//! `plinth doctor` tells what is wrong, and nothing else.

use sandbox::{Options, Sandbox, Webhook};

use crate::program::Program;

const FINDINGS: usize = 9;

fn count(report: &str, verdict: &str) -> usize {
    report.lines().filter(|line| line.starts_with(verdict)).count()
}

#[test]
fn all_is_well_beside_a_running_server_and_after_it() {
    let mut program = Program::new(Vec::new());
    program.start();
    let (healthy, report) = program.run(&["doctor"], &[]);
    assert!(healthy, "{report}");
    assert!(report.contains("in use by a running server"), "{report}");
    assert!(program.stop());
    let (healthy, report) = program.run(&["doctor"], &[]);
    assert!(healthy, "{report}");
    assert_eq!(count(&report, "ok"), FINDINGS, "{report}");
}

#[test]
fn roles_whose_passwords_are_another_secrets_are_found() {
    let mut program = Program::new(Vec::new());
    program.start();
    assert!(program.stop());
    let (healthy, report) = program.run(
        &["doctor"],
        &[("PLINTH_SECRET", "another-secret-than-the-one-it-was-made-with")],
    );
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

const TOKEN: &str = "polar_oat_of_the_doctor";
const SECRET: &str = "whsec_of_the_doctor";

/// An account at the provider, which tells what happens at this address.
async fn account_at(told_at: String) -> Sandbox {
    Sandbox::start(Options {
        webhook: Some(Webhook {
            url: told_at,
            secret: SECRET.to_owned(),
        }),
        ..Options::new(TOKEN)
    })
    .await
    .unwrap()
}

fn settings<'a>(polar: &'a Sandbox, token: &'a str) -> [(&'static str, &'a str); 3] {
    [
        ("POLAR_ACCESS_TOKEN", token),
        ("POLAR_WEBHOOK_SECRET", SECRET),
        ("POLAR_SERVER", polar.url()),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_at_the_provider_is_looked_at() {
    let mut program = Program::new(Vec::new());
    program.start();
    assert!(program.stop());
    let empty = account_at("http://localhost/webhooks/polar".to_owned()).await;
    let (healthy, report) = program.run(&["doctor"], &settings(&empty, TOKEN));
    assert!(!healthy, "{report}");
    let wrong: Vec<_> = report.lines().filter(|line| line.starts_with("WRONG")).collect();
    let [webhooks, catalogue] = &wrong[..] else {
        panic!("{report}")
    };
    let address = format!("http://{}/webhooks/polar", program.address());
    assert!(
        webhooks.contains(&format!("Polar has no endpoint {address}")),
        "{report}"
    );
    assert!(
        catalogue.contains("catalogue") && catalogue.contains("plinth billing publish"),
        "{report}"
    );
    empty.stop().await;

    let polar = account_at(address).await;
    let (published, said) = program.run(&["billing", "publish"], &settings(&polar, TOKEN));
    assert!(published && said.contains("6 are new"), "{said}");
    let (healthy, report) = program.run(&["doctor"], &settings(&polar, TOKEN));
    assert!(healthy, "{report}");
    assert_eq!(count(&report, "ok"), FINDINGS + 2, "{report}");

    let (healthy, report) = program.run(&["doctor"], &settings(&polar, "polar_oat_of_somebody_else"));
    assert!(!healthy && !report.contains("polar_oat"), "{report}");
    let wrong: Vec<_> = report.lines().filter(|line| line.starts_with("WRONG")).collect();
    assert!(
        wrong[0].contains("payments") && wrong[0].contains("set POLAR_ACCESS_TOKEN"),
        "{report}"
    );
    polar.stop().await;
}
