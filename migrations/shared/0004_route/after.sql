-- Loads are kept with every change of a ticket from now on; what is there is counted once.
insert into manydesk.workload as w (user_id, points, tickets, counted_at)
select i.assignee_id, sum(case when i.category = 3 then (p.points + 1) / 2 else p.points end), count(*), now()
  from manydesk.ticket_index i, lateral (select (array[8, 4, 2, 1])[i.priority] as points) p
 where i.assignee_id is not null and i.category between 1 and 3
 group by i.assignee_id
on conflict (user_id) do update set points = excluded.points, tickets = excluded.tickets, counted_at = excluded.counted_at;
