-- Invitations to the staff that are over go with the hourly clean-up.

grant delete on platform_invitations to plinth_platform;
create index platform_invitations_over on platform_invitations (coalesce(ended_at, expires_at));
