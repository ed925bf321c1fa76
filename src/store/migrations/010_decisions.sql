-- Proposals, what happened to them, and what was decided. Nothing here is ever changed; a decision ends by a row of its own.

-- Parties and groups that were made up to try the program out are never listed among the real ones.
alter table party add column synthetic boolean not null default false;
alter table party_group add column synthetic boolean not null default false;

create table proposal (
  no integer generated always as identity primary key,
  id text not null unique check (id ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  book_no integer not null references book,
  group_no integer references party_group,
  procedure_id text not null,
  procedure_from date not null,
  procedure_text text not null,
  object text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null
);
comment on column proposal.procedure_text is 'the file of the procedure as it stood at opening: what the proposal is judged by for ever';

create table proposal_event (
  proposal_no integer not null references proposal,
  seq integer not null check (seq > 0),
  at timestamptz not null,
  kind text not null,
  body jsonb not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null,
  primary key (proposal_no, seq)
);
comment on column proposal_event.at is 'when it happened, to the millisecond; body holds the same instant as it was written';

-- What a proposal ended in, once: adopted or rejected, by the clock or by an event.
create table decision (
  proposal_no integer primary key references proposal,
  result text not null check (result in ('adopted', 'rejected')),
  at timestamptz not null,
  outcome jsonb not null,
  effect text not null default '',
  recorded_at timestamptz not null default clock_timestamp(),
  unique (proposal_no, result)
);
comment on column decision.effect is 'why what it decides could not be put into effect; empty when it was';

create table decision_end (
  proposal_no integer primary key references decision,
  kind text not null check (kind in ('annulled', 'expired')),
  at timestamptz not null,
  reason text not null,
  recorded_at timestamptz not null default clock_timestamp()
);

-- A group brought under another by a decision, from a day on. Its members, their promises and roles stay its own.
create table takeover (
  format_no integer not null references party_group,
  by_no integer not null references party_group,
  valid daterange not null check (not isempty(valid)),
  proposal_no integer not null,
  result text not null default 'adopted' check (result = 'adopted'),
  primary key (format_no, valid without overlaps),
  check (format_no <> by_no),
  foreign key (proposal_no, result) references decision (proposal_no, result)
);

create trigger proposal_append_only before update or delete on proposal for each row execute function refuse_change();
create trigger proposal_event_append_only before update or delete on proposal_event for each row execute function refuse_change();
create trigger decision_append_only before update or delete on decision for each row execute function refuse_change();
create trigger decision_end_append_only before update or delete on decision_end for each row execute function refuse_change();
