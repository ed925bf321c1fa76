-- A placement is what its posting says: the same quantity of its offer's promise, from what was said to what is placed; a posting places once.
create unique index placement_posting on placement (posting_no);
create index placement_plan on placement (plan_no);

create function check_placements() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  wrong record;
begin
  select p.id, p.quantity, s.quantity as posted, s.no into wrong
  from placed p join offer o on o.no = p.offer_no join posting s on s.no = p.posting_no
  join account goes on goes.no = s.debit_account join account comes on comes.no = s.credit_account
  where s.promise_no <> o.promise_no or s.quantity <> p.quantity or s.reverses is not null
    or goes.class is distinct from 3 or coalesce(comes.class, 0) not in (1, 2) limit 1;
  if found then
    raise exception using errcode = '23514', message = 'a placement is not what its posting says', constraint = 'placement_is_posted',
      detail = format('placement %s of %s, and posting %s of %s', wrong.id, wrong.quantity, wrong.no, wrong.posted);
  end if;
  return null;
end $$;
create trigger placements_hold after insert on placement referencing new table as placed for each statement execute function check_placements();
