-- The register: books, sources, parties, groups, units, stages, indicators, rates.
-- Rows are added, never edited in place; what is valid for a time carries its time in a temporal key.

create extension if not exists btree_gist;

create table source (
  no integer generated always as identity primary key,
  id text not null unique,
  title text not null,
  publisher text not null,
  published_on date,
  retrieved_on date,
  url text,
  note text not null default ''
);

create table passage (
  source_no integer not null references source,
  id text not null,
  locator text not null,
  quote text not null,
  primary key (source_no, id)
);

create table party (
  no integer generated always as identity primary key,
  id text not null unique,
  name text not null,
  kind text not null check (kind in ('nation', 'organisation')),
  iso2 text,
  iso3 text,
  m49 text
);

create table party_name (
  party_no integer not null references party,
  name text not null,
  valid daterange not null check (not isempty(valid)),
  source_no integer references source,
  primary key (party_no, valid without overlaps)
);

-- Every spelling under which a party is found in a file, compared in lower case.
create table party_alias (
  alias text primary key check (alias = lower(btrim(alias))),
  party_no integer not null references party
);

create table party_group (
  no integer generated always as identity primary key,
  slug text not null unique,
  name text not null,
  kind text not null,
  description text not null default ''
);

create table membership (
  group_no integer not null references party_group,
  party_no integer not null references party,
  role text not null default 'member',
  valid daterange not null check (not isempty(valid)),
  source_no integer references source,
  primary key (group_no, party_no, role, valid without overlaps)
);

create table unit (
  no integer generated always as identity primary key,
  code text not null unique,
  kind text not null check (kind in ('currency', 'item', 'time')),
  scale smallint not null check (scale between 0 and 6),
  name text not null
);
comment on column unit.scale is 'decimals of the smallest part: 2 for cents, 0 for pieces';

create table stream (
  id text primary key,
  name text not null
);

-- A stage of a stream and the class of bindingness it stands in (1 said, 2 bound, 3 placed, 4 moved, 5 received).
create table stage (
  id text primary key,
  stream text not null references stream,
  name text not null,
  ordinal smallint not null,
  class smallint not null check (class between 1 and 5),
  leads_class boolean not null default false,
  unique (stream, ordinal)
);
comment on column stage.leads_class is 'the stage taken when a source names only the class';
create unique index stage_leads_class on stage (stream, class) where leads_class;

create table indicator_value (
  party_no integer not null references party,
  indicator text not null,
  year smallint not null,
  value numeric not null,
  unit text not null,
  source_no integer not null references source,
  primary key (party_no, indicator, year, source_no)
);

-- Units of the currency for one euro, as the European Central Bank publishes them.
create table rate (
  currency text not null,
  rate_on date not null,
  rate numeric not null check (rate > 0),
  source_no integer not null references source,
  primary key (currency, rate_on)
);

create table book (
  no integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]*$'),
  title text not null,
  description text not null default '',
  recipient_no integer not null references party,
  synthetic boolean not null default false
);

-- What the recipient said it needed, and what its publisher counted beside it as committed and delivered, over all givers.
create table stated_need (
  book_no integer not null references book,
  item text not null,
  measure text not null,
  quantity numeric,
  stated_by text not null,
  as_of date not null,
  source_no integer not null references source,
  note text not null default '',
  primary key (book_no, item, measure, as_of)
);
comment on column stated_need.quantity is 'pieces; null where the statement names the item without a number';

-- Who said what, where, quoted by its passage. One that names a giver and a new amount also stands in the ledger as a promise said.
create table statement (
  book_no integer not null references book,
  id text not null,
  speaker text not null,
  giver_no integer references party,
  said_on date not null,
  title text not null,
  place text not null,
  amount numeric,
  currency text,
  source_no integer not null references source,
  passage text,
  note text not null default '',
  primary key (book_no, id),
  foreign key (source_no, passage) references passage (source_no, id)
);

create table milestone (
  book_no integer not null references book,
  on_day date not null,
  date_precision text not null,
  kind text not null,
  title text not null,
  group_no integer references party_group,
  source_no integer not null references source,
  note text not null default '',
  primary key (book_no, on_day, title)
);

-- Which sets of built-in facts have been loaded, by the hash of their files.
create table reference_load (
  sha256 text primary key,
  loaded_at timestamptz not null default clock_timestamp()
);
