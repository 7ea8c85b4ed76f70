-- An invitation whose mail did not arrive. It stays open: it can be sent again, or passed on as a link. The table's grants and
-- policies hold for the column.
alter table tenant_invitations add column undeliverable_at timestamptz;
