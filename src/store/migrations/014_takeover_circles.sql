-- No group comes under itself by way of others. Circles entered before stay on record as they were decided; nothing more closes one.

-- Whether by a book's decisions a group is under another on some day of a span, directly or by way of others.
create function is_under(p_book integer, p_group integer, p_by integer, p_span daterange) returns boolean language sql stable as $$
  with recursive over as (
    select p_group as group_no, p_span as span
    union
    select t.by_no, o.span * t.valid from over o cross join takeovers_of(p_book, null) t where t.format_no = o.group_no and o.span && t.valid
  )
  select exists (select from over where group_no = p_by)
$$;

-- A group is under one other at a time, and never under itself. The lock, one for a book, makes the second of two decisions wait for the first, and then
-- see it: each of two that are lawful by themselves may close the circle of the other.
create or replace function refuse_second_takeover() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  l_book integer := (select book_no from proposal where no = new.proposal_no);
begin
  perform pg_advisory_xact_lock(hashtext('mainstay.takeover'), l_book);
  if exists (select from takeovers_of(l_book, null) t where t.format_no = new.format_no and t.valid && new.valid) then
    raise exception using errcode = 'exclusion_violation', message = 'the group is under another already';
  end if;
  if is_under(l_book, new.by_no, new.format_no, new.valid) then
    raise exception using errcode = 'exclusion_violation', message = 'the group would come under itself';
  end if;
  return new;
end $$;
