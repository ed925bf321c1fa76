-- Deliveries: consignments, what happened to the pieces they carry, what both sides say of it, and which event counts as delivered.

create table consignment (
  no integer generated always as identity primary key,
  book_no integer not null references book,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  stream text not null references stream,
  title text not null,
  hub text not null,
  carrier text,
  note text not null default '',
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null,
  unique (book_no, id),
  unique (no, book_no)
);
comment on column consignment.stream is 'what is carried: its course is the chain of that stream in policies/deliveries.json';

create table consignment_line (
  no bigint generated always as identity primary key,
  consignment_no integer not null,
  book_no integer not null,
  seq integer not null check (seq > 0),
  placement_no bigint not null,
  unique (consignment_no, seq),
  unique (consignment_no, placement_no),
  unique (no, consignment_no),
  foreign key (consignment_no, book_no) references consignment (no, book_no),
  foreign key (placement_no, book_no) references placement (no, book_no)
);
create index consignment_line_placement on consignment_line (placement_no);

-- What happened. `load` takes pieces of placements in; `split` and `merge` are two events, one where pieces leave and one, its partner, where they arrive.
create table delivery_event (
  no bigint generated always as identity primary key,
  consignment_no integer not null references consignment,
  kind text not null,
  side text not null check (side in ('donor', 'recipient')),
  on_day date not null,
  place text,
  evidence text,
  reason text not null default '',
  partner bigint references delivery_event,
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null,
  unique (no, consignment_no),
  check (partner is null or kind in ('split', 'merge'))
);
create index delivery_event_consignment on delivery_event (consignment_no, no);
create unique index delivery_event_partner on delivery_event (partner) where partner is not null;

-- Pieces of a line that went from a state to another; null is outside of the consignment.
create table delivery_move (
  no bigint generated always as identity primary key,
  event_no bigint not null,
  consignment_no integer not null,
  line_no bigint not null,
  from_state text,
  to_state text,
  pieces numeric not null check (pieces > 0 and pieces = trunc(pieces)),
  check (from_state is distinct from to_state),
  foreign key (event_no, consignment_no) references delivery_event (no, consignment_no),
  foreign key (line_no, consignment_no) references consignment_line (no, consignment_no)
);
create index delivery_move_line on delivery_move (line_no);
create index delivery_move_event on delivery_move (event_no);

-- What the recipient said it received of a line: more or fewer than moved, where the two sides differ.
create table delivery_said (
  event_no bigint not null,
  consignment_no integer not null,
  line_no bigint not null,
  pieces numeric not null check (pieces >= 0 and pieces = trunc(pieces)),
  primary key (event_no, line_no),
  foreign key (event_no, consignment_no) references delivery_event (no, consignment_no),
  foreign key (line_no, consignment_no) references consignment_line (no, consignment_no)
);

create table delivery_posting (
  event_no bigint not null references delivery_event,
  posting_no bigint not null unique references posting,
  primary key (event_no, posting_no)
);

-- Where the pieces of a line stand.
create function line_standing(p_line bigint) returns table (state text, pieces numeric) language sql stable as $$
  select state, sum(pieces) from (
    select to_state as state, pieces from delivery_move where line_no = p_line and to_state is not null
    union all select from_state, -pieces from delivery_move where line_no = p_line and from_state is not null
  ) as side group by state
$$;

/*
 * No state of a line goes below zero, and no placement is carried more than once: what came back to its giver (`returned`) may be carried again.
 * Whoever moves pieces of a book holds its lock to the end of the transaction, the one under which needs, offers and placements change too.
 */
create function check_delivery_moves() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  wrong record;
begin
  perform pg_advisory_xact_lock(hashtextextended('mainstay.planning', b.book_no))
  from (select distinct l.book_no from moved m join consignment_line l on l.no = m.line_no order by l.book_no) as b;

  select c.id, l.seq, s.state, s.pieces into wrong
  from (select distinct line_no from moved) as m cross join lateral line_standing(m.line_no) s
  join consignment_line l on l.no = m.line_no join consignment c on c.no = l.consignment_no where s.pieces < 0 limit 1;
  if found then
    raise exception using errcode = '23514', message = 'more_than_stands_there', constraint = 'delivery_state_below_zero',
      detail = format('consignment %s, line %s: %s too few are %s', wrong.id, wrong.seq, -wrong.pieces, wrong.state);
  end if;

  select p.id, p.pieces, sum(s.pieces) as carried into wrong
  from (select distinct l.placement_no from moved m join consignment_line l on l.no = m.line_no) as m
  join placement p on p.no = m.placement_no join consignment_line l on l.placement_no = p.no cross join lateral line_standing(l.no) s
  where s.state <> 'returned' group by p.no having sum(s.pieces) > p.pieces limit 1;
  if found then
    raise exception using errcode = '23514', message = 'placement_carried_already', constraint = 'placement_carried_once',
      detail = format('placement %s has %s pieces, and %s would be carried', wrong.id, wrong.pieces, wrong.carried);
  end if;
  return null;
end $$;
create trigger delivery_moves_hold after insert on delivery_move referencing new table as moved for each statement execute function check_delivery_moves();

/* What leaves a consignment arrives in another: the same pieces of the same placements, in the same states. Looked at when the transaction commits. */
create function check_delivery_partner() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  left_by bigint := coalesce(new.partner, new.no);
  arrived_by bigint := (select no from delivery_event where partner = left_by);
begin
  if arrived_by is null or exists (
    select from (
      select l.placement_no, coalesce(m.from_state, m.to_state) as state,
             sum(case when m.event_no = left_by and m.to_state is null then m.pieces when m.event_no = arrived_by and m.from_state is null then -m.pieces end) as odd,
             bool_or(m.from_state is not null and m.to_state is not null) as inside
      from delivery_move m join consignment_line l on l.no = m.line_no where m.event_no in (left_by, arrived_by) group by 1, 2
    ) as sums where odd is distinct from 0 or inside
  ) then
    raise exception using errcode = '23514', message = 'what leaves a consignment does not arrive in another', constraint = 'delivery_partner_holds';
  end if;
  return null;
end $$;
create constraint trigger delivery_partner_holds after insert on delivery_event deferrable initially deferred
  for each row when (new.kind in ('split', 'merge')) execute function check_delivery_partner();

-- A difference between what the donor side reported and what the recipient signed for.
create table consignment_query (
  no bigint generated always as identity primary key,
  event_no bigint not null,
  consignment_no integer not null,
  line_no bigint not null,
  about text not null check (about in ('quantity', 'day')),
  donor_pieces numeric not null check (donor_pieces >= 0),
  donor_on date,
  recipient_pieces numeric not null check (recipient_pieces >= 0),
  recipient_on date not null,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  unique (event_no, line_no, about),
  foreign key (event_no, consignment_no) references delivery_event (no, consignment_no),
  foreign key (line_no, consignment_no) references consignment_line (no, consignment_no)
);
create index consignment_query_consignment on consignment_query (consignment_no);
create table query_message (
  query_no bigint not null references consignment_query,
  seq integer not null check (seq > 0),
  side text not null check (side in ('donor', 'recipient')),
  says text not null check (says ~ '\S'),
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null,
  primary key (query_no, seq)
);
create table query_settlement (
  query_no bigint primary key references consignment_query,
  outcome text not null check (outcome in ('recipient', 'donor', 'split', 'agreed')),
  pieces numeric,
  on_day date,
  reason text not null,
  events bigint[] not null default '{}',
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null
);
comment on column query_settlement.events is 'the events that put right what stood otherwise';

-- A link by which a phone signs for one consignment. Only the hash of its secret is kept.
create table sign_link (
  no integer generated always as identity primary key,
  consignment_no integer not null references consignment,
  hash bytea not null unique check (length(hash) = 32),
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null
);
create index sign_link_consignment on sign_link (consignment_no);
create table sign_link_withdrawal (
  link_no integer primary key references sign_link,
  at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null
);

-- Which event counts as delivered from a day on, in a book or for a fund; the newest that is known holds.
create table delivered_policy (
  no integer generated always as identity primary key,
  book_no integer not null references book,
  fund_no integer references fund,
  valid_from date not null,
  counts text not null check (counts in ('dispatched', 'handed-over', 'confirmed')),
  known_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null
);
create index delivered_policy_book on delivered_policy (book_no);

do $$
declare named text;
begin
  foreach named in array array['consignment', 'consignment_line', 'delivery_event', 'delivery_move', 'delivery_said', 'delivery_posting', 'consignment_query',
                               'query_message', 'query_settlement', 'sign_link', 'sign_link_withdrawal', 'delivered_policy'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', named || '_append_only', named);
  end loop;
end $$;
