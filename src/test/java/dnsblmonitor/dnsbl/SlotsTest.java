package dnsblmonitor.dnsbl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The cap on the lookups in flight of all zones together. */
class SlotsTest {

  private final Slots slots = new Slots(3);
  private final List<String> taken = new ArrayList<>();

  @Test
  void noMoreSlotsAreTakenThanThereAre() {
    new Zone("a", 5).fill();

    assertThat(taken).containsExactly("a", "a", "a");
    assertThat(slots.take(() -> {})).isFalse();
  }

  @Test
  void slotsThatAreGivenBackGoToTheZonesInTurn() {
    new Zone("a", 5).fill();
    new Zone("b", 5).fill();
    new Zone("c", 5).fill();
    taken.clear();

    for (int i = 0; i < 6; i++) {
      slots.giveBack();
    }

    assertThat(taken).containsExactly("a", "b", "c", "a", "b", "c");
  }

  /** Wants {@code wanted} slots. */
  private final class Zone implements Slots.Taker {
    private final String name;
    private int wanted;

    Zone(String name, int wanted) {
      this.name = name;
      this.wanted = wanted;
    }

    @Override
    public void fill() {
      while (wanted > 0 && slots.take(this)) {
        taken.add(name);
        wanted--;
      }
    }
  }
}
