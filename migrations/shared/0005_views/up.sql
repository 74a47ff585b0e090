-- What a person looks at again and again, of one tenant or over all of theirs.
create table manydesk.views (
  id         uuid        not null constraint views_pk primary key,
  owner_id   uuid        not null,
  tenant_id  integer,
  shared     boolean     not null default false,
  name       text        not null,
  look       jsonb       not null,
  version    integer     not null default 1,
  created_at timestamptz not null default now(),
  constraint views_shared_ck check (not shared or tenant_id is not null));
create index views_owner_ix on manydesk.views (owner_id);
create index views_tenant_ix on manydesk.views (tenant_id) where shared;
comment on table manydesk.views is 'Kept questions to the worklist: a person''s own, or shared with all who work in the tenant. tenant_id: the scope, null is all. owner: desk/flows/queue';
grant select, insert, update, delete on manydesk.views to manydesk_app;
