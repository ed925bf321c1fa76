-- Posting by promise and stage, and taking back.

-- Whom a posting's promise is for, on the posting itself: a figure's boundary then needs no other table.
alter table posting add column recipient_no integer;
alter table posting disable trigger posting_append_only;
update posting set recipient_no = promise.recipient_no from promise where promise.no = posting.promise_no;
alter table posting enable trigger posting_append_only;
alter table posting alter column recipient_no set not null;

-- What a release states is taken back and restated by the releases after it; anything else is taken back once, by a person.
create unique index posting_taken_back_once on posting (reverses) where release_no is null and reverses is not null;
create index reading_without_quantity on reading (release_no) where not quantity_stated;

drop function post_batch;

/*
 * Posts many steps in one call, all or none: position i of every array is one posting. p_reverses names the posting taken back by its
 * number, or by minus its position in this call.
 * Class effect: forward, the class entered gains; backward, the class left loses; outside counts as class 0; a contra account stands in
 * its stage's class. Balances are locked in account order, so that calls never deadlock on them. Numbers are given under a shared lock
 * held to the end of the transaction: who holds the same lock alone knows that no lower number is still to come (refresh_cube).
 */
create function post_batch(
  p_debit bigint[], p_credit bigint[], p_quantity numeric[], p_reported numeric[], p_reported_unit integer[],
  p_effective date[], p_precision text[], p_known timestamptz[], p_release integer[], p_reverses bigint[], p_reason text[],
  p_source integer[], p_content uuid[], p_polarity smallint[], p_actor text
) returns bigint[]
language plpgsql security definer set search_path = public as $$
declare
  wanted integer := cardinality(p_debit);
  numbers bigint[];
  moved integer;
  settled integer;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('mainstay.postings', 0));
  select array_agg(nextval('posting_no_seq')) into numbers from generate_series(1, wanted);

  perform 1 from account_balance where account_no = any (p_debit || p_credit) order by account_no for no key update;
  get diagnostics moved = row_count;

  insert into posting (no, book_no, release_no, debit_account, credit_account, unit_no, quantity, reported, reported_unit_no, effective_on,
                       date_precision, known_at, reverses, reason, source_no, actor, content_key, polarity, promise_no, donor_no, recipient_no,
                       class, sign)
  overriding system value
  select numbers[l.position], d.book_no, l.release, l.debit, l.credit, d.unit_no, l.quantity, l.reported, l.reported_unit, l.effective,
         l.precision, l.known, case when l.reverses < 0 then numbers[-l.reverses] else l.reverses end, l.reason, l.source, p_actor, l.content,
         l.polarity, m.no, m.donor_no, m.recipient_no,
         nullif(case when coalesce(d.class, 0) = coalesce(c.class, 0) then 0 else greatest(coalesce(d.class, 0), coalesce(c.class, 0)) end, 0),
         sign(coalesce(d.class, 0) - coalesce(c.class, 0))
  from unnest(p_debit, p_credit, p_quantity, p_reported, p_reported_unit, p_effective, p_precision, p_known, p_release,
              p_reverses, p_reason, p_source, p_content, p_polarity)
    with ordinality as l(debit, credit, quantity, reported, reported_unit, effective, precision, known, release,
                         reverses, reason, source, content, polarity, position)
    join account d on d.no = l.debit
    join account c on c.no = l.credit
    join promise m on m.no = coalesce(d.promise_no, c.promise_no)
  order by l.position;
  get diagnostics settled = row_count;
  if settled <> wanted then
    raise exception using errcode = 'MS002', message = 'posting_account_unknown',
      detail = format('%s postings name an account that does not exist, or no promise', wanted - settled);
  end if;

  update account_balance b set balance = b.balance + m.amount
  from (
    select account_no, sum(amount) as amount
    from (select * from unnest(p_debit, p_quantity) as debit(account_no, amount)
          union all select account_no, -amount from unnest(p_credit, p_quantity) as credit(account_no, amount)) as side
    group by account_no
  ) as m
  where b.account_no = m.account_no and (b.contra or b.balance + m.amount >= 0);
  get diagnostics settled = row_count;
  if settled <> moved then
    perform refuse_below_zero(p_debit, p_credit, p_quantity);
  end if;
  return numbers;
end $$;

-- Names the first stage that a call would take below zero.
create function refuse_below_zero(p_debit bigint[], p_credit bigint[], p_quantity numeric[]) returns void
language plpgsql set search_path = public as $$
declare
  found record;
begin
  select p.id, a.stage, b.balance, u.code, b.balance + m.amount as after into strict found
  from (
    select account_no, sum(amount) as amount
    from (select * from unnest(p_debit, p_quantity) as debit(account_no, amount)
          union all select account_no, -amount from unnest(p_credit, p_quantity) as credit(account_no, amount)) as side
    group by account_no
  ) as m
  join account_balance b using (account_no) join account a on a.no = b.account_no
  join promise p on p.no = a.promise_no join unit u on u.no = a.unit_no
  where not b.contra and b.balance + m.amount < 0
  order by a.no limit 1;
  raise exception using errcode = '23514', message = 'stage_below_zero', constraint = 'stage_below_zero',
    detail = format('promise %s, stage %s: %s smallest parts of %s stand there, %s too few', found.id, found.stage, found.balance, found.code, -found.after);
end $$;

/*
 * Posts steps by promise and stage, opening the accounts they need; null for a stage is outside the promise. Position i of every array is
 * one step. p_unit is the unit the caller counts in; it must be the promise's own.
 */
create function post_steps(
  p_promise text[], p_unit text[], p_from text[], p_to text[], p_quantity numeric[], p_reported numeric[], p_reported_unit text[],
  p_effective date[], p_precision text[], p_known timestamptz[], p_source text[], p_reason text[], p_actor text
) returns bigint[]
language plpgsql security definer set search_path = public as $$
declare
  wanted integer := cardinality(p_promise);
  l_debit bigint[];
  l_credit bigint[];
  l_source integer[];
  l_unit integer[];
  l_content uuid[];
  wrong record;
begin
  insert into account (book_no, promise_no, stage, contra, unit_no, donor_no, class)
  select p.book_no, p.no, g.id, false, p.unit_no, p.donor_no, g.class
  from (select * from unnest(p_promise, p_from) as left_side(promise, stage) union select * from unnest(p_promise, p_to)) as s
  join promise p on p.id = s.promise join stage g on g.id = s.stage and g.stream = p.stream
  where not exists (select from account a where a.promise_no = p.no and a.stage = g.id and not a.contra)
  union all
  select p.book_no, null, null, false, p.unit_no, null, null
  from (select distinct book_no, unit_no from promise where id = any (p_promise)) as p
  where not exists (select from account a where a.book_no = p.book_no and a.unit_no = p.unit_no and a.promise_no is null)
  on conflict do nothing;

  select array_agg(l.debit order by l.position), array_agg(l.credit order by l.position), array_agg(l.source_no order by l.position),
         array_agg(l.reported_no order by l.position),
         array_agg(md5(concat_ws('|', l.debit, l.credit, l.quantity, l.reported, l.reported_no, l.effective, l.precision))::uuid order by l.position)
  into l_debit, l_credit, l_source, l_unit, l_content
  from (
    select l.*, case when l.stage_to is null then o.no else d.no end as debit, case when l.stage_from is null then o.no else c.no end as credit,
           s.no as source_no, r.no as reported_no
    from unnest(p_promise, p_unit, p_from, p_to, p_quantity, p_reported, p_reported_unit, p_effective, p_precision, p_source)
      with ordinality as l(promise, unit, stage_from, stage_to, quantity, reported, reported_unit, effective, precision, source, position)
    join promise p on p.id = l.promise
    join unit u on u.no = p.unit_no and u.code = l.unit
    join source s on s.id = l.source
    join account o on o.book_no = p.book_no and o.unit_no = p.unit_no and o.promise_no is null
    left join unit r on r.code = l.reported_unit
    left join account d on d.promise_no = p.no and d.stage = l.stage_to and not d.contra
    left join account c on c.promise_no = p.no and c.stage = l.stage_from and not c.contra
  ) as l
  where l.debit <> l.credit and (l.reported is null or l.reported_no is not null);

  if coalesce(cardinality(l_debit), 0) <> wanted then
    select l.*, p.no as promise_no, u.code as promise_unit, s.no as source_no, r.no as reported_no into strict wrong
    from unnest(p_promise, p_unit, p_from, p_to, p_source, p_reported_unit, p_reported)
      as l(promise, unit, stage_from, stage_to, source, reported_unit, reported)
    left join promise p on p.id = l.promise left join unit u on u.no = p.unit_no left join source s on s.id = l.source
    left join unit r on r.code = l.reported_unit
    left join stage f on f.id = l.stage_from and f.stream = p.stream left join stage t on t.id = l.stage_to and t.stream = p.stream
    where p.no is null or u.code is distinct from l.unit or s.no is null or (l.reported is not null and r.no is null)
       or l.stage_from is not distinct from l.stage_to
       or (l.stage_from is not null and f.id is null) or (l.stage_to is not null and t.id is null)
    limit 1;
    raise exception using errcode = 'MS003',
      message = case when wrong.promise_no is null then 'unknown_promise' when wrong.promise_unit <> wrong.unit then 'posting_unit_mismatch'
                     when wrong.source_no is null then 'unknown_source'
                     when wrong.reported is not null and wrong.reported_no is null then 'unknown_unit' else 'unknown_stage' end,
      detail = case when wrong.promise_no is null then wrong.promise
                    when wrong.promise_unit <> wrong.unit then format('promise %s is counted in %s, the posting in %s', wrong.promise, wrong.promise_unit, wrong.unit)
                    when wrong.source_no is null then wrong.source
                    when wrong.reported is not null and wrong.reported_no is null then coalesce(wrong.reported_unit, 'none')
                    else format('from %s to %s, promise %s', coalesce(wrong.stage_from, 'outside'), coalesce(wrong.stage_to, 'outside'), wrong.promise) end;
  end if;
  return post_batch(l_debit, l_credit, p_quantity, p_reported, l_unit, p_effective, p_precision, p_known, array_fill(null::integer, array[wanted]),
                    array_fill(null::bigint, array[wanted]), p_reason, l_source, l_content, array_fill(1::smallint, array[wanted]), p_actor);
end $$;

/*
 * Takes postings back, each once, all or none. One that a release states is not taken back by hand: the release after it does that.
 */
create function reverse_postings(p_no bigint[], p_known timestamptz, p_source text, p_reason text, p_actor text) returns bigint[]
language plpgsql security definer set search_path = public as $$
declare
  wrong record;
  source_row integer := (select no from source where id = p_source);
begin
  if source_row is null then
    raise exception using errcode = 'MS003', message = 'unknown_source', detail = p_source;
  end if;
  if btrim(coalesce(p_reason, '')) = '' then
    raise exception using errcode = 'MS003', message = 'reversal_without_reason', detail = format('posting %s', p_no[1]);
  end if;
  select l.no, o.no as found, o.release_no, o.known_at into wrong
  from unnest(p_no) as l(no) left join posting o on o.no = l.no
  where o.no is null or o.release_no is not null or o.known_at > p_known limit 1;
  if found then
    raise exception using errcode = 'MS003',
      message = case when wrong.found is null then 'unknown_posting' when wrong.release_no is not null then 'posting_of_a_release'
                     else 'reversal_before_posting' end,
      detail = case when wrong.release_no is null and wrong.found is not null
                    then format('posting %s is known from %s on', wrong.no, to_char(wrong.known_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
                    else format('posting %s', wrong.no) end;
  end if;
  return (
    select post_batch(array_agg(o.credit_account order by l.position), array_agg(o.debit_account order by l.position),
      array_agg(o.quantity order by l.position), array_agg(o.reported order by l.position), array_agg(o.reported_unit_no order by l.position),
      array_agg(o.effective_on order by l.position), array_agg(o.date_precision order by l.position), array_agg(p_known order by l.position),
      array_agg(null::integer order by l.position), array_agg(o.no order by l.position), array_agg(p_reason order by l.position),
      array_agg(source_row order by l.position), array_agg(o.content_key order by l.position),
      array_agg((-o.polarity)::smallint order by l.position), p_actor)
    from unnest(p_no) with ordinality as l(no, position) join posting o on o.no = l.no);
end $$;
