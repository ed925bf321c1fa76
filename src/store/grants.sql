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
  end if;
end $$;
