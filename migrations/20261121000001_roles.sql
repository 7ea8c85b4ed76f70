-- The two roles every request and every job works as. Neither owns a table, so row-level security binds both.
-- Roles belong to the cluster, not to the database: another database of the same cluster may have made them already.
do $$
begin
    if not exists (select from pg_roles where rolname = 'plinth_app') then
        create role plinth_app nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
exception when duplicate_object or unique_violation then null;
end
$$;

do $$
begin
    if not exists (select from pg_roles where rolname = 'plinth_platform') then
        create role plinth_platform nosuperuser nobypassrls nocreatedb nocreaterole;
    end if;
exception when duplicate_object or unique_violation then null;
end
$$;

create extension if not exists citext;

grant usage on schema public to plinth_app, plinth_platform;

-- Who asks, carried by `set local` in the statement that opens the transaction. Unset or empty means nobody:
-- every policy then compares with null and shows no row.
create function current_tenant_id() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('plinth.tenant_id', true), '')::uuid;

create function current_user_id() returns uuid
    language sql stable parallel safe
    return nullif(current_setting('plinth.user_id', true), '')::uuid;
