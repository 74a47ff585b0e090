-- A vendor's engineers see only what was given to their company.
alter table manydesk.ticket_index add column vendor_id uuid;
create index ticket_index_vendor_ix on manydesk.ticket_index (tenant_id, vendor_id, calendar_id, due_tick, ticket_id) where vendor_id is not null;

create index shifts_user_ix on manydesk.shifts (user_id, ends_at);

-- Where a person's day stands, without the rows: a tenant may ask about people it
-- knows by id, and cannot list those of others.
create function manydesk.presence(people uuid[], now timestamptz)
  returns table (user_id uuid, rota boolean, until timestamptz, absent_until timestamptz)
  language sql stable security definer set search_path = ''
  as $$ select p.id,
               exists (select from manydesk.shifts s where s.user_id = p.id and s.kind = 'shift'),
               (select max(s.ends_at) from manydesk.shifts s where s.user_id = p.id and s.ends_at > now and s.starts_at <= now and s.kind = 'shift'),
               (select max(s.ends_at) from manydesk.shifts s where s.user_id = p.id and s.ends_at > now and s.starts_at <= now and s.kind = 'absence')
          from unnest(people) p(id) $$;
comment on function manydesk.presence is 'rota: shifts are written for the person at all; until: the end of the shift that runs now; absent_until: the end of the absence that runs now';
revoke all on function manydesk.presence from public;
grant execute on function manydesk.presence to manydesk_tenant, manydesk_app;
