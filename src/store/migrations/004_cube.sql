-- The cube: sums by giver, class and month, as known at the end of each month in which something became known. It holds nothing that is not
-- in the postings and is never believed alone: a figure takes the nearest sums and adds or subtracts the postings in between, and adds those
-- numbered after the last refresh.

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

-- What became known in one month. unit_no is 0 where it does not matter: dated and valued by the source. reported_unit_no 0 is none.
create table cube_delta (
  book_no integer not null,
  known_month date not null,
  period date,
  donor_no integer not null,
  recipient_no integer not null,
  class smallint not null,
  unit_no integer not null,
  reported_unit_no integer not null,
  reported numeric,
  quantity numeric not null,
  postings bigint not null,
  unique nulls not distinct (book_no, known_month, period, donor_no, recipient_no, class, unit_no, reported_unit_no)
);
comment on column cube_delta.period is 'first day of the month in which it took effect, null where no day is given';

-- Everything known before a day, by the month or the year in which it took effect.
create table cube_cell (
  book_no integer not null,
  known_before date not null,
  grain text not null check (grain in ('undated', 'month', 'year')),
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
  select p.book_no, period_of('month', utc_day(p.known_at)) as known_month, period_of('month', p.effective_on) as period,
         p.donor_no, p.recipient_no, p.class,
         case when p.reported is null or p.effective_on is null then p.unit_no else 0 end as unit_no, coalesce(p.reported_unit_no, 0) as reported_unit_no,
         sum(case p.sign when 1 then p.reported else -p.reported end) as reported,
         sum(case p.sign when 1 then p.quantity else -p.quantity end) as quantity, count(*) as postings
  from posting p join unit u on u.no = p.unit_no
  where p.no > since and p.no <= newest and p.class is not null and u.kind = 'currency'
  group by 1, 2, 3, 4, 5, 6, 7, 8;

  insert into cube_delta as d select * from cube_new
  on conflict (book_no, known_month, period, donor_no, recipient_no, class, unit_no, reported_unit_no) do update
    set reported = d.reported + excluded.reported, quantity = d.quantity + excluded.quantity, postings = d.postings + excluded.postings;

  for changed in select book_no, min(known_month) as first_month from cube_new group by book_no loop
    delete from cube_cell where book_no = changed.book_no and known_before > changed.first_month;
    for month in select distinct known_month from cube_delta
                 where book_no = changed.book_no and known_month >= changed.first_month order by known_month loop
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
    select case when period is null then 'undated' else 'month' end, period, donor_no, recipient_no, class, unit_no, reported_unit_no,
           reported, quantity, postings
    from cube_delta where book_no = p_book and known_month = p_month
    union all
    select 'year', period_of('year', period), donor_no, recipient_no, class, unit_no, reported_unit_no, reported, quantity, postings
    from cube_delta where book_no = p_book and known_month = p_month and period is not null
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
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
declare
  newest bigint := (select through from cube_state);
  currencies integer[] := array(select no from unit where kind = 'currency');
  known_end timestamptz := coalesce(p_known_before, 'infinity');
  known_low date := (select max(known_before) from cube_cell where book_no = p_book and known_before <= utc_day(known_end));
  known_high date := (select min(known_before) from cube_cell where book_no = p_book and known_before > utc_day(known_end));
  month_start timestamptz := utc_start((known_high - interval '1 month')::date);
  at_day date; -- the sums taken are those known before this day
  known_sign integer := 1;
  known_from timestamptz := 'infinity';
  known_to timestamptz := known_end;
  effective_end date := coalesce(p_as_of + 1, 'infinity'); -- the first day no longer counted
  to_month date := period_of('month', effective_end); -- and the first month no longer counted of the sums taken
  effective_sign integer := 1;
  effective_from date := to_month;
  effective_to date := effective_end;
begin
  at_day := coalesce(known_low, '-infinity');
  if known_high is not null then
    known_from := least(month_start, known_end);
    if known_end > month_start and known_end - month_start > utc_start(known_high) - known_end then
      at_day := known_high;
      known_sign := -1;
      known_from := known_end;
      known_to := utc_start(known_high);
    end if;
  end if;
  if p_as_of is not null and effective_end - to_month > 15 then
    to_month := (to_month + interval '1 month')::date;
    effective_sign := -1;
    effective_from := effective_end;
    effective_to := to_month;
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
      and c.period < period_of('year', to_month)
    union all
    select c.donor_no, c.recipient_no, c.class, period_of(p_grain, c.period), c.unit_no, c.reported_unit_no, c.reported, c.quantity, c.postings
    from cube_cell c where c.book_no = p_book and c.known_before = at_day and c.grain = 'month' and c.period < to_month
      and c.period >= case when p_grain = 'year' then period_of('year', to_month) else '-infinity' end
    union all
    (select p.donor_no, p.recipient_no, p.class, period_of(p_grain, p.effective_on),
            case when p.reported is null or p.effective_on is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
            known_sign * sum(case p.sign when 1 then p.reported else -p.reported end),
            known_sign * sum(case p.sign when 1 then p.quantity else -p.quantity end), known_sign * count(*)
     from posting p
     where p.book_no = p_book and p.known_at >= known_from and p.known_at < known_to and p.no <= newest and p.class is not null
       and (p.effective_on < effective_end or p.effective_on is null) and p.unit_no = any (currencies)
     group by 1, 2, 3, 4, 5, 6)
    union all
    (select p.donor_no, p.recipient_no, p.class, period_of(p_grain, p.effective_on),
            case when p.reported is null or p.effective_on is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
            effective_sign * sum(case p.sign when 1 then p.reported else -p.reported end),
            effective_sign * sum(case p.sign when 1 then p.quantity else -p.quantity end), effective_sign * count(*)
     from posting p
     where p.book_no = p_book and p.effective_on >= effective_from and p.effective_on < effective_to and p.known_at < utc_start(at_day)
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
