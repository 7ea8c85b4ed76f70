-- Until when somebody is changing a subscription at the provider. Without a lock: the provider takes its time, and a program
-- that was killed in between keeps nobody waiting for longer than that.
alter table billing_tenant_subscriptions add column changing_until timestamptz;
