-- The cube: sums by giver, class and half month of effect, as known at the end of each month in which something became known, and what
-- became known in each eight days. It holds nothing that is not in the postings and is never believed alone: a figure takes the nearest
-- sums, adds or subtracts the postings in between, and adds those numbered after the last refresh.

drop index posting_book_class;
create index posting_known on posting (book_no, known_at)
  include (no, effective_on, donor_no, recipient_no, class, sign, unit_no, reported_unit_no, reported, quantity);
create index posting_effective on posting (book_no, effective_on)
  include (no, known_at, donor_no, recipient_no, class, sign, unit_no, reported_unit_no, reported, quantity);

create table cube_state (
  only_row boolean primary key default true check (only_row),
  through bigint not null,
  refreshed_at timestamptz not null
);
comment on column cube_state.through is 'the last posting that the cube counts';
insert into cube_state (through, refreshed_at) values (0, now());

-- What became known in eight days. unit_no is 0 and quantity 0 where they do not matter: dated and valued by the source. reported_unit_no 0
-- is none.
create table cube_delta (
  book_no integer not null,
  known_part date not null,
  period date,
  donor_no integer not null,
  recipient_no integer not null,
  class smallint not null,
  unit_no integer not null,
  reported_unit_no integer not null,
  reported numeric,
  quantity numeric not null,
  postings bigint not null,
  unique nulls not distinct (book_no, known_part, period, donor_no, recipient_no, class, unit_no, reported_unit_no)
);
comment on column cube_delta.period is 'first day of the half month in which it took effect, null where no day is given';

-- Everything known before a day, by the half month or the year in which it took effect.
create table cube_cell (
  book_no integer not null,
  known_before date not null,
  grain text not null check (grain in ('undated', 'half', 'year')),
  period date,
  donor_no integer not null,
  recipient_no integer not null,
  class smallint not null,
  unit_no integer not null,
  reported_unit_no integer not null,
  reported numeric,
  quantity numeric not null,
  postings bigint not null
);
create index cube_cell_place on cube_cell (book_no, known_before, grain, period);

create table cube_source (
  book_no integer not null,
  source_no integer not null,
  donor_no integer not null,
  recipient_no integer not null,
  class smallint not null,
  known_from timestamptz not null,
  primary key (book_no, source_no, donor_no, recipient_no, class)
);

create function utc_day(instant timestamptz) returns date language sql immutable parallel safe
  return (instant at time zone 'UTC')::date;
create function utc_start(day date) returns timestamptz language sql immutable parallel safe
  return day::timestamp at time zone 'UTC';
create function period_of(grain text, day date) returns date language sql immutable parallel safe
  return date_trunc(grain, day::timestamp)::date;

-- The first day of the stretch of 8 or 16 days in which a day lies, counted from the first of its month, and the first day after it.
create function stretch_of(days integer, day date) returns date language sql immutable parallel safe
  return period_of('month', day) + (day - period_of('month', day)) / days * days;
create function stretch_after(days integer, stretch date) returns date language sql immutable parallel safe
  return least(stretch + days, (period_of('month', stretch) + interval '1 month')::date);

/*
 * Takes the postings numbered since the last refresh into the cube and returns how many; null when someone is just posting or refreshing.
 * Alone under the lock that every posting call shares, no lower number is still to come.
 */
create function refresh_cube() returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  since bigint;
  newest bigint;
  changed record;
  month date;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'the cube is refreshed in a transaction that is read committed';
  end if;
  if not pg_try_advisory_xact_lock(hashtextextended('mainstay.postings', 0)) then
    return null;
  end if;
  select through into since from cube_state;
  select coalesce(max(no), 0) into newest from posting;
  if newest <= since then
    return 0;
  end if;

  create temporary table cube_new on commit drop as
  select p.book_no, stretch_of(8, utc_day(p.known_at)) as known_part, stretch_of(16, p.effective_on) as period,
         p.donor_no, p.recipient_no, p.class,
         case when p.reported is null or p.effective_on is null then p.unit_no else 0 end as unit_no, coalesce(p.reported_unit_no, 0) as reported_unit_no,
         sum(case p.sign when 1 then p.reported else -p.reported end) as reported,
         coalesce(sum(case p.sign when 1 then p.quantity else -p.quantity end) filter (where p.reported is null or p.effective_on is null), 0) as quantity,
         count(*) as postings
  from posting p join unit u on u.no = p.unit_no
  where p.no > since and p.no <= newest and p.class is not null and u.kind = 'currency'
  group by 1, 2, 3, 4, 5, 6, 7, 8;

  insert into cube_delta as d select * from cube_new
  on conflict (book_no, known_part, period, donor_no, recipient_no, class, unit_no, reported_unit_no) do update
    set reported = d.reported + excluded.reported, quantity = d.quantity + excluded.quantity, postings = d.postings + excluded.postings;

  for changed in select book_no, period_of('month', min(known_part)) as first_month from cube_new group by book_no loop
    delete from cube_cell where book_no = changed.book_no and known_before > changed.first_month;
    for month in select distinct period_of('month', known_part) from cube_delta
                 where book_no = changed.book_no and known_part >= changed.first_month order by 1 loop
      perform add_cube_month(changed.book_no, month);
    end loop;
  end loop;
  drop table cube_new;

  insert into cube_source as s (book_no, source_no, donor_no, recipient_no, class, known_from)
  select p.book_no, p.source_no, p.donor_no, p.recipient_no, p.class, min(p.known_at)
  from posting p join unit u on u.no = p.unit_no
  where p.no > since and p.no <= newest and p.class is not null and u.kind = 'currency' group by 1, 2, 3, 4, 5
  on conflict (book_no, source_no, donor_no, recipient_no, class) do update set known_from = least(s.known_from, excluded.known_from);

  update cube_state set through = newest, refreshed_at = now();
  return newest - since;
end $$;

-- The sums at the end of a month: those at the end of the one before it and what became known in it.
create function add_cube_month(p_book integer, p_month date) returns void language plpgsql set search_path = public, pg_temp as $$
declare
  before date := (select max(known_before) from cube_cell where book_no = p_book and known_before <= p_month);
  after date := (p_month + interval '1 month')::date;
begin
  insert into cube_cell
  select p_book, after, grain, period, donor_no, recipient_no, class, unit_no, reported_unit_no, sum(reported), sum(quantity), sum(postings)
  from (
    select grain, period, donor_no, recipient_no, class, unit_no, reported_unit_no, reported, quantity, postings
    from cube_cell where book_no = p_book and known_before = before
    union all
    select case when period is null then 'undated' else 'half' end, period, donor_no, recipient_no, class, unit_no, reported_unit_no,
           reported, quantity, postings
    from cube_delta where book_no = p_book and known_part >= p_month and known_part < after
    union all
    select 'year', period_of('year', period), donor_no, recipient_no, class, unit_no, reported_unit_no, reported, quantity, postings
    from cube_delta where book_no = p_book and known_part >= p_month and known_part < after and period is not null
  ) as part
  group by grain, period, donor_no, recipient_no, class, unit_no, reported_unit_no
  order by grain, period, donor_no, class;
end $$;

/*
 * A book's signed sums as known before an instant and effective by a day (null: no limit), by giver, recipient, class and year (or month).
 * effective_on is the first day of the period; it and the units are as in cube_delta.
 * One statement, so everything in it is read as of one moment, also while the cube is being refreshed.
 */
create function cube_sums(p_book integer, p_as_of date, p_known_before timestamptz, p_grain text)
returns table (donor_no integer, recipient_no integer, class smallint, effective_on date, unit_no integer, reported_unit_no integer,
               reported numeric, quantity numeric, postings bigint)
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
  set max_parallel_workers_per_gather = 0 as $$
#variable_conflict use_column
declare
  newest bigint := (select through from cube_state);
  currencies integer[] := array(select no from unit where kind = 'currency');
  known_end timestamptz := coalesce(p_known_before, 'infinity');
  month_before date := (select max(known_before) from cube_cell where book_no = p_book and known_before <= utc_day(known_end));
  month_after date := (select min(known_before) from cube_cell where book_no = p_book and known_before > utc_day(known_end));
  month_start date := (month_after - interval '1 month')::date;
  at_day date := coalesce(month_before, '-infinity'); -- the sums taken: those known before this day,
  part_sign integer := 1; -- with or without what became known in these stretches of eight days,
  part_from date := 'infinity';
  part_to date := 'infinity';
  known_day date := at_day; -- which together are what was known before this day,
  known_sign integer := 1; -- with or without the postings known in between.
  known_from timestamptz := 'infinity';
  known_to timestamptz := 'infinity';
  effective_end date := coalesce(p_as_of + 1, 'infinity'); -- the first day no longer counted
  effective_day date := 'infinity'; -- the first half month of the sums no longer counted,
  effective_sign integer := 1; -- with or without the postings effective in between.
  effective_from date := 'infinity';
  effective_to date := 'infinity';
begin
  if known_end > utc_start(month_start) then
    known_day := stretch_of(8, utc_day(known_end));
    known_from := utc_start(known_day);
    known_to := known_end;
    if known_end - known_from > utc_start(stretch_after(8, known_day)) - known_end then
      known_day := stretch_after(8, known_day);
      known_sign := -1;
      known_from := known_end;
      known_to := utc_start(known_day);
    end if;
    part_from := month_start;
    part_to := known_day;
    if known_day - month_start > month_after - known_day then
      at_day := month_after;
      part_sign := -1;
      part_from := known_day;
      part_to := month_after;
    end if;
  end if;
  if p_as_of is not null then
    effective_day := stretch_of(16, effective_end);
    effective_from := effective_day;
    effective_to := effective_end;
    if effective_end - effective_day > stretch_after(16, effective_day) - effective_end then
      effective_day := stretch_after(16, effective_day);
      effective_sign := -1;
      effective_from := effective_end;
      effective_to := effective_day;
    end if;
  end if;

  return query
  select part.donor_no, part.recipient_no, part.class, part.period, part.unit_no, part.reported_unit_no,
         sum(part.reported), sum(part.quantity), sum(part.postings)::bigint
  from (
    select c.donor_no, c.recipient_no, c.class, c.period, c.unit_no, c.reported_unit_no, c.reported, c.quantity, c.postings
    from cube_cell c where c.book_no = p_book and c.known_before = at_day and c.grain = 'undated'
    union all
    select c.donor_no, c.recipient_no, c.class, c.period, c.unit_no, c.reported_unit_no, c.reported, c.quantity, c.postings
    from cube_cell c where c.book_no = p_book and c.known_before = at_day and p_grain = 'year' and c.grain = 'year'
      and c.period < period_of('year', effective_day)
    union all
    select c.donor_no, c.recipient_no, c.class, period_of(p_grain, c.period), c.unit_no, c.reported_unit_no, c.reported, c.quantity, c.postings
    from cube_cell c where c.book_no = p_book and c.known_before = at_day and c.grain = 'half' and c.period < effective_day
      and c.period >= case when p_grain = 'year' then period_of('year', effective_day) else '-infinity' end
    union all
    select c.donor_no, c.recipient_no, c.class, period_of(p_grain, c.period), c.unit_no, c.reported_unit_no,
           part_sign * c.reported, part_sign * c.quantity, part_sign * c.postings
    from cube_delta c where c.book_no = p_book and c.known_part >= part_from and c.known_part < part_to
      and (c.period < effective_day or c.period is null)
    union all
    (select p.donor_no, p.recipient_no, p.class, period_of(p_grain, p.effective_on),
            case when p.reported is null or p.effective_on is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
            known_sign * sum(case p.sign when 1 then p.reported else -p.reported end),
            known_sign * sum(case p.sign when 1 then p.quantity else -p.quantity end) filter (where p.reported is null or p.effective_on is null),
            known_sign * count(*)
     from posting p
     where p.book_no = p_book and p.known_at >= known_from and p.known_at < known_to and p.no <= newest and p.class is not null
       and (p.effective_on < effective_end or p.effective_on is null) and p.unit_no = any (currencies)
     group by 1, 2, 3, 4, 5, 6)
    union all
    (select p.donor_no, p.recipient_no, p.class, period_of(p_grain, effective_from),
            case when p.reported is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
            effective_sign * sum(case p.sign when 1 then p.reported else -p.reported end),
            effective_sign * sum(case p.sign when 1 then p.quantity else -p.quantity end) filter (where p.reported is null),
            effective_sign * count(*)
     from posting p
     where p.book_no = p_book and p.effective_on >= effective_from and p.effective_on < effective_to and p.known_at < utc_start(known_day)
       and p.no <= newest and p.class is not null and p.unit_no = any (currencies)
     group by 1, 2, 3, 4, 5, 6)
    union all
    (select p.donor_no, p.recipient_no, p.class, period_of(p_grain, p.effective_on),
            case when p.reported is null or p.effective_on is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
            sum(case p.sign when 1 then p.reported else -p.reported end),
            sum(case p.sign when 1 then p.quantity else -p.quantity end), count(*)
     from posting p
     where p.no > newest and p.book_no = p_book and p.known_at < known_end and p.class is not null
       and (p.effective_on < effective_end or p.effective_on is null) and p.unit_no = any (currencies)
     group by 1, 2, 3, 4, 5, 6)
  ) as part
  group by 1, 2, 3, 4, 5, 6
  having sum(part.postings) <> 0;
end $$;

-- A temporary table of the caller's never stands in for one of ours.
alter function post_batch set search_path = public, pg_temp;
alter function post_steps set search_path = public, pg_temp;
alter function reverse_postings set search_path = public, pg_temp;
alter function refuse_below_zero set search_path = public, pg_temp;
alter function open_balance set search_path = public, pg_temp;
