-- The audit log becomes tamper-evident: the entries of an organization form a chain, each holding the hash of the one
-- before it. Who changes, removes or adds a row without the application breaks it, and `plinth audit verify` says where.

-- The end of each chain; before its first entry, position 0 and the hash of nothing. An organization has one, whose id is
-- the organization's; entries that belong to no organization (the nil uuid) are chained by person, so that people do not
-- wait for each other when they sign in.
create table audit_chains (
    tenant_id uuid not null,
    chain_id uuid not null,
    position bigint not null,
    hash bytea not null,
    primary key (tenant_id, chain_id),
    constraint audit_chains_position check (position >= 0),
    constraint audit_chains_hash check (length(hash) = 32)
);

alter table audit_chains enable row level security;
alter table audit_chains force row level security;
create policy audit_chains_current on audit_chains for all to plinth_app
    using (
        tenant_id = (select current_tenant_id())
        or (
            tenant_id = '00000000-0000-0000-0000-000000000000'
            and (chain_id = '00000000-0000-0000-0000-000000000000' or chain_id = (select current_user_id()))
        )
    );
create policy audit_chains_platform on audit_chains for all to plinth_platform using (true) with check (true);
grant select, insert, update on audit_chains to plinth_app, plinth_platform;

-- What tells about people stands behind a salted digest. Erasing somebody empties the details and the salt and keeps the
-- digest: the chain holds, and nothing can be guessed back.
alter table audit_log
    add column chain_id uuid,
    add column position bigint,
    add column details_salt bytea,
    add column details_hash bytea,
    add column hash bytea,
    add column redacted_at timestamptz;

create function audit_details_hash(
    salt bytea, before jsonb, after jsonb, address text, user_agent text
) returns bytea
    language sql immutable parallel safe
    return sha256(salt || convert_to(jsonb_build_array(before, after, address, user_agent)::text, 'UTF8'));

-- Times as microseconds since 1970: their text would depend on the reader's zone.
create function audit_entry_hash(
    previous bytea, tenant_id uuid, chain_id uuid, entry_position bigint, id uuid, occurred_at timestamptz, action text, origin text,
    actor_user_id uuid, on_behalf_of_user_id uuid, subject_type text, subject_id uuid, request_id text, details_hash bytea
) returns bytea
    language sql immutable parallel safe
    return sha256(previous || convert_to(jsonb_build_array(
        tenant_id, chain_id, entry_position, id, (extract(epoch from occurred_at) * 1000000)::bigint, action, origin,
        actor_user_id, on_behalf_of_user_id, subject_type, subject_id, request_id, encode(details_hash, 'hex')
    )::text, 'UTF8'));

-- What is there already, in the order in which it happened.
do $$
declare
    entry audit_log;
    place audit_chains;
begin
    for entry in select * from audit_log order by occurred_at, id loop
        entry.chain_id := case
            when entry.tenant_id <> '00000000-0000-0000-0000-000000000000' then entry.tenant_id
            else coalesce(entry.actor_user_id, '00000000-0000-0000-0000-000000000000')
        end;
        select * into place from audit_chains c where c.tenant_id = entry.tenant_id and c.chain_id = entry.chain_id;
        entry.position := coalesce(place.position, 0) + 1;
        entry.details_salt := uuid_send(gen_random_uuid());
        entry.details_hash := audit_details_hash(
            entry.details_salt, entry.before, entry.after, entry.address, entry.user_agent);
        entry.hash := audit_entry_hash(
            coalesce(place.hash, sha256('')), entry.tenant_id, entry.chain_id, entry.position, entry.id, entry.occurred_at,
            entry.action, entry.origin, entry.actor_user_id, entry.on_behalf_of_user_id, entry.subject_type,
            entry.subject_id, entry.request_id, entry.details_hash);
        update audit_log set chain_id = entry.chain_id, position = entry.position, details_salt = entry.details_salt,
            details_hash = entry.details_hash, hash = entry.hash
        where tenant_id = entry.tenant_id and id = entry.id;
        insert into audit_chains (tenant_id, chain_id, position, hash)
        values (entry.tenant_id, entry.chain_id, entry.position, entry.hash)
        on conflict (tenant_id, chain_id) do update set position = excluded.position, hash = excluded.hash;
    end loop;
end
$$;

alter table audit_log
    alter column chain_id set not null,
    alter column position set not null,
    alter column details_hash set not null,
    alter column hash set not null,
    add constraint audit_log_redacted check (
        (redacted_at is null) = (details_salt is not null)
        and (redacted_at is null or (before is null and after is null and address is null and user_agent is null))
    );
create unique index audit_log_chain_key on audit_log (tenant_id, chain_id, position);
create index audit_log_action on audit_log (tenant_id, action, occurred_at desc);
-- Who is in an organization's log, and what they did there.
create index audit_log_actor_in_tenant on audit_log (tenant_id, actor_user_id, position desc);

-- Erasing is all that can be done to an entry, once, and by the platform alone.
grant update (before, after, address, user_agent, details_salt, redacted_at) on audit_log to plinth_platform;
create policy audit_log_erase on audit_log as restrictive for update to plinth_platform
    using (redacted_at is null) with check (redacted_at is not null);
