use std::{collections::BTreeSet, fmt::Debug};

use contract::{
    email::EmailAddress,
    ids::{InvitationId, PaymentEventId, SessionId, StaffInvitationId, SupportSessionId, TenantId, UserId, VisitId},
    preferences::Locale,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::{
    billing::notice::Notice,
    jobs::{
        Job, TASKS,
        apply_limits::{ApplyAllLimits, ApplyLimits},
        apply_plan_limits::ApplyPlanLimits,
        bill_by_time::{BillByTime, RefreshBilling},
        cancel_at_provider::CancelAtProvider,
        clean_up::CleanUp,
        empty_bins::{EmptyBin, EmptyBins},
        end_support_sessions::EndSupportSessions,
        end_visits::EndVisits,
        erase_account::EraseAccount,
        publish_catalogue::PublishCatalogue,
        purge_tenants::{PurgeTenant, PurgeTenants},
        reconcile_billing::{ReconcileBilling, ReconcileTenant},
        send_mail::SendMail,
        settle_payment_event::{SettleDueEvents, SettlePaymentEvent},
    },
    mail::{Arrival, Bill, Ending, FactorNews, Mail, News, Obstacle, SupportMail, SupportNews, VisitMail, VisitNews},
};

/// In every word that somebody wrote, or that tells of somebody.
const MARKER: &str = "marker";

fn marked() -> String {
    format!("a {MARKER}")
}

const USER: UserId = UserId(Uuid::nil());
const TENANT: TenantId = TenantId(Uuid::nil());

/// What is copied owns no words, so that one kind of it stands for all.
fn wordless<T: Copy>(news: T) -> T {
    news
}

fn endings() -> Vec<Ending> {
    let (user, tenant) = (USER, TENANT);
    vec![
        Ending::TenantDeactivated { user, tenant },
        Ending::TenantDeletionScheduled { user, tenant },
        Ending::TenantRestored { user, tenant },
        Ending::TenantSuspended { user, tenant },
        Ending::TenantReinstated { user, tenant },
        Ending::AccountDeleted {
            user,
            email: marked(),
            name: marked(),
            locale: Locale::English,
            organizations: vec![marked(), marked()],
        },
    ]
}

fn mails() -> Vec<Mail> {
    let (user, tenant) = (USER, TENANT);
    let email = EmailAddress::parse(&format!("{MARKER}@example.test")).unwrap();
    let mut mails = vec![
        Mail::Welcome { user },
        Mail::VerifyEmail { user },
        Mail::ResetPassword { email: email.clone() },
        Mail::MagicLink {
            email,
            next: Some(format!("/o/{MARKER}?token={MARKER}")),
        },
        Mail::AccountExists { user },
        Mail::NewSignIn {
            user,
            session: SessionId(Uuid::nil()),
            address: marked(),
            user_agent: marked(),
        },
        Mail::PasswordChanged { user },
        Mail::SecondFactor {
            user,
            news: wordless(FactorNews::CodeUsed { left: 9 }),
        },
        Mail::PasswordResetForced { user },
        Mail::SecondFactorCleared { user },
        Mail::Standing {
            user,
            tenant,
            news: wordless(News::Removed),
        },
        Mail::Arrival {
            tenant,
            news: wordless(Arrival::Asked {
                user,
                invitation: InvitationId(Uuid::nil()),
                obstacle: Obstacle::Full,
            }),
        },
        Mail::Bill(Bill {
            user,
            tenant,
            notice: wordless(Notice::Ended),
        }),
        Mail::StaffInvitation {
            invitation: StaffInvitationId(Uuid::nil()),
        },
        Mail::Visit(VisitMail {
            user,
            tenant,
            visit: VisitId(Uuid::nil()),
            news: wordless(VisitNews::Ended),
        }),
        Mail::Support(SupportMail {
            user,
            tenant,
            session: SupportSessionId(Uuid::nil()),
            news: wordless(SupportNews::Left),
        }),
    ];
    mails.extend(endings().into_iter().map(Mail::Ending));
    mails
}

fn payload<J: Job + Serialize>(job: &J) -> (&'static str, Value) {
    (J::NAME, serde_json::to_value(job).unwrap())
}

/// One of each, with every mail there is.
fn payloads() -> Vec<(&'static str, Value)> {
    let tenant = TENANT;
    let mut payloads = vec![
        payload(&CleanUp {}),
        payload(&EraseAccount {
            user: USER,
            address: Some(marked()),
        }),
        payload(&EmptyBins {}),
        payload(&EmptyBin { tenant }),
        payload(&PurgeTenants {}),
        payload(&PurgeTenant { tenant }),
        payload(&ApplyAllLimits {}),
        payload(&ApplyLimits { tenant }),
        payload(&ApplyPlanLimits {
            plan: "team".to_owned(),
            after: Some(tenant),
        }),
        payload(&PublishCatalogue {}),
        payload(&BillByTime {}),
        payload(&RefreshBilling { tenant }),
        payload(&CancelAtProvider { tenant }),
        payload(&ReconcileBilling {}),
        payload(&ReconcileTenant { tenant }),
        payload(&SettleDueEvents {}),
        payload(&SettlePaymentEvent {
            event: PaymentEventId(Uuid::nil()),
        }),
        payload(&EndVisits {}),
        payload(&EndSupportSessions {}),
    ];
    payloads.extend(mails().into_iter().map(|mail| payload(&SendMail { mail })));
    payloads
}

/// The kinds that there are, as whoever reads one that there is not is told them.
fn kinds<T: DeserializeOwned + Debug>() -> BTreeSet<String> {
    let refusal = serde_json::from_value::<T>(json!("nothing")).unwrap_err().to_string();
    refusal.split('`').skip(3).step_by(2).map(ToOwned::to_owned).collect()
}

fn kinds_of<T: Serialize>(values: &[T]) -> BTreeSet<String> {
    let kind = |value: &T| match serde_json::to_value(value).unwrap() {
        Value::Object(fields) => fields.keys().next().unwrap().clone(),
        unit => unit.as_str().unwrap().to_owned(),
    };
    values.iter().map(kind).collect()
}

#[test]
fn no_job_and_no_mail_shows_a_word_of_anybody_s_and_all_show_the_rest() {
    assert_eq!(kinds_of(&mails()), kinds::<Mail>());
    assert_eq!(kinds_of(&endings()), kinds::<Ending>());
    let payloads = payloads();
    let tasks: BTreeSet<&str> = payloads.iter().map(|(task, _)| *task).collect();
    assert_eq!(tasks, TASKS.iter().copied().collect::<BTreeSet<_>>());
    for (task, told) in payloads {
        let mut shown = told.clone();
        hide(&mut shown);
        if told.to_string().contains(MARKER) {
            assert!(!shown.to_string().contains(MARKER), "{task}: {shown}");
        } else {
            assert_eq!(shown, told, "{task}");
        }
    }
}

/// No job holds any of it today: the secret of a link is drawn when its mail is written.
#[test]
fn what_lets_somebody_in_is_hidden_if_a_job_ever_holds_it() {
    for name in ["token", "secret", "password", "code"] {
        for held in [json!(MARKER), json!([MARKER]), json!({ "value": MARKER })] {
            let mut payload = json!({ "mail": { name: held } });
            hide(&mut payload);
            assert_eq!(payload, json!({ "mail": { name: MARK } }));
        }
    }
}

#[test]
fn who_had_an_account_is_hidden_with_where_they_were() {
    let deleted = Mail::Ending(Ending::AccountDeleted {
        user: UserId(Uuid::from_u128(1)),
        email: "ann@example.test".to_owned(),
        name: "Ann Marker".to_owned(),
        locale: Locale::English,
        organizations: vec!["Acme Marker".to_owned()],
    });
    let mut payload = serde_json::to_value(deleted).unwrap();
    hide(&mut payload);
    let payload = payload.to_string();
    for told in ["ann@example.test", "Ann Marker", "Acme Marker"] {
        assert!(!payload.contains(told), "{payload}");
    }
}

#[test]
fn what_names_somebody_is_hidden_however_deep() {
    let mut payload =
        json!({ "mail": { "MagicLink": { "email": "ann@example.test", "next": null } }, "ids": [{ "token": "t" }, 7] });
    hide(&mut payload);
    let expected = json!({ "mail": { "MagicLink": { "email": MARK, "next": null } }, "ids": [{ "token": MARK }, 7] });
    assert_eq!(payload, expected);
}
