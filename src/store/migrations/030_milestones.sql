-- Dated events that somebody states: what was expected when, and how it ended. A day that moves is a further version, never an edit.

create table dated_milestone (
  no integer generated always as identity primary key,
  book_no integer not null references book,
  id text not null check (id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$'),
  unique (book_no, id)
);

create table dated_milestone_version (
  dated_milestone_no integer not null references dated_milestone,
  seq integer not null check (seq > 0),
  state text not null check (state in ('expected', 'met', 'missed', 'cancelled')),
  body jsonb not null,
  known_at timestamptz not null check (isfinite(known_at)),
  recorded_at timestamptz not null default clock_timestamp(),
  source_no integer not null references source,
  actor text not null,
  reason text not null default '',
  primary key (dated_milestone_no, seq),
  check ((body ->> 'on')::text is not null),
  check ((state = 'expected') = (body ->> 'happenedOn' is null))
);
comment on column dated_milestone_version.body is 'a StoredMilestone of core/foresight/milestones/normal.ts';

/*
 * A version follows the one before it, in number and in knowledge: what was known on a day stays what it was, whatever is added later.
 * The lock makes writers of one milestone wait for each other.
 */
create function check_milestone_version() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare
  last record;
begin
  perform pg_advisory_xact_lock(hashtextextended('mainstay.milestone', new.dated_milestone_no));
  select seq, known_at into last from dated_milestone_version where dated_milestone_no = new.dated_milestone_no order by seq desc limit 1;
  if new.seq <> coalesce(last.seq, 0) + 1 then
    raise exception using errcode = '23514', message = 'a version of a milestone does not follow the one before it', constraint = 'milestone_version_follows';
  end if;
  if last.known_at > new.known_at then
    raise exception using errcode = '23514', message = 'a version of a milestone was known before the one before it', constraint = 'milestone_version_known_after';
  end if;
  return new;
end $$;
create trigger milestone_version_follows before insert on dated_milestone_version for each row execute function check_milestone_version();

do $$
declare named text;
begin
  foreach named in array array['dated_milestone', 'dated_milestone_version'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function refuse_change()', named || '_append_only', named);
  end loop;
end $$;
