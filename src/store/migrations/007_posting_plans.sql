-- Posting calls look their rows up one by one by index, by a plan made once: a call's plan no longer depends on what the tables held when it
-- was made, and a call opens accounts only when one is missing. What is checked is as before.

alter table account_balance set (fillfactor = 70);

-- Postings by account, as before.
create or replace function post_batch(
  p_debit bigint[], p_credit bigint[], p_quantity numeric[], p_reported numeric[], p_reported_unit integer[],
  p_effective date[], p_precision text[], p_known timestamptz[], p_release integer[], p_reverses bigint[], p_reason text[],
  p_source integer[], p_content uuid[], p_polarity smallint[], p_actor text
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
  return numbers;
end $$;

-- Steps by promise and stage, as before.
create or replace function post_steps(
  p_promise text[], p_unit text[], p_from text[], p_to text[], p_quantity numeric[], p_reported numeric[], p_reported_unit text[],
  p_effective date[], p_precision text[], p_known timestamptz[], p_source text[], p_reason text[], p_actor text
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
  return post_batch(l_debit, l_credit, p_quantity, p_reported, l_unit, p_effective, p_precision, p_known, array_fill(null::integer, array[wanted]),
                    array_fill(null::bigint, array[wanted]), p_reason, l_source, l_content, array_fill(1::smallint, array[wanted]), p_actor);
end $$;
