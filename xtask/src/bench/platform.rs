//! The pages of staff, which look at all customers: among a hundred thousand of them. Aim: p99 under 80 ms at 16 clients.

use anyhow::Result;

use super::{
    database::Database,
    load::{Figures, Load, Target},
};
use crate::progress::say;

/// How many organizations there are more, each with two people, and most with a subscription and three invoices.
pub const CUSTOMERS: u32 = 100_000;
pub const CLIENTS: &str = "16";

/// The cookie of somebody who runs the platform and has proven a second factor.
const SESSION: &str = "a-session-of-staff-for-measuring";

/// From `$1` (exclusive) to `$2`. Of roles there are the two that pages look at here: owners and members.
const STATEMENTS: &[&str] = &[
    "insert into users (id, email, email_verified_at, name, created_at, updated_at)
    select format('00000000-0000-7000-9001-%s', lpad(to_hex(n * 2 + k), 12, '0'))::uuid,
        format('customer-%s-%s@load.plinth.test', n, k), now(), format('Customer %s', n * 2 + k), now() - make_interval(mins => n), now()
    from generate_series($1 + 1, $2) n, generate_series(0, 1) k",
    "insert into tenants (id, name, slug, plan_key, billing_state, trial_ends_at, status, created_by, created_at, updated_at)
    select format('00000000-0000-7000-9002-%s', lpad(to_hex(n), 12, '0'))::uuid,
        format('%s Works %s', (array['Harbour', 'Northern', 'Granite', 'Willow', 'Copper'])[1 + n % 5], n),
        format('customer-%s', n), (array['starter', 'team', 'business'])[1 + n % 3],
        case n % 10 when 0 then 'past_due' when 1 then 'none' when 2 then 'trialing' else 'active' end,
        now() + interval '7 days', case when n % 500 = 0 then 'suspended' else 'active' end,
        format('00000000-0000-7000-9001-%s', lpad(to_hex(n * 2), 12, '0'))::uuid, now(), now()
    from generate_series($1 + 1, $2) n",
    "insert into tenant_slugs (slug, tenant_id, created_at)
    select slug, id, created_at from tenants where slug like 'customer-%' and $1 < $2 on conflict do nothing",
    "insert into iam_roles (tenant_id, id, key, name, is_default, created_at)
    select t.id, md5(t.id::text || k)::uuid, k, initcap(k), true, now()
    from tenants t, unnest(array['owner', 'member']) k where t.slug like 'customer-%' and $1 < $2 on conflict do nothing",
    "insert into tenant_members (tenant_id, user_id, role_id, joined_at, updated_at)
    select t.id, format('00000000-0000-7000-9001-%s', lpad(to_hex(n * 2 + k), 12, '0'))::uuid,
        md5(t.id::text || case k when 0 then 'owner' else 'member' end)::uuid, now(), now()
    from generate_series($1 + 1, $2) n
    join tenants t on t.slug = format('customer-%s', n), generate_series(0, 1) k",
    "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at,
        last_seen_at, expires_at)
    select gen_random_uuid(), sha256(id::text::bytea), id, 'password', '192.0.2.1', 'load', now(), now(), now(),
        now() + interval '1 day'
    from users where email like 'customer-%' and $1 < $2 on conflict do nothing",
    "insert into billing_tenant_subscriptions (tenant_id, provider_subscription_id, provider, provider_customer_id,
        provider_product_id, plan_key, billing_interval, status, seats, amount, currency, current_period_start,
        current_period_end, cancel_at_period_end, created_at, modified_at, facts_hash, is_current, past_due_at)
    select id, 'subscription-' || id, 'polar', 'customer-' || id, 'product', plan_key, 'month', billing_state, 5, 9500, 'usd',
        now(), now() + interval '20 days', false, now(), now(), '', true, case billing_state when 'past_due' then now() end
    from tenants where slug like 'customer-%' and billing_state in ('active', 'past_due') and $1 < $2 on conflict do nothing",
    "insert into billing_invoices (tenant_id, provider_order_id, provider, number, status, paid, billing_reason, net_amount,
        tax_amount, total_amount, currency, created_at, modified_at, facts_hash)
    select tenant_id, 'order-' || k || '-' || tenant_id, 'polar', 'N-' || k, 'paid', true, 'cycle', 9500, 0, 9500, 'usd',
        now() - make_interval(months => k), now(), ''
    from billing_tenant_subscriptions, generate_series(1, 3) k
    where provider_subscription_id = 'subscription-' || tenant_id and $1 < $2 on conflict do nothing",
    "insert into users (id, email, email_verified_at, name, created_at, updated_at)
    select '00000000-0000-7000-9003-000000000001', 'staff@load.plinth.test', now(), 'Staff', now(), now() where $1 < $2
    on conflict do nothing",
    "insert into platform_role_assignments (id, user_id, role, granted_at)
    select gen_random_uuid(), '00000000-0000-7000-9003-000000000001', 'superadmin', now() where $1 < $2
    on conflict do nothing",
    "insert into user_sessions (id, token_hash, user_id, method, address, user_agent, created_at, authenticated_at,
        last_seen_at, expires_at, second_factor_at)
    select gen_random_uuid(), sha256('a-session-of-staff-for-measuring'), '00000000-0000-7000-9003-000000000001', 'password',
        '127.0.0.1', 'load', now(), now(), now(), now() + interval '1 day', now() where $1 < $2
    on conflict do nothing",
];

const fn page(name: &'static str, path: &'static str) -> Target {
    Target {
        name,
        path,
        body: None,
        session: SESSION,
        clients: CLIENTS,
    }
}

const PAGES: [Target; 7] = [
    page("overview of the platform", "/platform"),
    page("organizations, the newest", "/platform/tenants"),
    page(
        "organizations, a page far behind",
        "/platform/tenants?before=00000000-0000-7000-9002-000000000200",
    ),
    page("organizations, by status", "/platform/tenants?status=suspended"),
    page(
        "organizations, by a part of the name",
        "/platform/tenants?search=works+99999",
    ),
    page(
        "organizations, by a member\u{2019}s address",
        "/platform/tenants?search=customer-777-1%40load.plinth.test",
    ),
    page(
        "everything about one organization",
        "/platform/tenants/00000000-0000-7000-9002-0000000186a0",
    ),
];

pub fn measure(database: &Database, load: &Load<'_>) -> Result<Vec<(&'static str, Figures)>> {
    say(format_args!("customers: {CUSTOMERS} more"));
    database.fill(STATEMENTS, 0, CUSTOMERS)?;
    let mut measured = Vec::with_capacity(PAGES.len());
    for target in PAGES {
        let figures = load.measure(&target)?;
        say(format_args!(
            "{}: {:.0} requests/s, p99 {:.1} ms",
            target.name, figures.per_second, figures.p99
        ));
        measured.push((target.name, figures));
    }
    Ok(measured)
}
