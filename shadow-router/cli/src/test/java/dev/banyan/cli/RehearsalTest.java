package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.banyan.server.rehearsal.Rehearsal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the ahead-of-time cache is made from plays whole, or starts would be slow and nobody told.
 */
final class RehearsalTest {
  @Test
  void theRehearsalServesInEachModeAndItsPortDiffersNowhere() throws IOException {
    List<String> seen = new ArrayList<>();
    Rehearsal.play((config, mode) -> {
      run("flag", Rehearsal.MODULE, mode, "--why", "test", "--config", config.toString());
      seen.add(run("modules", "--config", config.toString()));
    });
    assertThat(seen.getLast()).containsPattern("rehearsal +lua +240 +240 +100%");
  }

  @Test
  void theCommandOfTheLauncherPlaysIt() {
    assertThat(run("rehearse")).isEmpty();
  }

  private static String run(String... command) {
    StringWriter out = new StringWriter();
    StringWriter problems = new StringWriter();
    int code = Banyan.run(new PrintWriter(out, true), new PrintWriter(problems, true), command);
    assertThat(code).as(problems.toString()).isEqualTo(ExitCodes.OK);
    return out.toString();
  }
}
