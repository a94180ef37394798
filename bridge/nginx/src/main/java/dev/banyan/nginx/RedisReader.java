package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads a configuration: reads the directives of the redis2 module. */
final class RedisReader {
  private static final String COMMAND = "redis2_query";
  private static final String RAW = "redis2_raw_query";
  private static final String RAW_MANY = "redis2_raw_queries";
  private static final String LITERAL = "redis2_literal_raw_query";

  private final Scope scope;
  private final MemcachedReader servers;

  RedisReader(Scope scope) {
    this.scope = scope;
    this.servers = new MemcachedReader(scope, "redis2");
  }

  /** Reports what can't be read, also where nothing is passed. */
  void check() {
    servers.settings();
    conflicts();
  }

  /** One way of asking excludes the others, if it comes first. */
  private void conflicts() {
    String earlier = "";
    for (Directive directive : scope.ownOf(COMMAND, RAW, RAW_MANY, LITERAL)) {
      String name = directive.name();
      if (name.equals(COMMAND) && !earlier.isEmpty()) {
        scope.problem(directive, "\"" + COMMAND + "\" directive conflicts with " + earlier);
      }
      if (name.equals(LITERAL) && !directive.arg(0).isEmpty()) {
        earlier = LITERAL;
      } else if ((name.equals(RAW) || name.equals(RAW_MANY)) && !earlier.equals(LITERAL)) {
        earlier = RAW;
      }
    }
  }

  ContentHandler read(Directive pass) {
    boolean named = pass.arg(0).indexOf('$') >= 0;
    return new ContentHandler.Redis(
        named ? null : servers.target(pass),
        scope.compiler().template(pass, pass.arg(0)),
        query(),
        servers.settings());
  }

  private RedisQuery query() {
    List<List<Template>> commands = new ArrayList<>();
    for (Directive directive : scope.own(COMMAND)) {
      commands.add(
          directive.args().stream()
              .map(word -> scope.compiler().template(directive, word))
              .toList());
    }
    if (!commands.isEmpty()) {
      return new RedisQuery.Commands(commands);
    }
    List<Directive> literal = scope.own(LITERAL);
    if (!literal.isEmpty() && !literal.getLast().arg(0).isEmpty()) {
      return new RedisQuery.Literal(literal.getLast().arg(0));
    }
    List<Directive> raw = scope.nearest(RAW, RAW_MANY);
    return raw.isEmpty() ? new RedisQuery.None() : raw(raw.getLast());
  }

  private RedisQuery raw(Directive directive) {
    boolean many = directive.name().equals(RAW_MANY);
    @Nullable Template count =
        many && scope.own(RAW_MANY).contains(directive)
            ? scope.compiler().template(directive, directive.arg(0))
            : null; // which a location around doesn't hand down
    return new RedisQuery.Raw(
        scope.compiler().template(directive, directive.arg(many ? 1 : 0)), count);
  }
}
