package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers module: {@code add_header}, {@code add_trailer}, {@code expires}. */
public record HeaderSettings(List<Added> headers, List<Added> trailers, Expires expires) {
  public HeaderSettings {
    headers = List.copyOf(headers);
    trailers = List.copyOf(trailers);
  }

  /** A header to add; unless {@code always}, only to the statuses nginx lists. */
  public record Added(String name, Template value, boolean always) {}

  /**
   * {@code expires}.
   *
   * @param time from now; negative too; of {@code DAILY} the time of day
   * @param template what to read kind and time from per request; null when they are fixed
   */
  public record Expires(Kind kind, Duration time, @Nullable Template template) {
    /** How the time counts. */
    public enum Kind {
      OFF,
      EPOCH,
      MAX,
      ACCESS,
      MODIFIED,
      DAILY,
      COMPUTED
    }

    /** No {@code Expires} header. */
    public static final Expires NONE = new Expires(Kind.OFF, Duration.ZERO, null);
  }
}
