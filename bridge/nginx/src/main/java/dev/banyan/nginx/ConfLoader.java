package dev.banyan.nginx;

import dev.banyan.nginx.script.Variables;
import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.ConfTree;
import dev.banyan.nginx.syntax.Directive;
import dev.banyan.nginx.syntax.DirectiveTable;
import dev.banyan.nginx.syntax.Units;
import dev.banyan.nginx.syntax.Validator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Owned by the thread that loads: parses, checks against the table, then builds the model. */
final class ConfLoader {
  /** Those of nginx on Linux, and one that it hasn't got. */
  private static final Set<String> EVENT_METHODS = Set.of("io_uring", "epoll", "poll", "select");

  private final Problems problems = new Problems();
  private final List<Notice> notices = new ArrayList<>();
  private final Path conf;
  private final Path prefix;

  private ConfLoader(Path conf, Path prefix) {
    this.conf = conf;
    this.prefix = prefix.toAbsolutePath();
  }

  static CheckResult check(Supplier<ConfTree> parser, Path conf, Path prefix) {
    return new ConfLoader(conf, prefix).check(parser);
  }

  private CheckResult check(Supplier<ConfTree> parser) {
    NginxConf built = null;
    try {
      ConfTree tree = parser.get();
      validate(tree.directives());
      if (problems.all().isEmpty()) {
        built = build(tree);
      }
    } catch (ConfException e) {
      validate(e.read()); // a block that was not begun is why the rest can't be parsed
      problems.add(e);
    }
    return new CheckResult(problems.all().isEmpty() ? built : null, problems.all(), notices);
  }

  private void validate(List<Directive> directives) {
    new Validator(DirectiveTable.standard(), problems::add, this::notice).check(directives);
  }

  private void notice(Directive directive, dev.banyan.nginx.syntax.DirectiveSpec spec) {
    String message = "\"" + directive.name() + "\" has no effect: " + spec.note();
    notices.add(new Notice(message, directive.file(), directive.line()));
  }

  private NginxConf build(ConfTree tree) {
    if (tree.directives().stream().noneMatch(d -> d.name().equals("events"))) {
      problems.add(new ConfException("no \"events\" section in configuration", conf.toString(), 1));
    }
    Variables.Builder variables = new Variables.Builder();
    new Declarations(variables, problems).collect(tree.directives());
    Path folder = conf.toAbsolutePath().getParent();
    Compiler compiler = new Compiler(problems, variables, prefix, folder == null ? prefix : folder);
    List<Directive> http =
        tree.directives().stream()
            .filter(d -> d.name().equals("http"))
            .findFirst()
            .map(Directive::children)
            .orElse(List.of());
    MainConf main = main(new Scope(tree.directives(), null, compiler));
    HttpConf built = new HttpBuilder(compiler, http).build();
    return new NginxConf(main, built, prefix, tree, notices, compiler.logs());
  }

  private MainConf main(Scope scope) {
    Map<String, String> set = new HashMap<>();
    List<String> passed = new ArrayList<>();
    for (Directive directive : scope.own("env")) {
      String arg = directive.arg(0);
      int equals = arg.indexOf('=');
      if (equals < 0) {
        passed.add(arg);
      } else {
        set.put(arg.substring(0, equals), arg.substring(equals + 1));
      }
    }
    Directive pid = scope.one("pid");
    return new MainConf(
        scope.read("worker_processes", 1, ConfLoader::workers),
        LogReader.errorLogs(scope),
        set,
        passed,
        new ThreadPoolReader(scope).pools(),
        pid == null ? null : scope.compiler().absolute(pid.arg(0)),
        events(scope).read("use", "", ConfLoader::eventMethod),
        scope.flag("daemon", true),
        scope.time("worker_shutdown_timeout", Duration.ZERO));
  }

  private static Scope events(Scope main) {
    Directive events = main.one("events");
    List<Directive> children = events == null ? List.of() : events.children();
    return new Scope(children, main, main.compiler());
  }

  private static String eventMethod(Directive directive) {
    String method = directive.arg(0);
    if (!EVENT_METHODS.contains(method)) {
      throw directive.error("invalid event type \"" + method + "\"");
    }
    return method;
  }

  private static @Nullable Integer workers(Directive directive) {
    if (directive.arg(0).equals("auto")) {
      return 0;
    }
    long count = Units.number(directive.arg(0)).orElse(-1);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw directive.invalidValue();
    }
    return (int) Math.max(1, count);
  }
}
