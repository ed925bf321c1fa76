-- Authority in the ledger: a step that calls, spends or moves a fund's money names what allows it, and the call that posts it draws on that under its lock.

drop function post_batch(bigint[], bigint[], numeric[], numeric[], integer[], date[], text[], timestamptz[], integer[], bigint[], text[], integer[], uuid[], smallint[], text);
drop function post_steps(text[], text[], text[], text[], numeric[], numeric[], text[], date[], text[], timestamptz[], text[], text[], text);

/*
 * What each governed step of a call needs, by the classes it leaves and enters (0 is outside; 2 bound, 3 placed, 4 moved, 5 received), as if it
 * were not one that takes another back: `kind` of authority, how much of it is drawn and how much of what was drawn is paid.
 *   contribution  0 -> 2 a member is called                     call        draws
 *   pot           0 -> 2 with an authority: moved in             reallocate  (drawn where it leaves)
 *                 2 -> 0 moved out                               reallocate  draws
 *                 2 -> 3 placed                                  spend       draws
 *                 2 -> 4 paid at once                            spend       draws and pays
 *                 3 -> 4 what was placed is paid                 spend       pays
 *                 3 -> 2 what was placed is free again           spend       gives back
 *                 4 -> 5 with an authority: confirmed            spend
 * Free are income into a pot, receipts and remissions of what members owe, and a recipient's confirmation that names none. Any other step of a
 * pot is refused, and any step by an account that may go below zero: a fund has no money that did not come.
 */
create view governed_step as
select p.no, p.authority_no, p.polarity, p.effective_on, p.known_at, g.fund_no, g.line_no, pot.earmark_no, p.quantity, step.leaves, step.enters,
  case
    when d.contra or c.contra then 'refused'
    when g.kind = 'contribution' then case when step.leaves = 0 then 'call' end
    when (step.leaves = 2 and step.enters = 0) or (step.leaves = 0 and step.enters = 2 and p.authority_no is not null) then 'reallocate'
    when (step.leaves, step.enters) in ((2, 3), (2, 4), (3, 4), (3, 2)) or ((step.leaves, step.enters) = (4, 5) and p.authority_no is not null) then 'spend'
    when (step.leaves, step.enters) in ((0, 2), (4, 5)) then null
    else 'refused'
  end as kind,
  p.polarity * p.quantity * case
    when g.kind = 'contribution' then case when step.leaves = 0 then 1 else 0 end
    when step.leaves = 2 and step.enters in (0, 3, 4) then 1 when step.leaves = 3 and step.enters = 2 then -1 else 0 end as drawn,
  p.polarity * p.quantity * case when g.kind = 'pot' and step.leaves in (2, 3) and step.enters = 4 then 1 else 0 end as paid
from posting p
join governed g on g.promise_no = p.promise_no
left join pot on pot.promise_no = p.promise_no
join account d on d.no = p.debit_account
join account c on c.no = p.credit_account
cross join lateral (
  select coalesce(case p.polarity when 1 then c.class else d.class end, 0) as leaves, coalesce(case p.polarity when 1 then d.class else c.class end, 0) as enters
) as step;

-- Smallest parts as a decimal of the major unit, for a person.
create function in_major_units(amount numeric, scale integer) returns text language sql immutable parallel safe
  return to_char(round(amount / 10::numeric ^ scale, scale), 'FM999,999,999,999,999,999,990' || case when scale > 0 then '.' || repeat('0', scale) else '' end);

/*
 * Draws what the governed postings among those numbered need from the authorities they name, or refuses them all. Authorities are locked in
 * order, after the balances; whoever ends a decision takes the same locks first, so a decision that has ended is never drawn on.
 */
create function draw_authority(p_numbers bigint[]) returns void
language plpgsql set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  steps governed_step[];
  wrong record;
begin
  if not exists (select from governed) then
    return;
  end if;
  select array_agg(s order by s.no) into steps from unnest(p_numbers) as l(no) join governed_step s on s.no = l.no
  where s.kind is not null or s.authority_no is not null;
  if steps is null then
    return;
  end if;
  -- What is looked up from here on is looked up under the lock.
  perform 1 from authority_balance where authority_no in (select s.authority_no from unnest(steps) s) order by authority_no for no key update;

  select s.*, a.id, a.kind as allows, a.fund_no as of_fund, a.line_no as of_line, a.to_line_no, a.valid, a.granted_at, e.kind as ended, e.at as ended_at into wrong
  from unnest(steps) s
  left join authority a on a.no = s.authority_no left join decision_end e on e.proposal_no = a.proposal_no
  where s.kind is not null and (
    s.kind = 'refused' or a.no is null or a.kind <> s.kind
    or (s.kind = 'reallocate' and s.leaves = 0 and a.to_line_no <> s.line_no)
    or (not (s.kind = 'reallocate' and s.leaves = 0) and (a.fund_no <> s.fund_no or a.line_no <> s.line_no))
    or (s.drawn + s.paid > 0 and (e.kind is not null or s.effective_on is null or not a.valid @> s.effective_on or s.known_at < a.granted_at)))
  limit 1;
  if found then
    raise exception using errcode = 'MS004',
      message = case when wrong.kind = 'refused' then 'governed_step_not_allowed'
                     when wrong.id is null then 'authority_missing'
                     when wrong.allows <> wrong.kind or (wrong.kind = 'reallocate' and wrong.leaves = 0 and wrong.to_line_no <> wrong.line_no)
                       or (not (wrong.kind = 'reallocate' and wrong.leaves = 0) and (wrong.of_fund <> wrong.fund_no or wrong.of_line <> wrong.line_no))
                       then 'authority_of_another_purpose'
                     else 'authority_not_live' end,
      detail = case when wrong.id is null then format('a step from class %s to class %s', wrong.leaves, wrong.enters)
                    when wrong.ended is not null then format('authority %s, whose decision was %s on %s', wrong.id, wrong.ended, utc_day(wrong.ended_at))
                    when wrong.drawn + wrong.paid > 0 and not wrong.valid @> wrong.effective_on
                      then format('authority %s, good from %s to %s, on %s', wrong.id, lower(wrong.valid), upper(wrong.valid) - 1, wrong.effective_on)
                    else format('authority %s, which allows to %s on %s', wrong.id, wrong.allows,
                                coalesce((select string_agg(l.id, ' to ' order by (l.no = wrong.to_line_no)) from fund_line l where l.no in (wrong.of_line, wrong.to_line_no)), 'any line')) end;
  end if;

  -- What leaves a line arrives in the other, under the same earmark.
  select a.id into wrong from unnest(steps) s join authority a on a.no = s.authority_no where s.kind = 'reallocate'
  group by a.id, s.earmark_no having sum(s.polarity * case s.leaves when 0 then s.quantity else -s.quantity end) <> 0 limit 1;
  if found then
    raise exception using errcode = 'MS004', message = 'reallocation_must_balance', detail = format('authority %s', wrong.id);
  end if;

  with wanted as (
    select s.authority_no, sum(s.drawn) as drawn, sum(s.paid) as paid
    from unnest(steps) s where s.authority_no is not null group by s.authority_no
  ), short as (
    select a.id, b.amount, b.used, b.paid as paid_before, w.drawn, w.paid, u.code, u.scale from wanted w
    join authority_balance b using (authority_no) join authority a on a.no = w.authority_no join fund f on f.no = a.fund_no join unit u on u.no = f.unit_no
    where b.used + w.drawn > b.amount or b.paid + w.paid > b.used + w.drawn
  )
  select * into wrong from short limit 1;
  if found then
    raise exception using errcode = 'MS004', message = 'authority_exhausted',
      detail = case when wrong.used + wrong.drawn > wrong.amount
                    then format('authority %s has %s %s left of %s, and %s are asked', wrong.id, wrong.code, in_major_units(wrong.amount - wrong.used, wrong.scale),
                                in_major_units(wrong.amount, wrong.scale), in_major_units(wrong.drawn, wrong.scale))
                    else format('under authority %s, %s %s are placed and not paid, and %s are asked', wrong.id, wrong.code,
                                in_major_units(wrong.used - wrong.paid_before, wrong.scale),
                                in_major_units(greatest(wrong.paid, 0) - least(wrong.drawn, 0), wrong.scale)) end;
  end if;

  update authority_balance b set used = b.used + w.drawn, paid = b.paid + w.paid
  from (select s.authority_no, sum(s.drawn) as drawn, sum(s.paid) as paid from unnest(steps) s where s.authority_no is not null group by s.authority_no) as w
  where b.authority_no = w.authority_no and (w.drawn <> 0 or w.paid <> 0);
end $$;

-- Takes the free money of all of a fund's pots for a transaction that posts to several of them one after the other, in the order in which a
-- single call takes them: whoever moves money between two of them waits, and does not hold one of them meanwhile.
create function lock_pots(p_fund integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into account (book_no, promise_no, stage, contra, unit_no, donor_no, class)
  select m.book_no, m.no, g.id, false, m.unit_no, m.donor_no, g.class
  from pot join promise m on m.no = pot.promise_no join stage g on g.stream = m.stream and g.class = 2
  where pot.fund_no = p_fund and not exists (select from account a where a.promise_no = m.no and a.stage = g.id and not a.contra)
  order by m.no on conflict do nothing;
  perform 1 from account_balance where account_no in (
    select a.no from pot join account a on a.promise_no = pot.promise_no and a.class = 2 where pot.fund_no = p_fund) order by account_no for no key update;
end $$;

-- Ends a decision once and for all: no more is drawn on it from the moment this commits. What was posted stays.
create function end_decision(p_proposal integer, p_kind text, p_at timestamptz, p_reason text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from authority_balance where authority_no in (select no from authority where proposal_no = p_proposal) order by authority_no for no key update;
  insert into decision_end (proposal_no, kind, at, reason) values (p_proposal, p_kind, p_at, p_reason);
end $$;

-- Postings by account, as before; governed ones draw on the authority they name, position i of p_authority.
create function post_batch(
  p_debit bigint[], p_credit bigint[], p_quantity numeric[], p_reported numeric[], p_reported_unit integer[],
  p_effective date[], p_precision text[], p_known timestamptz[], p_release integer[], p_reverses bigint[], p_reason text[],
  p_source integer[], p_content uuid[], p_polarity smallint[], p_actor text, p_authority bigint[] default null
) returns bigint[]
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
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
                       class, sign, authority_no)
  overriding system value
  select numbers[l.position], d.book_no, l.release, l.debit, l.credit, d.unit_no, l.quantity, l.reported, l.reported_unit, l.effective,
         l.precision, l.known, case when l.reverses < 0 then numbers[-l.reverses] else l.reverses end, l.reason, l.source, p_actor, l.content,
         l.polarity, m.no, m.donor_no, m.recipient_no,
         nullif(case when coalesce(d.class, 0) = coalesce(c.class, 0) then 0 else greatest(coalesce(d.class, 0), coalesce(c.class, 0)) end, 0),
         sign(coalesce(d.class, 0) - coalesce(c.class, 0)), p_authority[l.position]
  from unnest(p_debit, p_credit, p_quantity, p_reported, p_reported_unit, p_effective, p_precision, p_known, p_release,
              p_reverses, p_reason, p_source, p_content, p_polarity)
    with ordinality as l(debit, credit, quantity, reported, reported_unit, effective, precision, known, release,
                         reverses, reason, source, content, polarity, position)
    join account d on d.no = l.debit
    join account c on c.no = l.credit
    join promise m on m.no = coalesce(d.promise_no, c.promise_no) and (c.promise_no is null or c.promise_no = m.no)
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
  perform draw_authority(numbers);
  return numbers;
end $$;


-- Steps by promise and stage, as before; p_authority names authorities by their id, null where a step needs none.
create function post_steps(
  p_promise text[], p_unit text[], p_from text[], p_to text[], p_quantity numeric[], p_reported numeric[], p_reported_unit text[],
  p_effective date[], p_precision text[], p_known timestamptz[], p_source text[], p_reason text[], p_actor text, p_authority text[] default null
) returns bigint[]
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  wanted integer := cardinality(p_promise);
  l_debit bigint[];
  l_credit bigint[];
  l_source integer[];
  l_unit integer[];
  l_content uuid[];
  l_authority bigint[];
  wrong record;
begin
  for attempt in 1 .. 2 loop
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
      join account o on o.book_no = p.book_no and o.unit_no = p.unit_no and o.promise_no is null and o.stage is null and not o.contra
      left join unit r on r.code = l.reported_unit
      left join account d on d.book_no = p.book_no and d.promise_no = p.no and d.stage = l.stage_to and not d.contra and d.unit_no = p.unit_no
      left join account c on c.book_no = p.book_no and c.promise_no = p.no and c.stage = l.stage_from and not c.contra and c.unit_no = p.unit_no
    ) as l
    where l.debit <> l.credit and (l.reported is null or l.reported_no is not null);
    exit when coalesce(cardinality(l_debit), 0) = wanted or attempt = 2;
    -- An account is missing, or something is wrong: open what is missing and look again.
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
  end loop;

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
  if p_authority is not null then
    select array_agg(a.no order by l.position) into l_authority
    from unnest(p_authority) with ordinality as l(id, position) left join authority a on a.id = l.id;
    select l.id into wrong from unnest(p_authority) as l(id) where l.id is not null and not exists (select from authority a where a.id = l.id) limit 1;
    if found then
      raise exception using errcode = 'MS003', message = 'unknown_authority', detail = wrong.id;
    end if;
  end if;
  return post_batch(l_debit, l_credit, p_quantity, p_reported, l_unit, p_effective, p_precision, p_known, array_fill(null::integer, array[wanted]),
                    array_fill(null::bigint, array[wanted]), p_reason, l_source, l_content, array_fill(1::smallint, array[wanted]), p_actor, l_authority);
end $$;

-- Taking back, as before; what a posting drew goes back to its authority.
create or replace function reverse_postings(p_no bigint[], p_known timestamptz, p_source text, p_reason text, p_actor text) returns bigint[]
language plpgsql security definer set search_path = public, pg_temp as $$
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
      array_agg((-o.polarity)::smallint order by l.position), p_actor,
      array_agg(o.authority_no order by l.position))
    from unnest(p_no) with ordinality as l(no, position) join posting o on o.no = l.no);
end $$;
