-- Manydesk, one tenant. {{schema}} = t_<id>, {{role}} = r_<id>. Run as one message: the whole script is one transaction.
-- Ids are uuid v7 made by the application, so no table has a sequence but the ticket numbers.
-- Rows that belong to something are keyed by it and a small number: (ticket_id, seq) is a fact, and its text is the comment.

create schema {{schema}};
create sequence {{schema}}.ticket_numbers as bigint;

-- ------------------------------------------------------------ settings and people

create table {{schema}}.config (
  kind         text        not null,
  key          text        not null,
  version      integer     not null,
  state        text        not null default 'draft' constraint config_state_ck check (state in ('draft','proposed','published','retired')),
  position     integer     not null default 0,
  owner_id     uuid,
  spec         jsonb       not null,
  secret       bytea,
  valid_from   timestamptz,
  valid_to     timestamptz,
  reason       text,
  author_id    uuid,
  approved_by  uuid,
  created_at   timestamptz not null default now(),
  published_at timestamptz,
  constraint config_pk primary key (kind, key, version));
create unique index config_live_uq on {{schema}}.config (kind, key) where state = 'published';
comment on table {{schema}}.config is 'All settings, by kind; each kind has its owner and its schema in Go. A published version is never edited. owner: desk/settings';

create table {{schema}}.staff (
  user_id     uuid        not null constraint staff_pk primary key,
  email       text        not null,
  name        text        not null,
  provider_id integer,
  engagement_id uuid,
  vendor_id   uuid,
  roles       text[]      not null default '{}',
  groups      text[]      not null default '{}',
  lines       smallint[]  not null default '{}',
  skills      jsonb       not null default '{}',
  languages   text[]      not null default '{}',
  signature   jsonb,
  active      boolean     not null default true,
  last_given_at timestamptz,
  version     integer     not null default 1,
  created_at  timestamptz not null default now()) with (fillfactor = 80);
comment on table {{schema}}.staff is 'Who works here, own people and a provider''s: roles (rights), groups, lines, skills. last_given_at: round robin. owner: desk/staff';

-- ------------------------------------------------------------ customers and what they own

create table {{schema}}.companies (
  id          uuid        not null constraint companies_pk primary key,
  kind        text        not null default 'customer' constraint companies_kind_ck check (kind in ('customer','vendor')),
  name        text        not null,
  parent_id   uuid,
  level       text,
  vip         boolean     not null default false,
  note        text,
  fields      jsonb       not null default '{}',
  checked_at  timestamptz,
  merged_into uuid,
  archived_at timestamptz,
  version     integer     not null default 1,
  created_at  timestamptz not null default now());
comment on table {{schema}}.companies is 'Customer companies and vendors. checked_at: when an import or connector last confirmed it. owner: desk/customers';

create table {{schema}}.contacts (
  id            uuid        not null constraint contacts_pk primary key,
  company_id    uuid        constraint contacts_company_fk references {{schema}}.companies,
  name          text        not null,
  position      text,
  language      text,
  time_zone     text,
  sees          text        not null default 'own' constraint contacts_sees_ck check (sees in ('own','sites','company','group')),
  sites         uuid[],
  user_id       uuid,
  password_hash text,
  prefs         jsonb       not null default '{}',
  fields        jsonb       not null default '{}',
  mail_state    text        constraint contacts_mail_ck check (mail_state in ('bounced','complained')),
  checked_at    timestamptz,
  merged_into   uuid,
  archived_at   timestamptz,
  version       integer     not null default 1,
  created_at    timestamptz not null default now()) with (fillfactor = 90);
create index contacts_company_ix on {{schema}}.contacts (company_id);
comment on table {{schema}}.contacts is 'People of customers; what of the portal they see; consents and notices in prefs. Addresses and phones are identifiers. owner: desk/customers';

create table {{schema}}.identifiers (
  object_id   uuid     not null,
  kind        text     not null,
  value       text     not null,
  object_kind text     not null,
  shown       text     not null,
  main        boolean  not null default false,
  constraint identifiers_pk primary key (value, kind, object_id));
create unique index identifiers_one_uq on {{schema}}.identifiers (kind, value) where kind = 'email' or kind like 'source:%';
create index identifiers_object_ix on {{schema}}.identifiers (object_id);
create index identifiers_value_ix on {{schema}}.identifiers using gin (value manydesk.gin_trgm_ops);
comment on table {{schema}}.identifiers is 'Everything a person or thing is found by: folded name, mail, phone, domain, tax number, serial, inventory, licence, contract number, key in an imported source. value: canonical; shown: as typed. owner: desk/lookup';

create table {{schema}}.contracts (
  id          uuid        not null constraint contracts_pk primary key,
  number      text        not null,
  company_id  uuid        not null constraint contracts_company_fk references {{schema}}.companies,
  level       text        not null,
  state       text        not null default 'active' constraint contracts_state_ck check (state in ('draft','active','suspended','ended')),
  starts_on   date        not null,
  ends_on     date,
  covers      jsonb       not null default '{"all":true}',
  limits      jsonb       not null default '{}',
  terms       jsonb       not null default '{}',
  calendar    text,
  fields      jsonb       not null default '{}',
  checked_at  timestamptz,
  archived_at timestamptz,
  version     integer     not null default 1,
  created_at  timestamptz not null default now());
create index contracts_company_ix on {{schema}}.contracts (company_id);
comment on table {{schema}}.contracts is 'Term, service level, what is covered (all, sites, types; single equipment points here), limits, credits and penalties (terms). owner: desk/assets';

create table {{schema}}.assets (
  id          uuid        not null constraint assets_pk primary key,
  kind        text        not null constraint assets_kind_ck check (kind in ('site','equipment','licence')),
  company_id  uuid        not null constraint assets_company_fk references {{schema}}.companies,
  parent_id   uuid,
  contract_id uuid        constraint assets_contract_fk references {{schema}}.contracts,
  type        text,
  name        text        not null,
  vendor      text,
  model       text,
  address     jsonb,
  time_zone   text,
  warranty_to date,
  fields      jsonb       not null default '{}',
  checked_at  timestamptz,
  merged_into uuid,
  archived_at timestamptz,
  version     integer     not null default 1,
  created_at  timestamptz not null default now());
create index assets_company_ix on {{schema}}.assets (company_id, kind);
create index assets_parent_ix on {{schema}}.assets (parent_id) where parent_id is not null;
comment on table {{schema}}.assets is 'Sites, equipment and licences in one tree. Serial, inventory and licence numbers are identifiers. owner: desk/assets';

-- ------------------------------------------------------------ tickets

create table {{schema}}.tickets (
  id               uuid        not null constraint tickets_pk primary key,
  number           bigint      not null,
  version          integer     not null default 1,
  public_seq       integer     not null default 0,
  category         smallint    not null constraint tickets_category_ck check (category between 1 and 5),
  priority         smallint    not null constraint tickets_priority_ck check (priority between 1 and 4),
  line             smallint,
  reopened         smallint    not null default 0,
  rating           smallint    constraint tickets_rating_ck check (rating between 1 and 5),
  effort_minutes   integer,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  due_at           timestamptz,
  resume_at        timestamptz,
  waiting_since    timestamptz,
  first_due_at     timestamptz,
  first_replied_at timestamptz,
  resolve_due_at   timestamptz,
  resolved_at      timestamptz,
  closed_at        timestamptz,
  contact_id       uuid,
  company_id       uuid,
  site_id          uuid,
  asset_id         uuid,
  contract_id      uuid,
  assignee_id      uuid,
  vendor_id        uuid,
  merged_into      uuid,
  created_by       uuid,
  type             text        not null,
  status           text        not null,
  channel          text        not null,
  group_key        text,
  level            text,
  language         text,
  subject          text        not null,
  tags             text[]      not null default '{}',
  merged_from      uuid[],
  fields           jsonb       not null default '{}',
  clock            jsonb       not null default '{}',
  filed            jsonb       not null default '{}',
  process          jsonb,
  visit            jsonb) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05);
create unique index tickets_number_uq on {{schema}}.tickets (number);
create index tickets_assignee_ix on {{schema}}.tickets (assignee_id, number desc);
create index tickets_company_ix  on {{schema}}.tickets (company_id, number desc);
create index tickets_contact_ix  on {{schema}}.tickets (contact_id, number desc);
create index tickets_asset_ix    on {{schema}}.tickets (asset_id, number desc) where asset_id is not null;
create index tickets_words_ix    on {{schema}}.tickets using gin (fields jsonb_path_ops, tags) with (gin_pending_list_limit = 256);
comment on table {{schema}}.tickets is 'version = seq of the last fact; public_seq = seq of the last thing the client can see. Nothing that moves with every reply is indexed here: replies stay HOT. owner: desk/tickets';
comment on column {{schema}}.tickets.category is '1 open, 2 in progress, 3 paused, 4 resolved, 5 closed; status is the tenant''s word inside it';
comment on column {{schema}}.tickets.waiting_since is 'The client''s oldest message that nobody has answered; null when it is the client''s turn';
comment on column {{schema}}.tickets.clock is 'The fold of the clock''s facts: per kind policy@version, calendar id, target, used, state, due; rebuilt from facts at any time';
comment on column {{schema}}.tickets.filed is 'The verdict and the promise under which it was filed: contract, level, exception@version, source and age, promised times';
comment on column {{schema}}.tickets.merged_from is 'Tickets merged into this one; their rows, numbers, comments and facts stay where they are';

create table {{schema}}.facts (
  subject_id   uuid        not null,
  seq          integer     not null,
  public       boolean     not null default false,
  at           timestamptz not null,
  actor_id     uuid,
  provider_id  integer,
  subject_kind text        not null,
  actor_kind   text        not null,
  type         text        not null,
  data         jsonb       not null,
  constraint facts_pk primary key (subject_id, seq)) with (fillfactor = 100, autovacuum_vacuum_insert_scale_factor = 0.1);
create index facts_at_ix on {{schema}}.facts using brin (at) with (pages_per_range = 32, autosummarize = on);
create index facts_rest_ix on {{schema}}.facts (subject_kind, at) where subject_kind <> 'ticket';
comment on table {{schema}}.facts is 'What happened, once, for ever: timeline, audit, clock, routing trace. Append only (no UPDATE or DELETE right). owner: desk/events';

create table {{schema}}.comments (
  ticket_id   uuid        not null constraint comments_ticket_fk references {{schema}}.tickets,
  seq         integer     not null,
  internal    boolean     not null,
  format      smallint    not null default 0,
  at          timestamptz not null,
  author_id   uuid,
  message_id  uuid,
  edited_at   timestamptz,
  author_kind text        not null,
  channel     text        not null,
  body        text        not null,
  data        jsonb,
  constraint comments_pk primary key (ticket_id, seq));
comment on table {{schema}}.comments is 'The text of the fact with the same (ticket, seq). format 0 plain, 1 clean HTML. data: recipients as frozen at send, mentions, quote marks. owner: desk/tickets';

create table {{schema}}.participants (
  ticket_id   uuid     not null constraint participants_ticket_fk references {{schema}}.tickets,
  person_id   uuid     not null,
  person_kind text     not null constraint participants_kind_ck check (person_kind in ('staff','contact')),
  follows     boolean  not null default false,
  guest       boolean  not null default false,
  copied      boolean  not null default false,
  seen_seq    integer  not null default 0,
  added_by    uuid,
  constraint participants_pk primary key (ticket_id, person_id)) with (fillfactor = 80);
create index participants_person_ix on {{schema}}.participants (person_id) where follows or guest;
comment on table {{schema}}.participants is 'People around a ticket: followers, named guests, copies, and how far each has read. owner: desk/tickets';

create table {{schema}}.links (
  ticket_id uuid        not null constraint links_ticket_fk references {{schema}}.tickets,
  kind      text        not null constraint links_kind_ck check (kind in ('blocks','duplicates','parent','related','asset','article')),
  target_id uuid        not null,
  at        timestamptz not null default now(),
  by        uuid,
  constraint links_pk primary key (ticket_id, kind, target_id));
create index links_target_ix on {{schema}}.links (target_id);
comment on table {{schema}}.links is 'Ticket to ticket, to further equipment, to the article that answered it. owner: desk/tickets';

create table {{schema}}.drafts (
  user_id    uuid        not null,
  ticket_id  uuid        not null,
  kind       text        not null constraint drafts_kind_ck check (kind in ('reply','note','intake','article','order')),
  body       jsonb       not null,
  base       integer     not null default 0,
  updated_at timestamptz not null,
  constraint drafts_pk primary key (user_id, ticket_id, kind)) with (fillfactor = 50);
comment on table {{schema}}.drafts is 'What is being written, on every device; apart from comments so that no list can show one. base: version it was begun on. owner: desk/tickets';

create table {{schema}}.files (
  id         uuid        not null constraint files_pk primary key,
  owner_id   uuid        not null,
  owner_seq  integer     not null default 0,
  owner_kind text        not null,
  state      text        not null default 'ready' constraint files_state_ck check (state in ('uploading','ready','held','erased')),
  inline     boolean     not null default false,
  internal   boolean     not null default false,
  size       bigint      not null,
  hash       bytea       not null,
  name       text        not null,
  mime       text        not null,
  content_id text,
  data       jsonb,
  created_by uuid,
  created_at timestamptz not null default now());
create index files_owner_ix on {{schema}}.files (owner_id, owner_seq);
create index files_hash_ix on {{schema}}.files (hash);
comment on table {{schema}}.files is 'Names of contents: bytes lie once per tenant under their SHA-256. Inline pictures carry their Content-ID. owner: desk/files';

create table {{schema}}.search_docs (
  number    bigint   not null constraint search_docs_pk primary key,
  ticket_id uuid     not null,
  version   integer  not null,
  words     tsvector not null) with (fillfactor = 90);
create index search_docs_words_ix on {{schema}}.search_docs using gin (words) with (gin_pending_list_limit = 256);
alter table {{schema}}.search_docs alter column words set statistics 1000;
comment on table {{schema}}.search_docs is 'One document a ticket, made after the commit: A subject and number, B people, serials, fields, C public text, D notes. owner: search';

create table {{schema}}.search_terms (
  kind     text    not null constraint search_terms_kind_ck check (kind in ('word','query')),
  term     text    not null,
  day      date    not null default '2000-01-01',
  uses     integer not null default 1,
  found    integer,
  constraint search_terms_pk primary key (kind, term, day));
create index search_terms_near_ix on {{schema}}.search_terms using gin (term manydesk.gin_trgm_ops) where kind = 'word';
comment on table {{schema}}.search_terms is 'Words of tickets and articles (for mistyped ones), and what was asked by day with how much was found. owner: search';

-- ------------------------------------------------------------ work

create table {{schema}}.tasks (
  id          uuid        not null constraint tasks_pk primary key,
  ticket_id   uuid        not null constraint tasks_ticket_fk references {{schema}}.tickets,
  stage       text,
  position    integer     not null default 0,
  title       text        not null,
  state       text        not null default 'open' constraint tasks_state_ck check (state in ('waiting','open','done','skipped')),
  group_key   text,
  assignee_id uuid,
  due_at      timestamptz,
  done_at     timestamptz,
  done_by     uuid,
  data        jsonb       not null default '{}',
  version     integer     not null default 1);
create index tasks_ticket_ix on {{schema}}.tasks (ticket_id, position);
create index tasks_assignee_ix on {{schema}}.tasks (assignee_id, due_at) where state = 'open';
comment on table {{schema}}.tasks is 'Task lists, and the stages of a process with group, deadline and condition (stage is not null). owner: desk/processes';

create table {{schema}}.orders (
  id          uuid        not null constraint orders_pk primary key,
  ticket_id   uuid        not null constraint orders_ticket_fk references {{schema}}.tickets,
  position    smallint    not null,
  state       text        not null default 'planned' constraint orders_state_ck check (state in ('planned','dispatched','on_site','done','cancelled')),
  engineer_id uuid,
  vendor_id   uuid,
  site_id     uuid,
  title       text        not null,
  starts_at   timestamptz,
  ends_at     timestamptz,
  address     jsonb,
  checklist   jsonb       not null default '[]',
  report      jsonb,
  version     integer     not null default 1,
  created_at  timestamptz not null default now(),
  done_at     timestamptz);
create unique index orders_ticket_uq on {{schema}}.orders (ticket_id, position);
create index orders_start_ix on {{schema}}.orders (starts_at);
comment on table {{schema}}.orders is 'Work orders: ACME-1042/2. Facts and files of an order lie under its ticket. owner: desk/workorders';

create table {{schema}}.time_entries (
  id           uuid        not null constraint time_entries_pk primary key,
  ticket_id    uuid        not null constraint time_entries_ticket_fk references {{schema}}.tickets,
  order_id     uuid,
  task_id      uuid,
  staff_id     uuid        not null,
  contract_id  uuid,
  work_type    text        not null,
  worked_on    date        not null,
  started_at   timestamptz,
  minutes      integer     not null constraint time_entries_minutes_ck check (minutes > 0),
  billed       integer     not null default 0,
  rate_minor   bigint      not null default 0,
  amount_minor bigint      not null default 0,
  currency     text        not null,
  state        text        not null default 'entered' constraint time_entries_state_ck check (state in ('proposed','entered','approved','billed')),
  note         text,
  version      integer     not null default 1);
create index time_entries_ticket_ix on {{schema}}.time_entries (ticket_id);
create index time_entries_day_ix on {{schema}}.time_entries (worked_on);
comment on table {{schema}}.time_entries is 'Labour with type and rate. Hours drawn from a contract are the sum, never a counter. owner: desk/workorders';

-- ------------------------------------------------------------ wires

create table {{schema}}.messages (
  id          uuid        not null constraint messages_pk primary key,
  direction   text        not null constraint messages_direction_ck check (direction in ('in','out')),
  channel     text        not null,
  account     text        not null,
  external_id text,
  state       text        not null constraint messages_state_ck check (state in ('stored','done','ignored','quarantined','held','queued','sent','delivered','bounced','failed')),
  subject_id  uuid,
  seq         integer,
  address     text,
  tries       smallint    not null default 0,
  code        text,
  error       text,
  raw         bytea,
  raw_hash    bytea,
  data        jsonb       not null default '{}',
  at          timestamptz not null,
  changed_at  timestamptz not null) with (fillfactor = 80);
create unique index messages_external_uq on {{schema}}.messages (external_id, channel, account, direction) where external_id is not null;
create index messages_subject_ix on {{schema}}.messages (subject_id, seq) where subject_id is not null;
create index messages_trouble_ix on {{schema}}.messages (state, at) where state in ('stored','quarantined','held','queued','bounced','failed');
alter table {{schema}}.messages alter column raw set storage external;
comment on table {{schema}}.messages is 'Everything that came in by a wire, raw and once, and everything sent with its fate: mail, SMS, calls, webhooks, bridge. owner: desk/channels';

create table {{schema}}.bridge_links (
  connector      text        not null,
  remote_id      text        not null,
  ticket_id      uuid        not null constraint bridge_links_ticket_fk references {{schema}}.tickets,
  sent_seq       integer     not null default 0,
  remote_version text,
  remote_hash    bytea,
  state          text        not null default 'in_step' constraint bridge_links_state_ck check (state in ('in_step','conflict','refused','ended')),
  data           jsonb       not null default '{}',
  changed_at     timestamptz not null,
  constraint bridge_links_pk primary key (connector, remote_id)) with (fillfactor = 80);
create unique index bridge_links_ticket_uq on {{schema}}.bridge_links (ticket_id, connector);
comment on table {{schema}}.bridge_links is 'Our ticket and its twin in the customer''s desk; how far each side has heard (no echo). owner: desk/flows/bridge';

create table {{schema}}.run_rows (
  run_id uuid    not null,
  n      integer not null,
  action text    not null constraint run_rows_action_ck check (action in ('new','changed','same','wrong','skipped')),
  object_id uuid,
  key    text,
  after  jsonb,
  before jsonb,
  error  text,
  constraint run_rows_pk primary key (run_id, n));
comment on table {{schema}}.run_rows is 'Rows of an import or a bulk change: checked, previewed, applied in one transaction, undone from before. Kept 30 days. owner: jobs';

-- ------------------------------------------------------------ knowledge

create table {{schema}}.articles (
  id         uuid        not null constraint articles_pk primary key,
  section    text        not null,
  slug       text        not null constraint articles_slug_uq unique,
  visibility text        not null constraint articles_visibility_ck check (visibility in ('staff','clients','public')),
  companies  uuid[],
  position   integer     not null default 0,
  owner_id   uuid,
  review_on  date,
  archived_at timestamptz,
  version    integer     not null default 1,
  created_at timestamptz not null default now());
comment on table {{schema}}.articles is 'An article apart from its texts: section, who may read it (companies: only these), owner, review. owner: desk/knowledge';

create table {{schema}}.article_texts (
  article_id   uuid        not null constraint article_texts_article_fk references {{schema}}.articles,
  language     text        not null constraint article_texts_language_ck check (language in ('ru','en')),
  version      integer     not null,
  state        text        not null constraint article_texts_state_ck check (state in ('draft','scheduled','published','retired')),
  title        text        not null,
  body         text        not null,
  plain        text        not null,
  author_id    uuid,
  publish_at   timestamptz,
  created_at   timestamptz not null default now(),
  votes        integer[]   not null default '{0,0,0,0,0}',
  words        tsvector    generated always as (
    setweight(to_tsvector('pg_catalog.russian', manydesk.fold(title)), 'A') ||
    setweight(to_tsvector('pg_catalog.russian', manydesk.fold(plain)), 'B')) stored,
  constraint article_texts_pk primary key (article_id, language, version));
create unique index article_texts_live_uq on {{schema}}.article_texts (article_id, language) where state = 'published';
create index article_texts_words_ix on {{schema}}.article_texts using gin (words) where state = 'published';
comment on table {{schema}}.article_texts is 'Every version in every language. votes: shown, opened, helped, did not, request prevented. owner: desk/knowledge';

-- ------------------------------------------------------------ rights

do $$ begin create role {{role}} nologin in role manydesk_tenant; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin grant {{role}} to manydesk_app; exception when unique_violation then null; end $$;
grant usage on schema {{schema}} to {{role}}, manydesk_app;
grant usage on sequence {{schema}}.ticket_numbers to {{role}};
grant select, insert, update, delete on all tables in schema {{schema}} to {{role}};
revoke update, delete on {{schema}}.facts from {{role}};
-- The application reads single rows without a transaction; to write it must take the tenant's role.
grant select on all tables in schema {{schema}} to manydesk_app;
