-- MariaDB cannot undo a script that failed: each statement can be repeated.
-- All times are UTC. An interval of listings is open while is_open is 1 and over while it is null:
-- the unique key then permits one open interval for each address and zone.

create table if not exists deployment (
  id smallint primary key check (id = 1),
  name varchar(64) -- null until the first run
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;

insert ignore into deployment (id) values (1);

create table if not exists runs (
  id bigint not null auto_increment primary key,
  run_id varchar(64) not null unique, -- job_run_id of the log events
  started_at datetime(3) not null,
  ended_at datetime(3) not null,
  started_by varchar(16) not null, -- command, schedule, user
  dry_run boolean not null,
  partial_run boolean not null, -- of some zones or addresses only
  complete boolean not null, -- every address was looked up in every zone
  outcome varchar(16) not null, -- succeeded, failed, stopped, skipped
  exit_code smallint not null,
  message text, -- why it failed or was skipped
  remark text,
  rows_read bigint not null,
  rows_invalid bigint not null,
  rows_unchanged bigint not null,
  rows_protected bigint not null, -- clean only because an allowlist gave no answer
  listed_now bigint not null,
  newly_listed bigint not null,
  listing_changed bigint not null,
  restored bigint not null,
  conflicts bigint not null,
  drifted bigint not null,
  lookups bigint not null,
  unknown_lookups bigint not null,
  tickets_created int not null,
  tickets_updated int not null
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;

create index if not exists runs_started_at on runs (started_at);

create table if not exists row_changes (
  id bigint not null auto_increment primary key,
  run bigint not null,
  foreign key (run) references runs (id) on delete cascade,
  row_id bigint not null, -- id in ip_addresses
  address varchar(15) not null,
  change_type varchar(16) not null, -- newly_listed, changed, restored
  old_priority int not null,
  new_priority int not null,
  old_blocklists text not null,
  new_blocklists text not null,
  event text not null, -- why: lastEvent of the row
  announced boolean not null -- in a notification
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;

create index if not exists row_changes_run on row_changes (run);
create index if not exists row_changes_address on row_changes (address);

create table if not exists listings (
  id bigint not null auto_increment primary key,
  address varchar(15) not null,
  zone varchar(255) not null,
  is_open smallint check (is_open = 1),
  first_seen datetime(3) not null,
  last_seen datetime(3) not null,
  ended_at datetime(3),
  end_reason varchar(16), -- not_listed, not_monitored
  counts_as varchar(16) not null, -- counted, watch_only, held_back, excepted
  weight int not null,
  return_codes text not null,
  reason text, -- the TXT record
  ticket varchar(64),
  ticket_url text,
  unique (address, zone, is_open)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;

create index if not exists listings_open on listings (is_open, first_seen);
create index if not exists listings_zone on listings (zone, first_seen);
create index if not exists listings_ended_at on listings (ended_at);

-- What lasts for several runs: open while is_open is 1 and over while it is null.
create table if not exists conditions (
  id bigint not null auto_increment primary key,
  kind varchar(16) not null, -- list_broken, mass_listing, pool_exhausted, malfunction
  subject varchar(255) not null, -- the zone or the pool; empty for a malfunction
  is_open smallint check (is_open = 1),
  started_at datetime(3) not null,
  ended_at datetime(3),
  details text not null, -- when it started
  unique (kind, subject, is_open)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;

create index if not exists conditions_ended_at on conditions (ended_at);

create table if not exists zone_health (
  run bigint not null,
  foreign key (run) references runs (id) on delete cascade,
  zone varchar(255) not null,
  status varchar(16) not null, -- healthy, degraded, failed, broken
  probe varchar(32) not null,
  listed bigint not null,
  not_listed bigint not null,
  unknown_lookups bigint not null,
  unknown_reasons text not null,
  median_ms bigint not null,
  p99_ms bigint not null,
  primary key (run, zone)
) engine=InnoDB default charset=utf8mb4 collate=utf8mb4_bin;

create index if not exists zone_health_zone on zone_health (zone, run);
