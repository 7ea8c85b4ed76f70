//! Who an organization is, and how much of its plan it uses.

use contract::{billing::LimitUse, customers::OrganizationDetail};
use leptos::prelude::*;

use crate::{messages, platform::users::view::user_path};

#[component]
pub fn Identity(found: OrganizationDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.tenants;
    let creator = match found.creator {
        Some(name) => view! { <ui::Link href=user_path(found.created_by)>{name}</ui::Link> }.into_any(),
        None => messages.audit.gone.into_any(),
    };
    let former = (!found.former_slugs.is_empty())
        .then(|| view! { <ui::KeyValue label=texts.former_slugs>{found.former_slugs.join(", ")}</ui::KeyValue> });
    let gone = found.purge_after.map(|at| {
        view! {
            <ui::KeyValue label=texts.purge_after>
                <ui::DateTime instant=at.iso exact=at.text.clone() text=at.text/>
            </ui::KeyValue>
        }
    });
    view! {
        <ui::Card title=texts.identity>
            <ui::KeyValueList>
                <ui::KeyValue label=texts.slug><code>{found.slug}</code></ui::KeyValue>
                {former}
                <ui::KeyValue label=texts.id><code class="customers-id">{found.id.to_string()}</code></ui::KeyValue>
                <ui::KeyValue label=texts.column_since>
                    <ui::DateTime instant=found.since.iso exact=found.since.text.clone() text=found.since.text/>
                </ui::KeyValue>
                <ui::KeyValue label=texts.creator>{creator}</ui::KeyValue>
                {gone}
            </ui::KeyValueList>
        </ui::Card>
    }
}

#[component]
pub fn Limits(found: OrganizationDetail) -> impl IntoView {
    let messages = messages::current();
    let texts = &messages.customers.tenants;
    let over = found.over_limit_since.map(|since| {
        view! { <ui::Banner tone=ui::Tone::Warning title=texts.over_limit>{(texts.since)(&since.text)}</ui::Banner> }
    });
    let meters = found.limits.into_iter().map(limit).collect_view();
    let pill = (messages.standing.pill)(&found.standing, &found.plan);
    view! {
        <ui::Card title=texts.plan description=pill>
            <div class="stack">{over} {meters}</div>
        </ui::Card>
    }
}

fn limit(used: LimitUse) -> AnyView {
    let messages = messages::current();
    let (texts, label) = (&messages.billing, (messages.pricing.limit)(used.limit));
    match used.allowed {
        Some(allowed) => view! {
            <ui::Meter
                label=label
                value=u64::from(used.used)
                max=u64::from(allowed)
                text=(texts.used_of)(used.used, allowed)
                hint=(texts.headroom)(used.limit, used.used, allowed)
            />
        }
        .into_any(),
        None => view! {
            <p class="meter-head">
                <span class="meter-label">{label}</span>
                <span class="meter-text">{(texts.used)(used.used)}</span>
            </p>
        }
        .into_any(),
    }
}
