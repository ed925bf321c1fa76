-- A key whose decision was annulled holds no day: a new one can be decided for the same. The key that a fund was opened with keeps its own.

alter table fund_key drop constraint fund_key_pkey;
alter table fund_key add primary key (fund_no, valid_from, proposal_no);

-- One key that stands a day. The lock makes the second of two decisions wait for the first, and then see it.
create function refuse_second_key() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtext('mainstay.fund_key'), new.fund_no);
  if exists (select from fund_key k join fund f on f.no = k.fund_no
             where k.fund_no = new.fund_no and k.valid_from = new.valid_from
               and (k.proposal_no = f.proposal_no or not exists (select from decision_end e where e.proposal_no = k.proposal_no))) then
    raise exception using errcode = 'unique_violation', message = 'the fund has a key from that day already';
  end if;
  return new;
end $$;
create trigger fund_key_once before insert on fund_key for each row execute function refuse_second_key();
