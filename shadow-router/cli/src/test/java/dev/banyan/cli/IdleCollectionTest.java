package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdleCollectionTest {
  /**
   * Eight collections.
   *
   * @param inRests how many of them were in rests
   * @param least percent of the young generation that were taken before these
   */
  private record Collections(int inRests, int least) {}

  private static Collections collections(String collector) throws Exception {
    String[] words = Forked.lastLine(NearlyFullEden.class, List.of(collector)).split(" ", 2);
    return new Collections(Integer.parseInt(words[0]), Integer.parseInt(words[1]));
  }

  @Test
  void aProcessThatRestsIsCollectedInItsRestsOnceItsYoungGenerationIsNearlyFull() throws Exception {
    Collections all = collections("-XX:+UseSerialGC");
    assertThat(all.inRests()).isEqualTo(8);
    assertThat(all.least()).isBetween(88, 97);
  }

  @Test
  void otherCollectorsAreLeftAlone() throws Exception {
    assertThat(collections("-XX:+UseParallelGC").inRests()).isZero();
  }
}
