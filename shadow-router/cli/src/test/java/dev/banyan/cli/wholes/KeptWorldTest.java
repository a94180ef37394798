package dev.banyan.cli.wholes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.lua.ngx.shared.DictValue;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class KeptWorldTest {
  private final SharedDict dict = new SharedDict("d", 1 << 20, System::currentTimeMillis);
  private final SharedDicts dicts = new SharedDicts(List.of(dict));

  private static KeptWorld world(String entries) {
    return new KeptWorld(
        new JsonMapper()
            .readTree(
                """
                {"millis": 1700000000000, "client": "10.1.2.3 4711", "server": "10.0.0.1 443",
                 "tls": true, "entries": [%s]}
                """
                    .formatted(entries)));
  }

  private static String call(String operation, String key, String arguments, String answer) {
    return """
    {"dict": "d", "operation": "%s", "key": "%s", "arguments": [%s], "answer": %s}\
    """
        .formatted(operation, key, arguments, answer);
  }

  private @Nullable DictValue found(String key) {
    SharedDict.Found found = dict.get(key);
    return found == null ? null : found.value();
  }

  @Test
  void eachKeyIsAsItsFirstCallSawIt() {
    dict.set("gone", DictValue.of("left from a try before"), SharedDict.FOREVER);
    world(
            String.join(
                ",",
                call("get", "text", "", "\"t1\""),
                call("get", "text", "", "\"t2\""),
                call("get", "gone", "", "null"),
                call("incr", "count", "1, 0, 60", "8"),
                call("incr", "fresh", "1, 0, 60", "1"),
                call("add", "taken", "\"x\", 0", "\"exists\""),
                call("set", "text", "\"t3\", 0", "null")))
        .fill(dicts);

    assertThat(found("text")).isEqualTo(DictValue.of("t1"));
    assertThat(found("gone")).isNull();
    assertThat(found("count")).isEqualTo(DictValue.of(7));
    assertThat(found("fresh")).isNull();
    assertThat(found("taken")).isNotNull();
  }

  @Test
  void theRequestBeginsWhenItBeganAndBetweenTheSameEnds() {
    KeptWorld world = world("");
    assertThat(world.clock().instant())
        .isCloseTo(
            Instant.ofEpochMilli(1_700_000_000_000L), Assertions.within(5, ChronoUnit.SECONDS));
    assertThat(String.valueOf(world.ends())).contains("10.1.2.3:4711", "10.0.0.1:443");
    assertThat(world.tls()).isTrue();
  }
}
