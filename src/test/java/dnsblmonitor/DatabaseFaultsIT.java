package dnsblmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import dnsblmonitor.testing.SharedServer;
import dnsblmonitor.testing.TestDatabase.Row;
import dnsblmonitor.testing.World;
import org.junit.jupiter.api.Test;

/** The contract on PostgreSQL. */
class DatabaseFaultsIT implements DatabaseFaultsContract {

  private final World world;

  DatabaseFaultsIT(SharedServer server) {
    world = server.world("zen.example");
  }

  @Override
  public World world() {
    return world;
  }

  /** In the container's transactions the COMMIT comes after the last statement. */
  @Test
  void aCommitThatFailsIsTriedAgain() {
    allListed(3);
    world
        .database()
        .execute(
            """
            create sequence commits;
            create function fail_once() returns trigger language plpgsql security definer as $$
              begin
                if nextval('postal.commits') = 1 then
                  raise 'could not serialize' using errcode = '40001';
                end if;
                return null;
              end $$;
            create constraint trigger fail_once after update on ip_addresses
              deferrable initially deferred for each row execute function fail_once()
            """);

    world.run().expectExit(0);

    assertThat(world.database().rows()).extracting(Row::priority).containsExactly(0, 0, 0);
  }
}
