-- Whether somebody has been seen on a device before is asked at every sign-in, of a log that only grows.
create index audit_log_devices on audit_log (actor_user_id, user_agent)
    where action in ('user.signed_up', 'user.signed_in');
