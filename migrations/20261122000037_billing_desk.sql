-- The inbox of the payment provider's messages, as staff look through it: by how far each has come and by its type, the newest first,
-- and the attempts of one that failed.
create index billing_events_by_status on billing_payment_events (status, received_at desc, id desc) where status <> 'processed';
create index billing_events_by_type on billing_payment_events (event_type, received_at desc, id desc);
create index job_runs_failed_by_key on job_runs (job_key, finished_at desc) where outcome = 'failed' and job_key is not null;
