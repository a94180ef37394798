package dev.banyan.modules.tenant;

import dev.banyan.api.Phase;
import dev.banyan.testkit.Draw;
import dev.banyan.testkit.LuaTwins;
import dev.banyan.testkit.TwinCall;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Any input: the port leaves behind what Lua leaves behind. */
class TenantsPropertyTest {
  private static final LuaTwins TWINS =
      LuaTwins.of(Instant.ofEpochMilli(1_800_000_000_123L), new Tenants());

  @AfterAll
  static void close() {
    TWINS.close();
  }

  @Test
  void anyHost() {
    Draw.cases(
        500,
        draw ->
            TWINS.alike(
                TwinCall.get("/")
                    .variable(
                        "host",
                        draw.words(
                            0,
                            6,
                            "t001",
                            "T007",
                            ".",
                            "example",
                            ".com",
                            ".net",
                            "a.",
                            "é",
                            "t014.example.net"))
                    .call(Phase.REWRITE, "edge.tenant", "rewrite")));
  }
}
