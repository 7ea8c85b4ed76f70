-- Erasing an account looks in every organization for what was sent to its address and what was accepted with it. What is still
-- open has an index already. Who invites or accepts meanwhile waits until these are built; who reads does not. Not
-- `concurrently`: that waits for every statement that runs, and a second node that starts runs one that waits for this.
create index tenant_invitations_ended_email on tenant_invitations (email) where status <> 'pending';
create index tenant_invitations_accepted_by on tenant_invitations (accepted_by) where accepted_by is not null;
