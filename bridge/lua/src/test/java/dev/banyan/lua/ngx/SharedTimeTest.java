package dev.banyan.lua.ngx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A dict's entries age by the worker's cached time, as nginx's do. */
class SharedTimeTest {
  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final InstantSource ticking = () -> Instant.ofEpochMilli(millis.getAndAdd(5));
  private final SharedDicts dicts =
      new SharedDicts(List.of(new SharedDict("d", 64 * 1024, () -> ticking.millis())));

  private String said(String lua) {
    try (NgxRig rig = new NgxRig(dicts, ticking)) {
      return rig.content(lua).text();
    }
  }

  @Test
  void nothingExpiresBetweenTwoCallsOfOneRunHoweverSlowTheMachine() {
    assertThat(
            said(
                "local d = ngx.shared.d d:set('k', 1, 0.001) d:incr('n', 1, 0, 0.001) "
                    + "ngx.print(d:get('k'), ' ', d:get('n'), ' ', #d:get_keys())"))
        .isEqualTo("1 1 2");
  }

  @Test
  void entriesExpireOnceTheWorkerReadsItsTimeAnew() {
    assertThat(
            said(
                "local d = ngx.shared.d d:set('k', 1, 0.001) ngx.update_time() "
                    + "ngx.print(d:get('k'))"))
        .isEqualTo("nil");
  }
}
