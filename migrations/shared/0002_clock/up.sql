-- How much working time the nearest deadline had from the beginning, so that the
-- worklist can say what share of it is left.
alter table manydesk.ticket_index add column due_target integer;
comment on column manydesk.ticket_index.due_target is 'The target of the nearest deadline in seconds of working time; null without one';

-- A person's own list is in order of working time left as well: the calendars' lists are merged.
drop index manydesk.ticket_index_mine_ix;
create index ticket_index_mine_ix on manydesk.ticket_index (assignee_id, calendar_id, due_tick, ticket_id) where assignee_id is not null;
