-- Scenarios: what a forecast supposes otherwise, saved under a name. Added to, never changed, so that a link to one stays true.

create table scenario (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  body jsonb not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor text not null
);
comment on table scenario is 'a ForecastScenario of core/foresight/forecast/scenario.ts in body';

create trigger scenario_append_only before update or delete on scenario for each row execute function refuse_change();
