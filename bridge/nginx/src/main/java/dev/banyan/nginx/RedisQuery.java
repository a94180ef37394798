package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a location asks Redis. */
public sealed interface RedisQuery {
  /** {@code redis2_query}, once or more often, each with its words. */
  record Commands(List<List<Template>> commands) implements RedisQuery {
    public Commands {
      commands = commands.stream().map(List::copyOf).toList();
    }
  }

  /**
   * {@code redis2_raw_query} and {@code redis2_raw_queries}.
   *
   * @param count how many commands these are; null for one
   */
  record Raw(Template text, @Nullable Template count) implements RedisQuery {}

  /** {@code redis2_literal_raw_query}. */
  record Literal(String text) implements RedisQuery {}

  /** Nothing. */
  record None() implements RedisQuery {}
}
