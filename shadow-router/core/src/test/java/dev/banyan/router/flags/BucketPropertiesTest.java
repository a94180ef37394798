package dev.banyan.router.flags;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class BucketPropertiesTest {
  private static final int USERS = 20_000;

  @Property
  void sameUserMeetsTheSameBucket(@ForAll String salt, @ForAll String user) {
    assertThat(Bucket.of(salt, user))
        .isEqualTo(Bucket.of(salt, user))
        .isBetween(0, Share.BUCKETS - 1);
  }

  @Property
  void raisingTheShareOnlyAddsUsers(
      @ForAll String user,
      @ForAll @IntRange(max = Share.BUCKETS) int a,
      @ForAll @IntRange(max = Share.BUCKETS) int b) {
    int bucket = Bucket.of("edge.waf", user);
    Share smaller = new Share(Math.min(a, b));
    Share larger = new Share(Math.max(a, b));
    assertThat(!smaller.includes(bucket) || larger.includes(bucket)).isTrue();
  }

  @Property(tries = 50)
  void sharesAreEven(
      @ForAll @StringLength(max = 20) String salt,
      @ForAll @IntRange(min = 1, max = 99) int percent) {
    Share share = new Share(percent * 100);
    long inside = 0;
    for (int user = 0; user < USERS; user++) {
      if (share.includes(Bucket.of(salt, "10.0." + (user >> 8) + "." + (user & 255)))) {
        inside++;
      }
    }
    double expected = USERS * percent / 100.0;
    double fiveSigma = 5 * Math.sqrt(expected * (1 - percent / 100.0));
    assertThat((double) inside).isBetween(expected - fiveSigma, expected + fiveSigma);
  }

  @Property(tries = 20)
  void saltsMakeCanariesIndependent(@ForAll @IntRange(min = 1, max = 1000) int seed) {
    Share half = new Share(5_000);
    long both = 0;
    for (int user = 0; user < USERS; user++) {
      String key = "u" + seed + "-" + user;
      if (half.includes(Bucket.of("edge.waf", key))
          && half.includes(Bucket.of("edge.token_auth", key))) {
        both++;
      }
    }
    assertThat((double) both / USERS).isBetween(0.22, 0.28);
  }
}
