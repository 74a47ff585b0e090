-- A customer may have working hours of its own.
alter table {{schema}}.companies add column calendar text;
