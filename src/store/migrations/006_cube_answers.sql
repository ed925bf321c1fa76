-- The cube answers a figure in one pass over the sums it takes: narrowed, judged and grouped as asked. Before, it summed by everything it
-- keeps and what came out was summed again.

drop function cube_sums;

/*
 * A figure from the cube: a book's signed sums as known before an instant and effective by a day (null: no limit), grouped by giver, class
 * and period ('year', 'month') where asked, else null. p_unit is the currency of the figure; p_classes, p_donors and p_recipients narrow it
 * (null: no). `why` is 0 for what counts: `value` is in millionths of p_unit; 1 for what has no date where a day is asked, 2 for what is not
 * valued in p_unit: `value` is in smallest parts of unit_no, which is 0 where the cube does not keep the unit. p_lump: those of 1 and 2 by
 * unit alone. One statement, so everything in it is read as of one moment, also while the cube is being refreshed.
 */
create function cube_cells(p_book integer, p_as_of date, p_known_before timestamptz, p_unit integer, p_period text, p_by_donor boolean,
                           p_by_class boolean, p_lump boolean, p_classes smallint[], p_donors integer[], p_recipients integer[])
returns table (donor_no integer, class smallint, period date, unit_no integer, why integer, value numeric, postings bigint)
language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
  set max_parallel_workers_per_gather = 0 as $$
#variable_conflict use_column
declare
  newest bigint := (select through from cube_state);
  currencies integer[] := array(select no from unit where kind = 'currency');
  millionths numeric := (select round(10::numeric ^ (6 - scale)) from unit where no = p_unit);
  sum_grain text := coalesce(p_period, 'year');
  monthly boolean := sum_grain = 'month';
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
  whole_years date; -- the first day of the year that the sums of years do not cover
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
  whole_years := case when monthly then '-infinity' else period_of('year', effective_day) end;

  return query
  select case when p_by_donor and not (p_lump and line.why > 0) then line.donor_no end,
         case when p_by_class and not (p_lump and line.why > 0) then line.class end,
         case when p_period is not null and not (p_lump and line.why > 0) then line.period end,
         case line.why when 0 then p_unit else line.unit_no end, line.why,
         sum(case when line.why = 1 or line.reported_unit_no <> p_unit then case line.why when 0 then line.quantity * millionths else line.quantity end
                  else line.reported end),
         sum(line.postings)::bigint
  from (
    select *, case when p_as_of is not null and part.period is null then 1 when part.reported_unit_no = p_unit or part.unit_no = p_unit then 0 else 2 end as why
    from (
      select c.donor_no, c.recipient_no, c.class, c.period, c.unit_no, c.reported_unit_no, c.reported, c.quantity, c.postings
      from cube_cell c where c.book_no = p_book and c.known_before = at_day and c.grain = 'undated'
      union all
      select c.donor_no, c.recipient_no, c.class, c.period, c.unit_no, c.reported_unit_no, c.reported, c.quantity, c.postings
      from cube_cell c where c.book_no = p_book and c.known_before = at_day and c.grain = 'year' and c.period < whole_years
      union all
      select c.donor_no, c.recipient_no, c.class, case when monthly then period_of('month', c.period) else whole_years end,
             c.unit_no, c.reported_unit_no, c.reported, c.quantity, c.postings
      from cube_cell c where c.book_no = p_book and c.known_before = at_day and c.grain = 'half' and c.period >= whole_years
        and c.period < effective_day
      union all
      select c.donor_no, c.recipient_no, c.class, period_of(sum_grain, c.period), c.unit_no, c.reported_unit_no,
             case part_sign when 1 then c.reported else -c.reported end, case part_sign when 1 then c.quantity else -c.quantity end,
             part_sign * c.postings
      from cube_delta c where c.book_no = p_book and c.known_part >= part_from and c.known_part < part_to
        and (c.period < effective_day or c.period is null)
      union all
      (select p.donor_no, p.recipient_no, p.class, period_of(sum_grain, p.effective_on), case when p.reported is null or p.effective_on is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
              known_sign * p.sign * sum(p.reported), known_sign * p.sign * sum(p.quantity) filter (where p.reported is null or p.effective_on is null), known_sign * count(*)
       from posting p
       where p.book_no = p_book and p.known_at >= known_from and p.known_at < known_to and p.no <= newest and p.class is not null
         and (p.effective_on < effective_end or p.effective_on is null) and p.unit_no = any (currencies)
       group by 1, 2, 3, 4, 5, 6, p.sign)
      union all
      (select p.donor_no, p.recipient_no, p.class, period_of(sum_grain, effective_from), case when p.reported is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
              effective_sign * p.sign * sum(p.reported), effective_sign * p.sign * sum(p.quantity) filter (where p.reported is null), effective_sign * count(*)
       from posting p
       where p.book_no = p_book and p.effective_on >= effective_from and p.effective_on < effective_to and p.known_at < utc_start(known_day)
         and p.no <= newest and p.class is not null and p.unit_no = any (currencies)
       group by 1, 2, 3, 4, 5, 6, p.sign)
      union all
      (select p.donor_no, p.recipient_no, p.class, period_of(sum_grain, p.effective_on), case when p.reported is null or p.effective_on is null then p.unit_no else 0 end, coalesce(p.reported_unit_no, 0),
              p.sign * sum(p.reported), p.sign * sum(p.quantity) filter (where p.reported is null or p.effective_on is null), count(*)
       from posting p
       where p.no > newest and p.book_no = p_book and p.known_at < known_end and p.class is not null
         and (p.effective_on < effective_end or p.effective_on is null) and p.unit_no = any (currencies)
       group by 1, 2, 3, 4, 5, 6, p.sign)
    ) as part
    where (p_classes is null or part.class = any (p_classes)) and (p_donors is null or part.donor_no = any (p_donors))
      and (p_recipients is null or part.recipient_no = any (p_recipients))
  ) as line
  group by 1, 2, 3, 4, 5
  having sum(line.postings) <> 0;
end $$;

-- How many sources stand behind a figure; what narrows it is as in cube_cells. Each source is looked up by itself and no further than to its
-- first posting that counts.
create function cube_sources(p_book integer, p_known_before timestamptz, p_classes smallint[], p_donors integer[], p_recipients integer[])
returns integer language plpgsql stable set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
  set max_parallel_workers_per_gather = 0 as $$
declare
  newest bigint := (select through from cube_state);
  known_end timestamptz := coalesce(p_known_before, 'infinity');
  later integer[] := array(
    select p.source_no from posting p join unit u on u.no = p.unit_no and u.kind = 'currency'
    where p.no > newest and p.book_no = p_book and p.class is not null and p.known_at < known_end
      and (p_classes is null or p.class = any (p_classes)) and (p_donors is null or p.donor_no = any (p_donors))
      and (p_recipients is null or p.recipient_no = any (p_recipients)));
begin
  return (
    select count(*) from source s
    where s.no = any (later) or exists (
      select from cube_source c
      where c.book_no = p_book and c.source_no = s.no and c.known_from < known_end
        and (p_classes is null or c.class = any (p_classes)) and (p_donors is null or c.donor_no = any (p_donors))
        and (p_recipients is null or c.recipient_no = any (p_recipients))
      offset 0));
end $$;
