-- A takeover stands in the book of its decision and ends with it: what is tried out in one book is nothing to another, and what an annulled
-- decision had brought under a group can be brought under one again.

alter table takeover drop constraint takeover_pkey;
alter table takeover add primary key (proposal_no);

-- The groups under others by decisions of a book, as known before an instant (null: all that is on record). Empty spans are of decisions that
-- ended before it began; on the day on which a decision ends, the group is its own again.
create function takeovers_of(p_book integer, p_known_before timestamptz)
returns table (format_no integer, by_no integer, valid daterange, proposal_no integer) language sql stable parallel safe as $$
  select t.format_no, t.by_no, t.valid * daterange(null, utc_day(e.at)), t.proposal_no
  from takeover t join proposal p on p.no = t.proposal_no join decision d on d.proposal_no = t.proposal_no
  left join decision_end e on e.proposal_no = t.proposal_no and (p_known_before is null or e.at < p_known_before)
  where p.book_no = p_book and (p_known_before is null or d.at < p_known_before)
$$;

-- A group is under one other at a time. The lock makes the second of two decisions wait for the first, and then see it.
create function refuse_second_takeover() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('mainstay.takeover'), new.format_no);
  if exists (select from proposal p cross join takeovers_of(p.book_no, null) t
             where p.no = new.proposal_no and t.format_no = new.format_no and t.valid && new.valid) then
    raise exception using errcode = 'exclusion_violation', message = 'the group is under another already';
  end if;
  return new;
end $$;
create trigger takeover_once before insert on takeover for each row execute function refuse_second_takeover();
