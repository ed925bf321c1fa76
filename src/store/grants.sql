-- What the program's role may do: read everything, add to the register, post through the functions, tidy up after a large import. Run after every migration; harmless to repeat.
do $$
begin
  if exists (select from pg_roles where rolname = 'mainstay_program') and current_user <> 'mainstay_program' then
    grant usage on schema public to mainstay_program;
    grant select, insert on all tables in schema public to mainstay_program;
    grant usage on all sequences in schema public to mainstay_program;
    grant execute on all functions in schema public to mainstay_program;
    revoke update, delete, truncate on all tables in schema public from mainstay_program;
    grant maintain on posting, account, account_balance, promise, reading, cube_delta, cube_cell, cube_source to mainstay_program;
    revoke insert on posting, account_balance, authority_balance, governed, decision_end, cube_state, cube_delta, cube_cell, cube_source,
      schema_version
      from mainstay_program;
    -- The queue of jobs is no record: its rows change and go.
    grant usage on schema mainstay_jobs to mainstay_program;
    grant select on all tables in schema mainstay_jobs to mainstay_program;
    grant insert, update, delete on mainstay_jobs.job, mainstay_jobs.job_common, mainstay_jobs.job_dependency, mainstay_jobs.instance
      to mainstay_program;
    grant insert, update on mainstay_jobs.queue to mainstay_program;
    grant update on mainstay_jobs.version to mainstay_program;
  end if;
end $$;
