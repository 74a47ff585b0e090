-- How much working time the nearest deadline had from the beginning, so that the
-- worklist can say what share of it is left.
alter table manydesk.ticket_index add column due_target integer;
comment on column manydesk.ticket_index.due_target is 'The target of the nearest deadline in seconds of working time; null without one';
