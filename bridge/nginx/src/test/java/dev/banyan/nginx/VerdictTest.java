package dev.banyan.nginx;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Says of each broken file of {@code verdicts.txt} what a real nginx says, word for word, with its
 * file and line. {@code -Dgolden.update} asks nginx again.
 */
final class VerdictTest {
  private static final Path FILE = Path.of("src/test/resources/dev/banyan/nginx/verdicts.txt");

  @TempDir Path folder = Path.of("");

  @Test
  void brokenFilesGetNginxsVerdict() throws IOException, InterruptedException {
    List<BrokenConf> cases = BrokenConf.parse(Files.readString(FILE, ISO_8859_1));
    if (System.getProperty("golden.update") != null) {
      cases = record(cases);
      Files.writeString(FILE, BrokenConf.format(cases), ISO_8859_1);
    }
    List<String> ours = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (BrokenConf broken : cases) {
      String verdict = verdict(broken.write(folder));
      ours.add(broken.text() + "\n> " + verdict);
      expected.add(broken.text() + "\n> " + broken.expected(verdict));
    }
    assertThat(ours).containsExactlyElementsOf(expected);
  }

  private List<BrokenConf> record(List<BrokenConf> cases) throws IOException, InterruptedException {
    List<BrokenConf> recorded = new ArrayList<>();
    for (BrokenConf broken : cases) {
      recorded.add(broken.recorded(RealNginx.verdict(broken.write(folder))));
    }
    return recorded;
  }

  private String verdict(Path conf) {
    CheckResult result = NginxConf.check(conf, folder);
    return result.valid()
        ? "OK"
        : String.valueOf(result.errors().getFirst().getMessage()).replace(folder + "/", "");
  }
}
