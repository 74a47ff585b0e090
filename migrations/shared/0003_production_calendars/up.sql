create table manydesk.production_calendars (
  country  text     not null constraint production_calendars_country_ck check (country ~ '^[A-Z]{2}$'),
  year     smallint not null,
  spec     jsonb    not null,
  added_at timestamptz not null,
  constraint production_calendars_pk primary key (country, year));
comment on table manydesk.production_calendars is 'A country''s days off, moved working days and short days of a year, as added by the installation; they win over the ones in the binary. owner: desk/sla';
grant select on manydesk.production_calendars to manydesk_tenant, manydesk_app;
grant insert, update, delete on manydesk.production_calendars to manydesk_app;
