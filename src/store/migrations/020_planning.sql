-- Needs, offers, plans and what was placed. What is said changes by a further version, never by an edit.

create table need (
  no integer generated always as identity primary key,
  book_no integer not null references book,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  unique (book_no, id),
  unique (no, book_no)
);

create table need_version (
  need_no integer not null references need,
  seq integer not null check (seq > 0),
  state text not null check (state in ('stated', 'withdrawn')),
  body jsonb not null,
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null,
  reason text not null default '',
  primary key (need_no, seq)
);
comment on column need_version.body is 'a Need of core/planning/record.ts';

create table offer (
  no integer generated always as identity primary key,
  book_no integer not null references book,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  promise_no bigint not null references promise,
  unique (book_no, id),
  unique (promise_no),
  unique (no, book_no)
);
comment on column offer.promise_no is 'what is offered stands in the ledger as said, from the first version on';

create table offer_version (
  offer_no integer not null references offer,
  seq integer not null check (seq > 0),
  state text not null check (state in ('offered', 'withdrawn')),
  body jsonb not null,
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null,
  reason text not null default '',
  primary key (offer_no, seq)
);
comment on column offer_version.body is 'an Offer of core/planning/record.ts';

-- Capacities, market, roadmaps: the rest of what a plan of a book is made from, as data.
create table planning_frame (
  book_no integer not null references book,
  seq integer not null check (seq > 0),
  body jsonb not null,
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null,
  primary key (book_no, seq)
);

create table plan (
  no integer generated always as identity primary key,
  book_no integer not null references book,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  title text not null,
  asked jsonb not null,
  instance jsonb not null,
  result jsonb not null,
  summary jsonb not null,
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null,
  unique (book_no, id),
  unique (no, book_no)
);
comment on column plan.instance is 'an Instance of core/planning/instance.ts, as it was solved';
comment on column plan.result is 'a Plan of core/planning/plan.ts';
comment on column plan.summary is 'what a list of plans shows of it, so that it needs not read the whole';

-- What of an offer has been placed with a need, by a decision or by its giver's own word.
create table placement (
  no bigint generated always as identity primary key,
  book_no integer not null references book,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  plan_no integer,
  offer_no integer not null,
  need_no integer not null,
  item text not null,
  hub text not null,
  due_from date not null,
  due_until date not null check (due_until >= due_from),
  pieces numeric not null check (pieces > 0 and pieces = trunc(pieces)),
  quantity numeric not null check (quantity > 0 and quantity = trunc(quantity)),
  proposal_no integer,
  result text not null default 'adopted' check (result = 'adopted'),
  posting_no bigint not null references posting,
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null,
  unique (book_no, id),
  unique (no, book_no),
  foreign key (plan_no, book_no) references plan (no, book_no),
  foreign key (offer_no, book_no) references offer (no, book_no),
  foreign key (need_no, book_no) references need (no, book_no),
  foreign key (proposal_no, result) references decision (proposal_no, result)
);
comment on column placement.item is 'the kind that was placed: of the need itself, or a part of its package';
comment on column placement.pieces is 'pieces of that kind; what they cost stands in quantity where the offer is of money, else the same number';
comment on column placement.quantity is 'smallest parts of the unit of the offer''s promise, as posted';
comment on column placement.proposal_no is 'the decision; null where the giver placed it itself';
create index placement_need on placement (need_no);
create index placement_offer on placement (offer_no);

do $$
declare named text;
begin
  foreach named in array array['need', 'need_version', 'offer', 'offer_version', 'planning_frame', 'plan', 'placement'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', named || '_append_only', named);
  end loop;
end $$;
