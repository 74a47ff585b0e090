-- Manydesk, shared schema of one cell. Runs once per database, as the owner of the database.
-- Part 1 (registry, people, billing) is filled in the home cell only; part 2 (work) in every cell.
-- Conventions: text + named check instead of enum types; timestamptz; money in minor units.

-- Roles belong to the whole server, so another database may make them at this very moment.
do $$ begin create role manydesk_tenant nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role manydesk_app nologin noinherit; exception when duplicate_object or unique_violation then null; end $$;

create schema manydesk;
create extension if not exists pg_trgm with schema manydesk;   -- operators need operator(manydesk.%): search_path is empty

-- manydesk_tenant: what every tenant role may do in the shared schema; roles r_<tenant id> are its members.
-- manydesk_app: the application outside a tenant (registry, relay, timers, worklist); login roles are its members.

-- One folding for every comparison of words: lower case, ё = е. Immutable, because indexes use it.
create function manydesk.fold(text) returns text language sql immutable strict parallel safe
  as $$ select replace(lower($1), 'ё', 'е') $$;

-- ============================================================ 1. Registry, people, billing (home cell)

create table manydesk.cells (
  id         smallint    not null constraint cells_pk primary key,
  name       text        not null constraint cells_name_uq unique,
  dsn_secret text        not null,
  open       boolean     not null default true,
  created_at timestamptz not null default now());
comment on table manydesk.cells is 'Databases that hold tenants. owner: tenants';

create table manydesk.tenants (
  id             integer     generated always as identity constraint tenants_pk primary key,
  slug           text        not null constraint tenants_slug_uq unique constraint tenants_slug_ck check (slug ~ '^[a-z0-9-]{2,40}$'),
  cell_id        smallint    not null constraint tenants_cell_fk references manydesk.cells,
  name           text        not null,
  code           text        not null,
  state          text        not null default 'active' constraint tenants_state_ck check (state in ('creating','active','read_only','suspended','moving','erasing')),
  languages      text[]      not null default '{ru,en}',
  time_zone      text        not null default 'Europe/Moscow',
  look           jsonb       not null default '{}',
  calendar_ids   integer[]   not null default '{}',
  schema_version integer     not null default 0,
  config_version bigint      not null default 1,
  access_version bigint      not null default 1,
  trial          boolean     not null default false,
  created_at     timestamptz not null default now(),
  state_at       timestamptz not null default now(),
  state_reason   text) with (fillfactor = 70);
create index tenants_schema_ix on manydesk.tenants (schema_version);
comment on table manydesk.tenants is 'Registry. Schema t_<id>, role r_<id>; the id is never shown, the slug is. look: code colours, logo key. *_version: caches compare them. owner: tenants';

create table manydesk.entry_points (
  kind       text        not null constraint entry_points_kind_ck check (kind in ('host','mail','mail_domain','phone','form','hook')),
  value      text        not null,
  tenant_id  integer     not null constraint entry_points_tenant_fk references manydesk.tenants on delete cascade,
  channel    text,
  verified_at timestamptz,
  data       jsonb       not null default '{}',
  constraint entry_points_pk primary key (kind, value));
create index entry_points_tenant_ix on manydesk.entry_points (tenant_id);
comment on table manydesk.entry_points is 'By what the outside finds a tenant: portal host, mail address, dialled number, form and hook keys. owner: tenants';

create table manydesk.signing_keys (
  id         integer     generated always as identity constraint signing_keys_pk primary key,
  purpose    text        not null,
  secret     bytea       not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz);
comment on table manydesk.signing_keys is 'Wrapped keys: lookup hashes, signed mail addresses, links. Two live at once while rotating. owner: tenants';

create table manydesk.migrations (
  name       text        not null constraint migrations_pk primary key,
  checksum   bytea       not null,
  applied_at timestamptz not null default now());
comment on table manydesk.migrations is 'Shared migrations that ran. A tenant''s level is tenants.schema_version. owner: tenants';

create table manydesk.users (
  id            uuid        not null constraint users_pk primary key,
  email         text        not null constraint users_email_uq unique,
  name          text        not null,
  password_hash text,
  totp_secret   bytea,
  totp          jsonb       not null default '{}',
  owner         boolean     not null default false,
  state         text        not null default 'active' constraint users_state_ck check (state in ('invited','active','blocked','erased')),
  language      text        not null default 'ru',
  time_zone     text        not null default 'Europe/Moscow',
  languages     text[]      not null default '{}',
  week          jsonb       not null default '{}',
  prefs         jsonb       not null default '{}',
  version       integer     not null default 1,
  created_at    timestamptz not null default now());
comment on table manydesk.users is 'People who sign in to the console. email is lower case. totp: on, last step used, hashes of recovery codes. owner: of the installation. week: usual hours; prefs: keys, density, notices by tenant. owner: tenants/people';

create table manydesk.user_identities (
  issuer     text        not null,
  subject    text        not null,
  user_id    uuid        not null constraint user_identities_user_fk references manydesk.users on delete cascade,
  created_at timestamptz not null default now(),
  constraint user_identities_pk primary key (issuer, subject));
create index user_identities_user_ix on manydesk.user_identities (user_id);
comment on table manydesk.user_identities is 'OIDC subjects of a user. owner: tenants/people';

create table manydesk.providers (
  id         integer     generated always as identity constraint providers_pk primary key,
  slug       text        not null constraint providers_slug_uq unique,
  name       text        not null,
  state      text        not null default 'active' constraint providers_state_ck check (state in ('active','suspended','erased')),
  data       jsonb       not null default '{}',
  created_at timestamptz not null default now());
comment on table manydesk.providers is 'Outsourcing companies. owner: tenants/people';

create table manydesk.provider_members (
  provider_id integer     not null constraint provider_members_provider_fk references manydesk.providers on delete cascade,
  user_id     uuid        not null constraint provider_members_user_fk references manydesk.users on delete cascade,
  roles       text[]      not null default '{}',
  skills      jsonb       not null default '{}',
  active      boolean     not null default true,
  constraint provider_members_pk primary key (user_id, provider_id));
create index provider_members_provider_ix on manydesk.provider_members (provider_id);
comment on table manydesk.provider_members is 'A provider''s own people and what they can do. owner: tenants/people';

create table manydesk.engagements (
  id          uuid        not null constraint engagements_pk primary key,
  provider_id integer     not null constraint engagements_provider_fk references manydesk.providers,
  tenant_id   integer     not null constraint engagements_tenant_fk references manydesk.tenants on delete cascade,
  state       text        not null default 'offered' constraint engagements_state_ck check (state in ('offered','active','ended','refused')),
  offered_by  text        not null constraint engagements_offered_ck check (offered_by in ('provider','tenant')),
  roles       text[]      not null,
  types       text[],
  starts_at   timestamptz not null,
  ends_at     timestamptz,
  accepted_at timestamptz,
  ended_at    timestamptz,
  ended_by    uuid,
  version     integer     not null default 1);
create unique index engagements_live_uq on manydesk.engagements (provider_id, tenant_id) where state in ('offered','active');
create index engagements_tenant_ix on manydesk.engagements (tenant_id);
comment on table manydesk.engagements is 'A provider works for a tenant: roles granted, ticket types covered (null = all), term. owner: tenants/people';

create table manydesk.memberships (
  user_id       uuid        not null constraint memberships_user_fk references manydesk.users on delete cascade,
  tenant_id     integer     not null constraint memberships_tenant_fk references manydesk.tenants on delete cascade,
  engagement_id uuid        constraint memberships_engagement_fk references manydesk.engagements on delete cascade,
  active        boolean     not null default true,
  pin           smallint,
  prefs         jsonb       not null default '{}',
  since         timestamptz not null default now(),
  constraint memberships_pk primary key (user_id, tenant_id));
create index memberships_tenant_ix on manydesk.memberships (tenant_id);
create index memberships_engagement_ix on manydesk.memberships (engagement_id) where engagement_id is not null;
comment on table manydesk.memberships is 'Which tenants a person may open. Roles and groups are in the tenant (staff). owner: tenants/people';

create table manydesk.credentials (
  hash       bytea       not null constraint credentials_pk primary key,
  id         uuid        not null constraint credentials_id_uq unique,
  kind       text        not null constraint credentials_kind_ck check (kind in ('session','api_key','invite','reset','link','code','wall')),
  user_id    uuid        constraint credentials_user_fk references manydesk.users on delete cascade,
  tenant_id  integer     constraint credentials_tenant_fk references manydesk.tenants on delete cascade,
  contact_id uuid,
  name       text,
  scopes     text[],
  data       jsonb       not null default '{}',
  created_at timestamptz not null default now(),
  seen_at    timestamptz,
  expires_at timestamptz,
  constraint credentials_who_ck check (user_id is not null or tenant_id is not null)) with (fillfactor = 80);
create index credentials_user_ix on manydesk.credentials (user_id) where user_id is not null;
create index credentials_contact_ix on manydesk.credentials (tenant_id, contact_id) where contact_id is not null;
create index credentials_expiry_ix on manydesk.credentials (expires_at) where expires_at is not null;
comment on table manydesk.credentials is 'SHA-256 of everything that lets someone in: sessions, API keys, invitations, mailed links. One lookup for cookie and key. owner: tenants/people';

create table manydesk.sign_ins (
  id         bigint      generated always as identity constraint sign_ins_pk primary key,
  at         timestamptz not null default now(),
  user_id    uuid,
  tenant_id  integer,
  contact_id uuid,
  what       text        not null,
  ok         boolean     not null,
  ip         inet,
  agent      text,
  data       jsonb       not null default '{}');
create index sign_ins_user_ix on manydesk.sign_ins (user_id, id);
create index sign_ins_tenant_ix on manydesk.sign_ins (tenant_id, id);
comment on table manydesk.sign_ins is 'Audit of sign-ins, keys and shared settings. Append only, kept 400 days. owner: tenants/people';

create table manydesk.shifts (
  user_id   uuid        not null constraint shifts_user_fk references manydesk.users on delete cascade,
  starts_at timestamptz not null,
  ends_at   timestamptz not null,
  kind      text        not null constraint shifts_kind_ck check (kind in ('shift','on_call','absence')),
  note      text,
  constraint shifts_pk primary key (user_id, starts_at, kind),
  constraint shifts_span_ck check (ends_at > starts_at));
create index shifts_end_ix on manydesk.shifts (ends_at);
comment on table manydesk.shifts is 'When a person works, over all tenants; written five weeks ahead from users.week. owner: tenants/people';

create table manydesk.packs (
  id          uuid        not null,
  version     integer     not null,
  provider_id integer     not null constraint packs_provider_fk references manydesk.providers on delete cascade,
  name        text        not null,
  items       jsonb       not null,
  created_at  timestamptz not null default now(),
  constraint packs_pk primary key (id, version));
comment on table manydesk.packs is 'Baseline packs: settings a provider applies to many tenants. items: kind, key, spec, hash. owner: tenants';

create table manydesk.pack_uses (
  tenant_id    integer     not null constraint pack_uses_tenant_fk references manydesk.tenants on delete cascade,
  pack_id      uuid        not null,
  kind         text        not null,
  key          text        not null,
  pack_version integer     not null,
  spec_hash    bytea       not null,
  local        boolean     not null default false,
  applied_at   timestamptz not null default now(),
  constraint pack_uses_pk primary key (tenant_id, pack_id, kind, key));
create index pack_uses_pack_ix on manydesk.pack_uses (pack_id, kind, key);
comment on table manydesk.pack_uses is 'What of a pack stands in which tenant; drift = hash of the tenant''s published spec differs. local: kept on purpose. owner: tenants';

create table manydesk.incidents (
  id          uuid        not null constraint incidents_pk primary key,
  provider_id integer     not null constraint incidents_provider_fk references manydesk.providers on delete cascade,
  title       text        not null,
  state       text        not null default 'open' constraint incidents_state_ck check (state in ('open','watching','over')),
  drafts      jsonb       not null default '{}',
  started_at  timestamptz not null,
  ended_at    timestamptz,
  version     integer     not null default 1,
  created_by  uuid        not null);
create index incidents_provider_ix on manydesk.incidents (provider_id, started_at desc);
comment on table manydesk.incidents is 'One outage seen in many tenants: provider-internal, in the provider''s words only. owner: desk/flows/incidents';

create table manydesk.incident_tickets (
  incident_id uuid        not null constraint incident_tickets_incident_fk references manydesk.incidents on delete cascade,
  tenant_id   integer     not null,
  ticket_id   uuid        not null,
  told_seq    integer,
  joined_at   timestamptz not null default now(),
  constraint incident_tickets_pk primary key (incident_id, tenant_id, ticket_id));
create index incident_tickets_ticket_ix on manydesk.incident_tickets (tenant_id, ticket_id);
comment on table manydesk.incident_tickets is 'Ids only. told_seq: the comment by which that client was last told. owner: desk/flows/incidents';

create table manydesk.plans (
  key        text        not null,
  version    integer     not null,
  currency   text        not null,
  spec       jsonb       not null,
  sold_from  timestamptz not null,
  sold_to    timestamptz,
  constraint plans_pk primary key (key, version, currency));
comment on table manydesk.plans is 'Price plans as data: fee per server and per seat in minor units, period, minimum, included, trial. owner: billing';

create table manydesk.subscriptions (
  tenant_id    integer     not null constraint subscriptions_pk primary key constraint subscriptions_tenant_fk references manydesk.tenants,
  plan_key     text        not null,
  plan_version integer     not null,
  currency     text        not null,
  state        text        not null constraint subscriptions_state_ck check (state in ('trial','active','past_due','read_only','cancelled')),
  customer_ref text,
  stripe_ref   text,
  seat_item    text,
  server_item  text,
  seats_set    integer,
  servers_set  integer,
  set_at       timestamptz,
  period_from  timestamptz,
  period_to    timestamptz,
  grace_until  timestamptz,
  requisites   jsonb       not null default '{}',
  version      integer     not null default 1,
  constraint subscriptions_plan_fk foreign key (plan_key, plan_version, currency) references manydesk.plans);
create unique index subscriptions_stripe_uq on manydesk.subscriptions (stripe_ref) where stripe_ref is not null;
comment on table manydesk.subscriptions is 'What a tenant pays for and what Stripe was last told (absolute quantities). The row locked when a seat is taken. owner: billing';

create table manydesk.usage (
  id         uuid        not null constraint usage_pk primary key,
  tenant_id  integer     not null constraint usage_tenant_fk references manydesk.tenants,
  kind       text        not null constraint usage_kind_ck check (kind in ('seat','server')),
  subject_id uuid        not null,
  provider_id integer,
  label      text        not null,
  data       jsonb       not null default '{}',
  starts_at  timestamptz not null,
  ends_at    timestamptz,
  started_by uuid,
  ended_by   uuid,
  constraint usage_span_ck check (ends_at is null or ends_at > starts_at));
create unique index usage_live_uq on manydesk.usage (tenant_id, kind, subject_id) where ends_at is null;
create index usage_tenant_ix on manydesk.usage (tenant_id, kind, starts_at);
comment on table manydesk.usage is 'The ledger: seats and servers as intervals, to the second. An interval is opened and closed, never edited. owner: billing';

create table manydesk.invoices (
  id           uuid        not null constraint invoices_pk primary key,
  tenant_id    integer     not null constraint invoices_tenant_fk references manydesk.tenants,
  number       text        not null constraint invoices_number_uq unique,
  currency     text        not null,
  total_minor  bigint      not null,
  period_from  timestamptz not null,
  period_to    timestamptz not null,
  state        text        not null constraint invoices_state_ck check (state in ('draft','issued','paid','void','failed')),
  stripe_ref   text        constraint invoices_stripe_uq unique,
  issued_at    timestamptz,
  paid_at      timestamptz,
  data         jsonb       not null default '{}');
create index invoices_tenant_ix on manydesk.invoices (tenant_id, period_from desc);
comment on table manydesk.invoices is 'Invoices of ours and of Stripe. owner: billing';

create table manydesk.invoice_lines (
  invoice_id   uuid     not null constraint invoice_lines_invoice_fk references manydesk.invoices on delete cascade,
  line         smallint not null,
  kind         text     not null,
  subject_id   uuid,
  label        text     not null,
  seconds      bigint,
  quantity     numeric(18,6) not null,
  unit_minor   bigint   not null,
  amount_minor bigint   not null,
  why          jsonb    not null default '{}',
  constraint invoice_lines_pk primary key (invoice_id, line));
comment on table manydesk.invoice_lines is 'Each line names the person, server or correction behind it and its arithmetic. owner: billing';

create table manydesk.stripe_events (
  id          text        not null constraint stripe_events_pk primary key,
  type        text        not null,
  payload     jsonb       not null,
  received_at timestamptz not null default now(),
  done_at     timestamptz,
  error       text);
create index stripe_events_open_ix on manydesk.stripe_events (received_at) where done_at is null;
comment on table manydesk.stripe_events is 'Verified webhooks, stored once, worked off from here. owner: billing';

-- ============================================================ 2. Work (every cell)

create table manydesk.calendars (
  id         integer     generated always as identity constraint calendars_pk primary key,
  hash       bytea       not null constraint calendars_hash_uq unique,
  spec       jsonb       not null,
  created_at timestamptz not null default now());
comment on table manydesk.calendars is 'Working calendars by content: zone, hours, dates; no names. Every process holds them in memory. owner: desk/sla';

create table manydesk.ticket_index (
  tenant_id   integer     not null,
  ticket_id   uuid        not null,
  number      bigint      not null,
  version     integer     not null,
  type        text        not null,
  status      text        not null,
  category    smallint    not null,
  priority    smallint    not null,
  assignee_id uuid,
  group_key   text,
  line        smallint,
  company_id  uuid,
  calendar_id integer     not null default 0,
  due_tick    bigint,
  due_at      timestamptz,
  due_kind    text,
  resume_at   timestamptz,
  waiting_since timestamptz,
  updated_at  timestamptz not null,
  channel     text        not null,
  subject     text        not null,
  company     text,
  contact     text,
  flags       smallint    not null default 0,
  constraint ticket_index_pk primary key (tenant_id, ticket_id)) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
create index ticket_index_mine_ix  on manydesk.ticket_index (assignee_id, due_at, ticket_id) where assignee_id is not null;
create index ticket_index_risk_ix  on manydesk.ticket_index (tenant_id, calendar_id, due_tick, ticket_id);
create index ticket_index_group_ix on manydesk.ticket_index (tenant_id, group_key, calendar_id, due_tick, ticket_id);
comment on table manydesk.ticket_index is 'The worklist: open tickets of all tenants of the cell, what a row shows and nothing more. Written in the ticket''s own statement. owner: desk/tickets';
comment on column manydesk.ticket_index.due_tick is 'Reading of the calendar''s working clock (seconds of working time since 2000-01-01) at the deadline; left = due_tick - tick(now). Calendar 0 is the clock that stands at 0: a ticket without a running deadline lies on it, and its due_tick is its rank among those: class * 10^10 + seconds since 2000-01-01, class 1-8 = priority and whether the client waits, 9 = paused, in order of resume_at';
comment on column manydesk.ticket_index.due_at is 'The deadline when due_kind is set; else only an order for "mine": 2000-01-01 + due_tick seconds, never shown';
comment on column manydesk.ticket_index.flags is 'bit 0 new, 1 client waits, 2 breached, 3 VIP, 4 incident, 5 visit';

create table manydesk.timers (
  tenant_id  integer     not null,
  subject_id uuid        not null,
  kind       text        not null,
  due_at     timestamptz not null,
  version    integer     not null default 0,
  tries      smallint    not null default 0,
  retry_at   timestamptz,
  constraint timers_pk primary key (tenant_id, subject_id, kind)) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
create index timers_due_ix on manydesk.timers (greatest(due_at, retry_at));
comment on column manydesk.timers.retry_at is 'Not before this, after a handler failed; due_at stays the moment that was meant';
comment on table manydesk.timers is 'When to look again, one row per subject and purpose: ''clock'' is the earliest of all its deadlines and warnings, ''resume'' the end of a pause, ''send:14'' the undo of a reply, ''repeat'' a recurring ticket. owner: jobs';

create table manydesk.outbox (
  id         bigint      generated always as identity constraint outbox_pk primary key,
  tenant_id  integer     not null,
  name       text        not null,
  lane       text        not null default 'default' constraint outbox_lane_ck check (lane in ('critical','default','bulk','mail')),
  subject_id uuid,
  seq        integer,
  data       jsonb,
  created_at timestamptz not null default now(),
  offered_at timestamptz,
  again_at   timestamptz,
  tries      smallint    not null default 0,
  failures   smallint    not null default 0,
  error      text) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index outbox_new_ix   on manydesk.outbox (tenant_id, lane, id) where offered_at is null;
create index outbox_again_ix on manydesk.outbox (again_at) where again_at is not null;
create index outbox_letters_ix on manydesk.outbox (tenant_id, id) where name = 'intake.receive';
create index outbox_parked_ix on manydesk.outbox (id) where offered_at is not null and again_at is null;
comment on table manydesk.outbox is 'What must happen after the commit. The relay sets offered_at, the handler deletes the row in its own transaction. owner: jobs';
comment on column manydesk.outbox.failures is 'Tries that failed; others were put off by the handler or lost with Redis';
comment on column manydesk.outbox.again_at is 'When the relay looks at an offered row again; null in an offered row: parked after too many tries, for people to look at';

create table manydesk.lookup (
  hash        bigint   not null,
  tenant_id   integer  not null,
  object_id   uuid     not null,
  object_kind text     not null,
  kind        text     not null,
  constraint lookup_pk primary key (hash, tenant_id, object_id, kind));
create index lookup_object_ix on manydesk.lookup (object_id);
comment on table manydesk.lookup is 'Keyed hash (HMAC, 64 bits) of every identifier and of its last digits, over all tenants. Says only "look there", to those who may. owner: desk/lookup';

create table manydesk.workload (
  user_id    uuid        not null constraint workload_pk primary key,
  points     integer     not null default 0,
  tickets    integer     not null default 0,
  capacity   integer,
  counted_at timestamptz not null default now()) with (fillfactor = 50);
comment on table manydesk.workload is 'One load and one capacity per person over all tenants; locked in user order when routing assigns; recounted from ticket_index nightly. owner: desk/routing';

create table manydesk.notices (
  user_id   uuid        not null,
  id        uuid        not null,
  tenant_id integer     not null,
  kind      text        not null,
  ticket_id uuid,
  number    bigint,
  title     text,
  actor     text,
  count     integer     not null default 1,
  at        timestamptz not null default now(),
  read_at   timestamptz,
  constraint notices_pk primary key (user_id, id)) with (fillfactor = 80);
create unique index notices_bundle_uq on manydesk.notices (user_id, ticket_id, kind) where read_at is null and ticket_id is not null;
create index notices_tenant_ix on manydesk.notices (tenant_id);
comment on table manydesk.notices is 'One inbox per person over all tenants; unread ones of a ticket are bundled, kept 90 days. owner: desk/flows/notify';

create table manydesk.idempotency (
  key16       bytea       not null constraint idempotency_pk primary key,
  fingerprint bytea       not null,
  created_at  timestamptz not null default now(),
  tenant_id   integer     not null,
  status      smallint    not null,
  location    text        not null default '');
create index idempotency_age_ix on manydesk.idempotency using brin (created_at);
comment on table manydesk.idempotency is 'Idempotency-Key, written in the transaction it protects, kept 8 days. key16: SHA-256 of tenant, actor and key, cut; fingerprint: of method, path and body. Status and location, never the body. tenant 0: no tenant. owner: tenants';

create table manydesk.runs (
  id         uuid        not null constraint runs_pk primary key,
  tenant_id  integer,
  provider_id integer,
  kind       text        not null,
  state      text        not null default 'waiting' constraint runs_state_ck check (state in ('waiting','running','preview','applied','undone','failed','cancelled')),
  done       bigint      not null default 0,
  total      bigint,
  data       jsonb       not null default '{}',
  file_id    uuid,
  started_by uuid,
  created_at timestamptz not null default now(),
  ended_at   timestamptz,
  error      text) with (fillfactor = 70);
create index runs_tenant_ix on manydesk.runs (tenant_id, created_at desc);
comment on table manydesk.runs is 'Long operations with a progress bar: import, bulk change, export, move, reindex, report, pack over tenants. owner: jobs';

-- ============================================================ 3. Rights

-- A tenant role sees and writes its own rows of the work tables; the application role sees all.
do $$ declare t text; begin
  foreach t in array array['ticket_index','timers','outbox','lookup','notices','idempotency','runs'] loop
    execute format('alter table manydesk.%I enable row level security', t);
    execute format('create policy %I on manydesk.%I to manydesk_tenant using (current_user = ''r_'' || tenant_id)', t||'_own', t);
    execute format('create policy %I on manydesk.%I to manydesk_app using (true)', t||'_app', t);
    execute format('grant select, insert, update, delete on manydesk.%I to manydesk_tenant', t);
  end loop;
end $$;
grant usage on schema manydesk to manydesk_tenant, manydesk_app;
grant select, insert on manydesk.calendars to manydesk_tenant;
grant select, insert, update on manydesk.workload to manydesk_tenant;
grant select, insert, update, delete on all tables in schema manydesk to manydesk_app;
revoke update, delete on manydesk.sign_ins from manydesk_app;

-- The audit is append only even for us; this alone takes the oldest lines away, and
-- none that is younger than 390 days whatever it is asked for.
create function manydesk.forget_sign_ins(before timestamptz, most integer) returns bigint language sql security definer set search_path = '' set enable_seqscan = off
  as $$ with oldest as (select id, s.at from manydesk.sign_ins s order by id limit most),
             gone as (delete from manydesk.sign_ins s using oldest o where s.id = o.id and o.at < least(before, now() - interval '390 days') returning 1)
        select count(*) from gone $$;
revoke all on function manydesk.forget_sign_ins from public;
grant execute on function manydesk.forget_sign_ins to manydesk_app;
