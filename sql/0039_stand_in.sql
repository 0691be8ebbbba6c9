-- Stands in until its number is taken.
select 1;
