//! `/platform/billing/{tenant}/{repair}`: a fix in two steps. What is chosen is in the URL, so that a dry run is a page like any other.

use contract::{
    Error,
    billing::{DryRun, PlanName, RepairChoice, RepairKind, RepairLine, RepairPreview},
    staff::StaffRight,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_params_map;

use super::{
    input,
    preview_repair::preview_repair,
    repair_bills::RepairBills,
    rows,
    view::{LIST, desk_path, repair_path},
};
use crate::{
    form::FormState,
    format::Formatter,
    frame::platform::{Section, platform_page},
    messages,
    page::{self, PageTitle},
    platform::{
        confirm::{ReasonForm, require_fresh_factor},
        tenants::tenant_page::requested_tenant,
    },
};

#[component]
pub fn RepairPage() -> impl IntoView {
    let tenant = requested_tenant();
    let key = use_params_map()
        .with_untracked(|params| params.get("repair"))
        .unwrap_or_default();
    platform_page(Section::Billing, StaffRight::BillingRepair, |_| async move {
        let kind = input::kind(&key)?;
        require_fresh_factor().await?;
        let choice = RepairChoice {
            plan: page::query("plan").unwrap_or_default(),
            until: page::query("until").unwrap_or_default(),
            customer: page::query("customer").unwrap_or_default(),
        };
        let chosen = match kind {
            RepairKind::Plan | RepairKind::Complimentary => !choice.plan.is_empty(),
            RepairKind::Relink => page::query("customer").is_some(),
            RepairKind::TakeBack | RepairKind::Seats | RepairKind::Sync => true,
        };
        let preview = preview_repair(tenant, key, choice.clone(), chosen).await?;
        let formatter = Formatter::from(crate::session::staff().await?.user().person());
        Ok(view! { <Shown kind=kind choice=choice preview=preview formatter=formatter/> }.into_any())
    })
}

#[component]
fn Shown(kind: RepairKind, choice: RepairChoice, preview: RepairPreview, formatter: Formatter) -> impl IntoView {
    let texts = &messages::current().repair;
    let title = (texts.kind)(kind);
    let back = desk_path(preview.tenant);
    let crumbs = vec![
        ui::Crumb::link(texts.title, LIST),
        ui::Crumb::link(preview.name.clone(), back.clone()),
        ui::Crumb::here(title),
    ];
    let label = messages::current().frame.breadcrumb;
    let obstacle = preview.obstacle.clone().map(|obstacle| {
        let said = (texts.obstacle)(&obstacle);
        view! { <ui::Banner tone=ui::Tone::Warning title=texts.obstacle_title>{said}</ui::Banner> }
    });
    let run = preview.dry_run.clone().map(|run| {
        view! { <Try kind=kind choice=choice.clone() preview=preview.clone() run=run formatter=formatter/> }
    });
    // With nothing to confirm there is only the way back.
    let way_back = run.is_none().then(|| {
        view! {
            <p><ui::Button href=back variant=ui::ButtonVariant::Secondary>{texts.back}</ui::Button></p>
        }
    });
    view! {
        <PageTitle text=title/>
        <ui::PageHeader
            title=title
            description=(texts.kind_text)(kind)
            breadcrumb=view! { <ui::Breadcrumb label=label crumbs=crumbs/> }.into_any()
        />
        <div class="stack-large">
            <Choose kind=kind choice=choice preview=preview/>
            {obstacle}
            {run}
            {way_back}
        </div>
    }
}

/// The first step, where there is something to choose. It asks, and changes nothing.
#[component]
fn Choose(kind: RepairKind, choice: RepairChoice, preview: RepairPreview) -> impl IntoView {
    let texts = &messages::current().repair;
    let fields = match kind {
        RepairKind::Plan | RepairKind::Complimentary => {
            view! { <GiftFields choice=choice plans=preview.plans/> }.into_any()
        }
        RepairKind::Relink => {
            let known = preview.known_customer;
            let hint = known
                .as_deref()
                .map_or_else(|| texts.customer_hint.to_owned(), texts.known_customer);
            let value = Some(choice.customer).filter(|customer| !customer.is_empty()).or(known);
            view! {
                <ui::TextInput
                    name="customer"
                    label=texts.customer
                    hint=hint
                    value=value.unwrap_or_default()
                    autocomplete="off"
                    max_length=100
                />
            }
            .into_any()
        }
        RepairKind::TakeBack | RepairKind::Seats | RepairKind::Sync => return ().into_any(),
    };
    view! {
        <ui::Card>
            <form class="form" method="get" action=repair_path(preview.tenant, kind)>
                {fields}
                <div class="form-actions">
                    <ui::Button variant=ui::ButtonVariant::Secondary>{texts.try_it}</ui::Button>
                </div>
            </form>
        </ui::Card>
    }
    .into_any()
}

#[component]
fn GiftFields(choice: RepairChoice, plans: Vec<PlanName>) -> impl IntoView {
    let texts = &messages::current().repair;
    let mut options = vec![ui::SelectOption::new("", texts.choose_plan)];
    options.extend(plans.into_iter().map(|plan| ui::SelectOption::new(plan.key, plan.name)));
    view! {
        <ui::Select name="plan" label=texts.plan options=options selected=choice.plan required=true/>
        <ui::TextInput
            name="until"
            kind=ui::InputKind::DateAndTime
            label=texts.until
            hint=texts.until_hint
            value=choice.until
            autocomplete="off"
        />
    }
}

/// What would change, and the answer to it.
#[component]
fn Try(
    kind: RepairKind,
    choice: RepairChoice,
    preview: RepairPreview,
    run: DryRun,
    formatter: Formatter,
) -> impl IntoView {
    let texts = &messages::current().repair;
    let form = FormState::of::<RepairBills>();
    let moved = match (form.error(), form.value("seen")) {
        (Some(Error::Conflict), Some(seen)) => rows::moved(&seen, &run.seen, formatter),
        _ => Vec::new(),
    };
    let moved = (!moved.is_empty()).then(|| {
        let lines = moved
            .into_iter()
            .map(|(fact, was, is)| view! { <li>{(texts.moved)((texts.repair_fact)(fact), &was, &is)}</li> })
            .collect_view();
        view! {
            <ui::Card title=texts.moved_title description=texts.moved_text>
                <ul class="plain-list">{lines}</ul>
            </ui::Card>
        }
    });
    let fields = vec![
        ("tenant", preview.tenant.to_string()),
        ("kind", kind.key().to_owned()),
        ("plan", choice.plan),
        ("until", choice.until),
        ("customer", choice.customer),
        ("seen", run.seen.clone()),
    ];
    view! {
        {moved}
        <Outcome run=run/>
        <ui::Card title=texts.confirm description=texts.confirm_text>
            <ReasonForm
                action=RepairBills::PATH
                fields=fields
                form=form
                back=desk_path(preview.tenant)
                button=(texts.do_it)(kind)
                hint=texts.reason_hint
            />
        </ui::Card>
    }
}

#[component]
fn Outcome(run: DryRun) -> impl IntoView {
    let texts = &messages::current().repair;
    let columns = vec![
        ui::Column::new(texts.fact_column),
        ui::Column::new(texts.before),
        ui::Column::new(texts.after),
    ];
    let rows = run
        .lines
        .into_iter()
        .map(|line| view! { <Line line=line/> })
        .collect_view();
    let charge = run.charge.map(|charge| {
        view! {
            <ui::Card title=texts.charge description=texts.charge_text>
                <ui::KeyValueList>
                    <ui::KeyValue label=texts.today>{charge.today.text}</ui::KeyValue>
                    <ui::KeyValue label=texts.renewal>{charge.renewal.text}</ui::KeyValue>
                    <ui::KeyValue label=texts.effective>
                        <ui::DateTime instant=charge.effective.iso exact=charge.effective.text.clone() text=charge.effective.text/>
                    </ui::KeyValue>
                </ui::KeyValueList>
            </ui::Card>
        }
    });
    let (settles, remains) = (named(&run.settles), named(&run.remains));
    let settles =
        settles.map(|named| view! { <ui::Banner tone=ui::Tone::Success title=texts.settles>{named}</ui::Banner> });
    let remains =
        remains.map(|named| view! { <ui::Banner tone=ui::Tone::Warning title=texts.remains>{named}</ui::Banner> });
    view! {
        <ui::Card title=texts.dry_run description=texts.dry_run_text flush=true>
            <ui::Table caption=texts.dry_run columns=columns>{rows}</ui::Table>
        </ui::Card>
        {charge}
        {settles}
        {remains}
    }
}

/// Differences in words, one after the other.
fn named(kinds: &[String]) -> Option<String> {
    let drift = messages::current().customers.tenants.drift;
    let words: Vec<String> = kinds.iter().map(|kind| drift(kind)).collect();
    (!words.is_empty()).then(|| format!("{}.", words.join(". ")))
}

#[component]
fn Line(line: RepairLine) -> impl IntoView {
    let texts = &messages::current().repair;
    let after = if line.changes {
        view! { <strong class="customers-id">{line.after}</strong> }.into_any()
    } else {
        view! { <span class="customers-id">{line.after}</span> }.into_any()
    };
    view! {
        <ui::TableRow selected=line.changes muted=!line.changes>
            <ui::TableCell main=true>{(texts.repair_fact)(line.fact)}</ui::TableCell>
            <ui::TableCell label=texts.before><span class="customers-id">{line.before}</span></ui::TableCell>
            <ui::TableCell label=texts.after>{after}</ui::TableCell>
        </ui::TableRow>
    }
}
