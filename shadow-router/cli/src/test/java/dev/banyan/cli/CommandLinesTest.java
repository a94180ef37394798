package dev.banyan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What is typed by hand: mistakes are told in words, and what the pages say to type is accepted.
 */
final class CommandLinesTest {
  /** A line of its own, which goes on behind a backslash. */
  private static final Pattern BLOCK =
      Pattern.compile("(?m)^ {4}(?:scripts/)?banyan ([a-z](?:[^\\\\\n#]|\\\\\n)*)");

  /** In a sentence: often only a part of what has to be typed. */
  private static final Pattern SPAN = Pattern.compile("`(?:scripts/)?banyan ([a-z][^`]*)`");

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|([^\\s\\\\]+)");

  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    return Banyan.run(new PrintWriter(new StringWriter(), true), new PrintWriter(err, true), args);
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "ftp://127.0.0.1/", "http://", "http://a b/", "http:foo"})
  void anAddressThatIsNoneIsToldInWords(String url) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
    assertThat(run("status", "--admin", url, "--token-file", token.toString())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "banyan: --admin \"" + url + "\": expected a URL such as http://127.0.0.1:9901");
  }

  @Test
  void whatThePagesSayToTypeIsAccepted() throws IOException {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Path page : pages()) {
      String text = Files.readString(page);
      for (MatchResult command : BLOCK.matcher(text).results().toList()) {
        ParameterException mistake = mistake(command.group(1));
        count++;
        if (mistake != null) {
          wrong.add(page.getFileName() + ": " + command.group(1) + ": " + mistake.getMessage());
        }
      }
      for (MatchResult command : SPAN.matcher(text).results().toList()) {
        ParameterException mistake = mistake(command.group(1));
        count++;
        if (mistake instanceof UnmatchedArgumentException) {
          wrong.add(page.getFileName() + ": " + command.group(1) + ": " + mistake.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(80);
  }

  private static @Nullable ParameterException mistake(String command) {
    String[] words =
        WORD.matcher(command)
            .results()
            .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
            .toArray(String[]::new);
    try {
      Subcommands.add(new CommandLine(new Banyan()), words).parseArgs(words);
      return null;
    } catch (ParameterException e) {
      return e;
    }
  }

  private static List<Path> pages() throws IOException {
    Path root = Path.of("../..").toAbsolutePath().normalize();
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      return Stream.concat(Stream.of(root.resolve("README.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }
}
