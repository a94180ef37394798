package dev.banyan.nginx.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rewrite directives of a server or a location, in the order of the file. Immutable; a run's
 * state is in the {@link RewriteHost} and on the stack.
 */
public final class RewriteProgram {
  /** The program that does nothing. */
  public static final RewriteProgram EMPTY = new RewriteProgram(List.of());

  private static final int FIRST_ERROR = 400;
  private static final int FAILED = 500;

  private final List<Instruction> instructions;

  public RewriteProgram(List<Instruction> instructions) {
    this.instructions = List.copyOf(instructions);
  }

  /** The steps. */
  public List<Instruction> instructions() {
    return instructions;
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return instructions.isEmpty();
  }

  /** Runs it for a request. */
  public RewriteOutcome run(RewriteHost host) {
    Run run = new Run(host);
    RewriteOutcome end = run.all(instructions);
    return end == null ? new RewriteOutcome.Proceed(run.relocate) : end;
  }

  /** One run: null from a step means that the next one follows. */
  private static final class Run {
    private final RewriteHost host;
    private boolean relocate;

    /** Whether captures of an escaped URI are escaped in values: until a rewrite matches. */
    private boolean quotes = true;

    Run(RewriteHost host) {
      this.host = host;
    }

    @Nullable RewriteOutcome all(List<Instruction> steps) {
      for (Instruction step : steps) {
        RewriteOutcome end = step(step);
        if (end != null) {
          return end;
        }
      }
      return null;
    }

    private @Nullable RewriteOutcome step(Instruction step) {
      return switch (step) {
        case Instruction.Set set -> {
          host.set(set.target(), value(set.value()));
          yield null;
        }
        case Instruction.SetByLua set -> {
          host.set(set.target(), host.setByLua(set.handler(), values(set.args())));
          yield null;
        }
        case Instruction.Compute set -> {
          String value = host.compute(set.function(), values(set.args()));
          if (value == null) {
            yield new RewriteOutcome.Answer(FAILED, null);
          }
          host.set(set.target(), value);
          yield null;
        }
        case Instruction.MapArray map -> mapArray(map);
        case Instruction.Rewrite rewrite -> rewrite(rewrite);
        case Instruction.Return answer -> {
          Template text = answer.text();
          if (text != null || answer.status() < FIRST_ERROR) {
            host.answering(answer.status());
          }
          yield new RewriteOutcome.Answer(
              answer.status(), text == null ? null : text.evaluate(host));
        }
        case Instruction.Break _ -> new RewriteOutcome.Proceed(false);
        case Instruction.If branch -> branch(branch);
      };
    }

    private @Nullable RewriteOutcome mapArray(Instruction.MapArray step) {
      String mapped =
          host.mapArray(
              value(step.array()),
              item -> {
                host.set(step.item(), item);
                return step.text().evaluate(host);
              });
      if (mapped == null) {
        return new RewriteOutcome.Answer(FAILED, null);
      }
      host.set(step.item(), null);
      host.set(step.target(), mapped);
      return null;
    }

    private String value(Template template) {
      return RewriteEscapes.value(template, host, quotes);
    }

    private List<String> values(List<Template> args) {
      return args.isEmpty() ? List.of() : args.stream().map(this::value).toList();
    }

    private @Nullable RewriteOutcome branch(Instruction.If step) {
      if (!step.condition().holds(host, quotes)) {
        return null;
      }
      if (step.branch() >= 0) {
        host.enterBranch(step.branch());
      }
      return all(step.body());
    }

    private @Nullable RewriteOutcome rewrite(Instruction.Rewrite step) {
      if (!step.regex().matchLogged(host.uri(), host)) {
        return null;
      }
      quotes = false;
      Replacement to = step.replacement();
      if (step.flag().redirects()) {
        int status = step.flag() == Instruction.Flag.PERMANENT ? 301 : 302;
        String address = address(to);
        if (host.logsRewrites()) {
          host.logRewrite("rewritten redirect: \"" + address + "\"");
        }
        return new RewriteOutcome.Redirect(status, address);
      }
      String uri = to.path().evaluate(host);
      if (uri.isEmpty()) {
        return new RewriteOutcome.Failure("the rewritten URI has a zero length");
      }
      host.rewritten(uri, args(to));
      if (host.logsRewrites()) {
        host.logRewrite("rewritten data: \"" + uri + "\", args: \"" + host.args() + "\"");
      }
      relocate = step.flag() != Instruction.Flag.BREAK;
      if (!relocate) {
        host.detached();
      }
      boolean ends = step.flag() != Instruction.Flag.NONE;
      return ends ? new RewriteOutcome.Proceed(relocate) : null;
    }

    private String address(Replacement to) {
      String address = RewriteEscapes.redirect(RewriteEscapes.value(to.path(), host, true));
      return to.appendArgs() && !host.args().isEmpty()
          ? address + (to.hasArgs() ? '&' : '?') + host.args()
          : address;
    }

    private String args(Replacement to) {
      String old = to.appendArgs() ? host.args() : "";
      if (!to.hasArgs()) {
        return old;
      }
      String args = RewriteEscapes.value(to.args(), host, true);
      return old.isEmpty() ? args : args + '&' + old;
    }
  }
}
