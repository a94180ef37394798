package dev.banyan.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What nginx serves by its directives, Banyan serves alike. */
final class ServingOracleTest {
  private static final Map<String, String> FILES =
      Map.of(
          "html/index.html",
          "the index\n",
          "html/page.txt",
          "0123456789".repeat(10),
          "html/page.txt.gz",
          zipped("compressed before\n"),
          "html/alone.txt.gz",
          zipped("compressed only\n"),
          "html/folder/index.html",
          "the folder's index\n",
          "html/empty/.keep",
          "");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> banyanAnswersAsNginx() throws IOException {
    List<OracleCase> cases = new ArrayList<>();
    for (String file : List.of("serving.cases", "proxying.cases", "lua.cases")) {
      cases.addAll(OracleCase.read(file));
    }
    String http =
        OracleCase.resource("http.conf")
            + cases.stream().map(OracleCase::server).collect(Collectors.joining());
    BothServers servers = BothServers.start(folder, http, FILES);
    return cases.stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> compare(servers, each)))
        .onClose(() -> close(servers));
  }

  private static String zipped(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(octets)) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return octets.toString(StandardCharsets.ISO_8859_1);
  }

  private static void compare(BothServers servers, OracleCase each) throws IOException {
    boolean same = true;
    for (String request : each.requests()) {
      BothServers.Answers answers = servers.ask(request);
      if (each.differs().isEmpty()) {
        assertThat(answers.banyan()).as(request).isEqualTo(answers.nginx());
      }
      same &= answers.banyan().equals(answers.nginx());
    }
    assertThat(same)
        .as("a difference that is listed with a reason is one: " + each.differs())
        .isEqualTo(each.differs().isEmpty());
  }

  private static void close(BothServers servers) {
    try {
      servers.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
