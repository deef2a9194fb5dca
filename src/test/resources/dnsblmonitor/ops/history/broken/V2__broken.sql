alter table runs add column if not exists note varchar(64);
insert into no_such_table values (1);
