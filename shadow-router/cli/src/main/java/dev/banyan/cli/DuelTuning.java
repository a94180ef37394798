package dev.banyan.cli;

import dev.banyan.duel.run.DuelOptions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a duel is run and what it compares. */
final class DuelTuning {
  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "256",
      converter = Positive.class,
      description = "Cases that are asked at the same time (default: ${DEFAULT-VALUE}).")
  int inFlight = 256;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      defaultValue = "1",
      converter = Positive.class,
      description = "Requests that wait on one HTTP/1 connection (default: ${DEFAULT-VALUE}).")
  int pipeline = 1;

  @Option(
      names = "--per-connection",
      paramLabel = "N",
      defaultValue = "100",
      converter = Positive.class,
      description = {
        "Requests that one connection carries (default: ${DEFAULT-VALUE}); stay below the servers'",
        "own limit, or they end connections at different requests."
      })
  int perConnection = 100;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Time.class,
      description =
          "How long an answer may take, such as 500ms or 10s (default: ${DEFAULT-VALUE}).")
  Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Two runs with one seed ask the same in the same order (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--ignore-header",
      paramLabel = "NAME",
      split = ",",
      description = "Header fields that may differ, beside Date and Server.")
  List<String> ignored = List.of();

  @Option(
      names = "--header-order",
      description = "Compare the order of fields of different names too.")
  boolean headerOrder;

  @Option(
      names = "--mark",
      paramLabel = "NAME",
      defaultValue = DuelOptions.MARK,
      description =
          "The field by which the origin knows requests again (default: ${DEFAULT-VALUE}).")
  String mark = DuelOptions.MARK;

  @Option(
      names = "--stop-after",
      paramLabel = "N",
      converter = Positive.class,
      defaultValue = "1000000",
      description = "Ask nothing new once so many cases differ.")
  int stopAfter = 1_000_000;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Ask so many cases first, a few at a time, whatever comes (default: ${DEFAULT-VALUE}).")
  int warmUp;

  @Option(
      names = "--ask-again",
      paramLabel = "N",
      defaultValue = "200",
      description = "Differing cases that are asked again alone (default: ${DEFAULT-VALUE}).")
  int repeats = 200;

  @Option(
      names = "--shrink",
      paramLabel = "N",
      defaultValue = "20",
      description = "Sorts of differences that are made small (default: ${DEFAULT-VALUE}).")
  int shrinks = 20;

  /** A number from 1 on. */
  static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.matches("\\d{1,7}") && Integer.parseInt(text) > 0) {
        return Integer.valueOf(text);
      }
      throw new TypeConversionException("\"" + text + "\": expected a number from 1 on");
    }
  }

  /** A port to listen on. */
  static final class Port implements ITypeConverter<Integer> {
    private static final int LAST = 65_535;

    @Override
    public Integer convert(String text) {
      if (text.matches("\\d{1,5}")
          && Integer.parseInt(text) > 0
          && Integer.parseInt(text) <= LAST) {
        return Integer.valueOf(text);
      }
      throw new TypeConversionException("\"" + text + "\": expected a port from 1 to " + LAST);
    }
  }

  /** A duration with its unit. */
  static final class Time implements ITypeConverter<Duration> {
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,7})(ms|s|m)");

    @Override
    public Duration convert(String text) {
      Matcher matcher = TEXT.matcher(text);
      Duration time = matcher.matches() ? time(matcher) : Duration.ZERO;
      if (time.isZero() || time.compareTo(LONGEST) > 0) {
        throw new TypeConversionException(
            "\"" + text + "\": expected a time such as 500ms or 10s, 60m at most");
      }
      return time;
    }

    private static Duration time(Matcher matcher) {
      long count = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(count);
        case "s" -> Duration.ofSeconds(count);
        default -> Duration.ofMinutes(count);
      };
    }
  }
}
