alter table runs add column if not exists note varchar(64);
alter table listings add column if not exists note varchar(64);
