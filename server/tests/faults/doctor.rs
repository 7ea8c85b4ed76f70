//! `plinth doctor` tells what is wrong, and nothing else.

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
