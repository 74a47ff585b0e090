-- What each trigger did about a ticket, and why it did nothing. One index, because
-- backends pay for each: a run is found by its id with the tenant's few trigger keys.
create table {{schema}}.trigger_runs (
  id        bigint      generated always as identity,
  trigger   text        not null,
  version   integer     not null,
  ticket_id uuid        not null,
  seq       integer     not null,
  root      integer     not null,
  at        timestamptz not null,
  fired     boolean     not null,
  trace     jsonb       not null default '{}',
  chain     text[]      not null default '{}',
  constraint trigger_runs_pk primary key (trigger, id));
comment on table {{schema}}.trigger_runs is 'Each look of a trigger at a ticket: what was seen, whether it fired, and through which triggers it came about (chain). root: the fact with which all of it began, negative for a time. owner: desk/triggers';
grant select, insert, update, delete on {{schema}}.trigger_runs to {{role}};
grant select on {{schema}}.trigger_runs to manydesk_app;
