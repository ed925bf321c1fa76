-- The ledger: releases, promises, accounts and postings. Postings are only ever added.

create table release (
  no integer generated always as identity primary key,
  book_no integer not null references book,
  series text not null,
  name text not null,
  published_on date not null,
  file_name text not null,
  sha256 text not null,
  rows integer not null check (rows >= 0),
  reported_unit_no integer not null references unit,
  source_no integer not null references source,
  remarks jsonb not null default '[]',
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null,
  unique (book_no, series, name),
  unique (book_no, series, published_on)
);
comment on table release is 'knowledge as of its publication day; a later release of the same series supersedes it without erasing it';

create table release_coverage (
  release_no integer not null references release,
  class smallint not null check (class between 1 and 5),
  state text not null check (state in ('stated', 'partial', 'unvalued', 'absent')),
  reason text not null,
  primary key (release_no, class)
);

-- Totals as their publisher prints them, in millionths of the release's reported currency: for comparison only, never added.
create table published_total (
  release_no integer not null references release,
  donor_no integer not null references party,
  category text not null,
  class smallint not null check (class between 1 and 5),
  amount numeric not null,
  place text not null,
  primary key (release_no, donor_no, category, class)
);

create table promise (
  no bigint generated always as identity primary key,
  id text not null unique,
  book_no integer not null references book,
  code text not null,
  donor_no integer not null references party,
  recipient_no integer not null references party,
  stream text not null references stream,
  category text not null,
  unit_no integer not null references unit,
  unique (book_no, code, donor_no, category, stream, unit_no),
  unique (no, book_no, donor_no, unit_no)
);

-- A promise as one release reads it.
create table reading (
  release_no integer not null references release,
  promise_no bigint not null references promise,
  sheet text,
  row integer not null,
  title text not null,
  explanation text not null,
  details jsonb not null default '{}',
  links text[] not null default '{}',
  quantity_stated boolean not null,
  primary key (release_no, promise_no)
);
create index reading_promise on reading (promise_no);

-- Where a quantity stands: a stage of a promise, a promise's contra account (a decrease whose source names nothing to decrease),
-- or the outside of a book in one unit (promise and stage null).
create table account (
  no bigint generated always as identity primary key,
  book_no integer not null references book,
  promise_no bigint references promise,
  stage text references stage,
  contra boolean not null default false,
  unit_no integer not null references unit,
  donor_no integer,
  class smallint,
  check ((promise_no is null) = (stage is null)),
  foreign key (promise_no, book_no, donor_no, unit_no) references promise (no, book_no, donor_no, unit_no),
  unique nulls not distinct (book_no, promise_no, stage, contra, unit_no),
  unique (no, book_no, unit_no)
);
create index account_promise on account (promise_no);

create table posting (
  no bigint generated always as identity primary key,
  book_no integer not null,
  release_no integer references release,
  debit_account bigint not null,
  credit_account bigint not null,
  unit_no integer not null,
  quantity numeric not null check (quantity > 0 and quantity = trunc(quantity)),
  reported numeric check (reported = trunc(reported)),
  reported_unit_no integer references unit,
  effective_on date,
  date_precision text not null check (date_precision in ('day', 'by', 'month', 'none')),
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  reverses bigint references posting,
  reason text,
  source_no integer not null references source,
  actor text not null,
  content_key uuid not null,
  polarity smallint not null check (polarity in (-1, 1)),
  promise_no bigint not null references promise,
  donor_no integer not null,
  class smallint,
  sign smallint not null check (sign in (-1, 0, 1)),
  check (debit_account <> credit_account),
  check ((effective_on is null) = (date_precision = 'none')),
  check ((reported is null) = (reported_unit_no is null)),
  check (reverses is null or reason is not null),
  check (polarity = 1 or reverses is not null),
  foreign key (debit_account, book_no, unit_no) references account (no, book_no, unit_no),
  foreign key (credit_account, book_no, unit_no) references account (no, book_no, unit_no)
);
comment on column posting.debit_account is 'where the quantity goes';
comment on column posting.credit_account is 'where the quantity comes from';
comment on column posting.quantity is 'smallest parts of the unit';
comment on column posting.reported is 'the source''s own valuation, millionths of reported_unit; signed with the posting''s direction by `sign`';
comment on column posting.content_key is 'what the posting says, the same for one that states it and one that takes it back';
comment on column posting.polarity is '1 states, -1 takes back';
comment on column posting.known_at is 'when the world could know it; recorded_at is when this database learned it';
comment on column posting.class is 'the one class whose total this posting changes, by sign; null inside one class';
create index posting_promise on posting (promise_no);
create index posting_release on posting (release_no);
create index posting_book_class on posting (book_no, class, known_at);

-- What stands at each stage. The check is the rule that no stage goes below zero.
create table account_balance (
  account_no bigint primary key references account,
  balance numeric not null,
  contra boolean not null,
  constraint stage_below_zero check (contra or balance >= 0)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using
    errcode = 'MS001',
    message = 'postings_are_append_only',
    detail = format('%s on %s', tg_op, tg_table_name);
end $$;

create trigger posting_append_only before update or delete on posting for each row execute function refuse_change();
create trigger posting_never_truncated before truncate on posting for each statement execute function refuse_change();
create trigger release_append_only before update or delete on release for each row execute function refuse_change();
create trigger reading_append_only before update or delete on reading for each row execute function refuse_change();

-- Every account of a promise has its balance row from the start, so that posting only ever updates it.
create function open_balance() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into account_balance (account_no, balance, contra)
  select no, 0, contra from opened where promise_no is not null;
  return null;
end $$;
create trigger account_opens_balance after insert on account referencing new table as opened for each statement execute function open_balance();

/*
 * Posts many steps in one call, all or none: position i of every array is one posting. p_no holds numbers taken from
 * posting_no_seq beforehand where postings of one call refer to each other, else nulls.
 * Class effect: forward, the class entered gains; backward, the class left loses; outside counts as class 0; a contra account stands in its stage's class.
 * Balances are locked in account order, so that calls never deadlock on them.
 */
create function post_batch(
  p_no bigint[], p_debit bigint[], p_credit bigint[], p_quantity numeric[], p_reported numeric[], p_reported_unit integer[],
  p_effective date[], p_precision text[], p_known timestamptz[], p_release integer[], p_reverses bigint[], p_reason text[],
  p_source integer[], p_content uuid[], p_polarity smallint[], p_actor text
) returns bigint
language plpgsql security definer set search_path = public as $$
declare
  posted bigint;
begin
  perform 1 from account_balance where account_no in (select unnest(p_debit) union select unnest(p_credit))
    order by account_no for update;

  insert into posting (no, book_no, release_no, debit_account, credit_account, unit_no, quantity, reported, reported_unit_no, effective_on,
                       date_precision, known_at, reverses, reason, source_no, actor, content_key, polarity, promise_no, donor_no, class, sign)
  overriding system value
  select coalesce(l.no, nextval('posting_no_seq')), d.book_no, l.release, l.debit, l.credit, d.unit_no, l.quantity, l.reported, l.reported_unit, l.effective,
         l.precision, l.known, l.reverses, l.reason, l.source, p_actor, l.content, l.polarity,
         coalesce(d.promise_no, c.promise_no), coalesce(d.donor_no, c.donor_no),
         nullif(case when coalesce(d.class, 0) = coalesce(c.class, 0) then 0 else greatest(coalesce(d.class, 0), coalesce(c.class, 0)) end, 0),
         sign(coalesce(d.class, 0) - coalesce(c.class, 0))
  from unnest(p_no, p_debit, p_credit, p_quantity, p_reported, p_reported_unit, p_effective, p_precision, p_known, p_release,
              p_reverses, p_reason, p_source, p_content, p_polarity)
    with ordinality as l(no, debit, credit, quantity, reported, reported_unit, effective, precision, known, release,
                         reverses, reason, source, content, polarity, position)
    join account d on d.no = l.debit
    join account c on c.no = l.credit
  order by l.position;
  get diagnostics posted = row_count;
  if posted <> cardinality(p_debit) then
    raise exception using errcode = 'MS002', message = 'posting_account_unknown',
      detail = format('%s postings name an account that does not exist', cardinality(p_debit) - posted);
  end if;

  update account_balance b set balance = b.balance + m.amount
  from (
    select account_no, sum(amount) as amount
    from (select * from unnest(p_debit, p_quantity) as debit(account_no, amount)
          union all select account_no, -amount from unnest(p_credit, p_quantity) as credit(account_no, amount)) as side
    group by account_no
  ) as m
  where b.account_no = m.account_no;
  return posted;
end $$;
