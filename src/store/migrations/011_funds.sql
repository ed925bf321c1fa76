-- Funds: an envelope over years with lines and a key; contributions called and pledged; receipts; what every decision allows and how much of it is used.

create table fund (
  no integer generated always as identity primary key,
  id text not null unique check (id ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  book_no integer not null references book,
  party_no integer not null unique references party,
  group_no integer not null references party_group,
  unit_no integer not null references unit,
  title text not null,
  valid daterange not null check (not isempty(valid)),
  terms jsonb not null,
  opened_at timestamptz not null,
  proposal_no integer not null,
  result text not null default 'adopted' check (result = 'adopted'),
  foreign key (proposal_no, result) references decision (proposal_no, result)
);
comment on column fund.party_no is 'the fund as a giver of its own: contributions go to it, what it spends comes from it';
comment on column fund.terms is 'the fund as it was decided';

create table fund_line (
  no integer generated always as identity primary key,
  fund_no integer not null references fund,
  id text not null check (id ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  ordinal smallint not null,
  title text not null,
  stream text not null references stream,
  purpose text not null default '',
  unique (fund_no, id),
  unique (no, fund_no)
);

create table fund_year (
  fund_no integer not null references fund,
  year smallint not null,
  amount numeric not null check (amount >= 0 and amount = trunc(amount) and amount < 'Infinity'),
  primary key (fund_no, year)
);

-- The key in force from a day on, each by its decision.
create table fund_key (
  fund_no integer not null references fund,
  valid_from date not null,
  key jsonb not null,
  proposal_no integer not null,
  result text not null default 'adopted' check (result = 'adopted'),
  primary key (fund_no, valid_from),
  foreign key (proposal_no, result) references decision (proposal_no, result)
);

-- Money given for some lines only. A pot holds a line's money of one earmark, or its free money; a pot outside its earmark cannot exist.
create table earmark (
  no integer generated always as identity primary key,
  fund_no integer not null references fund,
  id text not null,
  title text not null,
  unique (fund_no, id)
);
create table earmark_line (
  earmark_no integer not null references earmark,
  line_no integer not null references fund_line,
  primary key (earmark_no, line_no)
);
create table pot (
  promise_no bigint primary key references promise,
  fund_no integer not null references fund,
  line_no integer not null,
  earmark_no integer,
  unique nulls not distinct (line_no, earmark_no),
  foreign key (line_no, fund_no) references fund_line (no, fund_no),
  foreign key (earmark_no, line_no) references earmark_line (earmark_no, line_no)
);

-- Promises whose steps a decision has to allow: what members are called for, and the money of a fund's lines.
create table governed (
  promise_no bigint primary key references promise,
  kind text not null check (kind in ('contribution', 'pot')),
  fund_no integer not null,
  line_no integer not null,
  foreign key (line_no, fund_no) references fund_line (no, fund_no)
);

-- Entered with the pot or the part of a call, never by hand.
create function govern_pot() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into governed (promise_no, kind, fund_no, line_no) select promise_no, 'pot', fund_no, line_no from entered;
  return null;
end $$;
create trigger pot_is_governed after insert on pot referencing new table as entered for each statement execute function govern_pot();

-- What a decision allows: so much, for a purpose, from a line (any of the fund where null), in a period.
create table authority (
  no bigint generated always as identity primary key,
  id text not null unique,
  kind text not null check (kind in ('call', 'spend', 'reallocate')),
  fund_no integer not null references fund,
  line_no integer,
  to_fund_no integer,
  to_line_no integer,
  amount numeric not null check (amount > 0 and amount = trunc(amount) and amount < 'Infinity'),
  valid daterange not null check (not isempty(valid)),
  purpose text not null,
  granted_at timestamptz not null,
  proposal_no integer not null,
  result text not null default 'adopted' check (result = 'adopted'),
  check ((kind = 'reallocate') = (to_line_no is not null)),
  foreign key (line_no, fund_no) references fund_line (no, fund_no),
  foreign key (to_line_no, to_fund_no) references fund_line (no, fund_no),
  foreign key (proposal_no, result) references decision (proposal_no, result)
);
create index authority_proposal on authority (proposal_no);
comment on column authority.line_no is 'from which line, of a call to which; null: any of the fund';

-- How much of an authority is used, and how much of that is paid. The checks are the rule that nothing goes beyond what was allowed.
create table authority_balance (
  authority_no bigint primary key references authority,
  amount numeric not null,
  used numeric not null default 0,
  paid numeric not null default 0,
  constraint authority_exhausted check (used >= 0 and used <= amount),
  constraint authority_paid_beyond_used check (paid >= 0 and paid <= used)
);
create function open_authority_balance() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into authority_balance (authority_no, amount) select no, amount from opened;
  return null;
end $$;
create trigger authority_opens_balance after insert on authority referencing new table as opened for each statement execute function open_authority_balance();

-- An authority that there is, for the money of a fund: what a foreign key would ask, and more, at no cost to the many postings that name none,
-- for which a trigger with a condition is not even queued.
alter table posting add column authority_no bigint;
create index posting_authority on posting (authority_no) where authority_no is not null;
create function refuse_idle_authority() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from authority where no = new.authority_no) then
    raise exception using errcode = 'foreign_key_violation', message = format('there is no authority %s', new.authority_no);
  end if;
  if not exists (select from governed where promise_no = new.promise_no) then
    raise exception using errcode = 'MS004', message = 'authority_of_another_purpose', detail = 'a step of a promise that is no money of a fund';
  end if;
  return null;
end $$;
create constraint trigger posting_names_an_authority after insert on posting for each row when (new.authority_no is not null)
  execute function refuse_idle_authority();

-- One act of a fund's life and the postings it made: a call, a receipt, a credit in kind, money placed, paid, moved.
create table fund_act (
  no bigint generated always as identity primary key,
  fund_no integer not null references fund,
  kind text not null check (kind in ('call', 'pledge', 'receipt', 'credit', 'place', 'pay', 'release', 'acknowledge', 'reallocate', 'reversal')),
  at timestamptz not null,
  effective_on date not null,
  title text not null,
  authority_no bigint references authority,
  reverses bigint unique references fund_act,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null,
  check ((kind = 'reversal') = (reverses is not null))
);
create index fund_act_fund on fund_act (fund_no, no);
create table fund_act_posting (
  act_no bigint not null references fund_act,
  posting_no bigint not null unique references posting,
  primary key (act_no, posting_no)
);

create table fund_call (
  no integer generated always as identity primary key,
  id text not null unique,
  act_no bigint not null unique references fund_act,
  fund_no integer not null references fund,
  year smallint not null,
  instalment smallint not null check (instalment > 0),
  instalments smallint not null,
  issued_on date not null,
  due_on date not null,
  amount numeric not null check (amount > 0),
  uncovered numeric not null default 0 check (uncovered >= 0),
  key jsonb not null,
  indicator_year smallint,
  check (instalment <= instalments)
);
create index fund_call_fund on fund_call (fund_no);
create table call_line (
  call_no integer not null references fund_call,
  line_no integer not null references fund_line,
  amount numeric not null check (amount > 0),
  primary key (call_no, line_no)
);
-- One member's part of a call. Who is exempt is listed with nothing to pay and why.
create table call_share (
  no integer generated always as identity primary key,
  call_no integer not null references fund_call,
  party_no integer not null references party,
  reference text not null unique,
  amount numeric not null check (amount >= 0 and amount = trunc(amount)),
  share text not null,
  exempt text,
  steps jsonb not null,
  unique (call_no, party_no)
);
create table call_share_line (
  share_no integer not null references call_share,
  line_no integer not null references fund_line,
  amount numeric not null check (amount > 0),
  promise_no bigint not null unique references promise,
  primary key (share_no, line_no)
);

create function govern_contribution() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into governed (promise_no, kind, fund_no, line_no)
  select e.promise_no, 'contribution', l.fund_no, e.line_no from entered e join fund_line l on l.no = e.line_no;
  return null;
end $$;
create trigger contribution_is_governed after insert on call_share_line referencing new table as entered for each statement execute function govern_contribution();

-- A voluntary pledge to a line, with its earmark, conditions and schedule.
create table fund_pledge (
  no integer generated always as identity primary key,
  id text not null unique,
  act_no bigint not null unique references fund_act,
  fund_no integer not null references fund,
  party_no integer not null references party,
  line_no integer not null,
  earmark_no integer,
  title text not null,
  conditions text not null default '',
  promise_no bigint not null unique references promise,
  foreign key (line_no, fund_no) references fund_line (no, fund_no),
  foreign key (earmark_no, line_no) references earmark_line (earmark_no, line_no)
);
create table pledge_instalment (
  no integer generated always as identity primary key,
  pledge_no integer not null references fund_pledge,
  seq smallint not null check (seq > 0),
  due_on date not null,
  amount numeric not null check (amount > 0 and amount = trunc(amount)),
  reference text not null unique,
  unique (pledge_no, seq)
);

-- A bank's statement as it was read, every entry of it, and what each entry settled.
create table bank_statement (
  no integer generated always as identity primary key,
  fund_no integer not null references fund,
  id text not null,
  account text not null,
  from_on date,
  to_on date,
  opening numeric,
  closing numeric,
  file_name text not null,
  sha256 text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null,
  unique (fund_no, account, id)
);
create table bank_entry (
  no bigint generated always as identity primary key,
  statement_no integer not null references bank_statement,
  row integer not null,
  reference text not null,
  booked_on date not null,
  value_on date,
  direction text not null check (direction in ('credit', 'debit')),
  reversal boolean not null,
  amount numeric not null check (amount > 0 and amount = trunc(amount)),
  currency text not null,
  counterparty text,
  counterparty_account text,
  references_given text[] not null,
  remittance text not null,
  unique (statement_no, reference)
);
create table receipt (
  no bigint generated always as identity primary key,
  act_no bigint not null unique references fund_act,
  entry_no bigint not null references bank_entry,
  share_no integer references call_share,
  instalment_no integer references pledge_instalment,
  amount numeric not null check (amount > 0 and amount = trunc(amount)),
  matched_by text not null check (matched_by in ('reference', 'hand')),
  check (num_nonnulls(share_no, instalment_no) = 1)
);
create index receipt_entry on receipt (entry_no);
create index receipt_share on receipt (share_no);
create index receipt_instalment on receipt (instalment_no);

-- Goods or services counted against a call by the fund's own rule.
create table in_kind_credit (
  no integer generated always as identity primary key,
  act_no bigint not null unique references fund_act,
  share_no integer not null references call_share,
  value numeric not null check (value > 0),
  credited numeric not null check (credited > 0 and credited <= value),
  method text not null,
  rule text not null
);

do $$
declare
  one text;
begin
  foreach one in array array['fund', 'fund_line', 'fund_year', 'fund_key', 'earmark', 'earmark_line', 'pot', 'governed', 'authority', 'fund_act', 'fund_act_posting',
                             'fund_call', 'call_line', 'call_share', 'call_share_line', 'fund_pledge', 'pledge_instalment', 'bank_statement', 'bank_entry', 'receipt',
                             'in_kind_credit', 'takeover'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', one || '_append_only', one);
  end loop;
end $$;
