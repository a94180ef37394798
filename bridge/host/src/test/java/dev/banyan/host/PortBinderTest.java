package dev.banyan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.banyan.api.Chunk;
import dev.banyan.api.Constant;
import dev.banyan.api.DataFiles;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Method;
import dev.banyan.api.Mirror;
import dev.banyan.api.Port;
import dev.banyan.api.Relevant;
import dev.banyan.api.ResponseStatus;
import dev.banyan.api.Shared;
import dev.banyan.api.Tenant;
import dev.banyan.api.Timer;
import dev.banyan.api.Writes;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can't be bound is refused at once, with the annotation that is missing. */
final class PortBinderTest {
  private static void refused(Port port, String message) {
    assertThatThrownBy(() -> ModuleHost.of(List.of(port)))
        .isInstanceOf(PortDefect.class)
        .hasMessageContaining(message);
  }

  /** Nameless. */
  static final class Nameless implements Port {}

  @Test
  void aPortWithoutAModule() {
    refused(new Nameless(), "Nameless lacks @LuaModule(\"name\")");
  }

  /** Empty. */
  @LuaModule("m")
  static final class Empty implements Port {}

  @Test
  void aPortThatDoesNothing() {
    refused(new Empty(), "has no method with @Handler, @Function, @Mirror or @Method");
  }

  /** Takes what nobody gives. */
  @LuaModule("m")
  static final class Greedy implements Port {
    @Handler("access")
    Decision access(Thread thread) {
      return Decision.next();
    }
  }

  @Test
  void aParameterWithoutAnOrigin() {
    refused(new Greedy(), "Greedy.access can't be given a java.lang.Thread: a method takes one");
  }

  /** Has an input that names no source. */
  @LuaModule("m")
  static final class Sourceless implements Port {
    /** Names none. */
    record Bare(String user) {}

    @Handler("access")
    Decision access(Bare in) {
      return Decision.next();
    }
  }

  @Test
  void aComponentWithoutASource() {
    refused(new Sourceless(), "Bare.user");
  }

  /** Has an input of another type than its source. */
  @LuaModule("m")
  static final class Mistyped implements Port {
    /** Wants text. */
    record Typed(@ResponseStatus String status) {}

    @Handler("access")
    Decision access(Typed in) {
      return Decision.next();
    }
  }

  @Test
  void aComponentOfAnotherTypeThanItsSource() {
    refused(new Mistyped(), "Typed.status must be of type int, not java.lang.String");
  }

  /** Wants settings of a kind that there is none of. */
  @LuaModule("m")
  static final class Odd implements Port {
    /** Wants a map. */
    record Mapped(@Tenant Map<String, String> all) {}

    @Handler("access")
    Decision access(Mapped in) {
      return Decision.next();
    }
  }

  @Test
  void settingsOfATypeThatLuaHasNot() {
    refused(new Odd(), "a value of ngx.ctx is String, double, long, boolean");
  }

  /** Names no dict. */
  @LuaModule("m")
  static final class Undeclared implements Port {
    @Function("f")
    @Nullable Object f(Dict dict) {
      return dict.get("k");
    }
  }

  @Test
  void aDictWithoutItsName() {
    refused(new Undeclared(), "takes a Dict without its name: annotate the parameter with @Shared");
  }

  /** Names a dict that is none. */
  @LuaModule("m")
  static final class Misplaced implements Port {
    @Function("f")
    double f(@Shared("d") Clock clock) {
      return clock.millis();
    }
  }

  @Test
  void aDictsNameOnSomethingElse() {
    refused(new Misplaced(), "has @Shared on a parameter that is no Dict");
  }

  /** Reads files in a request. */
  @LuaModule("m")
  static final class Blocking implements Port {
    @Function("f")
    String f(DataFiles files) {
      return files.toString();
    }
  }

  @Test
  void filesOutsideOfAMirroredFunction() {
    refused(new Blocking(), "only a function with @Mirror takes DataFiles");
  }

  /** Has two roles for one method. */
  @LuaModule("m")
  static final class TwoRoles implements Port {
    @Handler("a")
    @Mirror("b")
    Decision both() {
      return Decision.next();
    }
  }

  @Test
  void aMethodWithTwoRoles() {
    refused(new TwoRoles(), "TwoRoles.both has two roles: keep one of its annotations");
  }

  /** Replaces one function twice. */
  @LuaModule("m")
  static final class Twice implements Port {
    @Function("f")
    String one() {
      return "1";
    }

    @Function("f")
    String two() {
      return "2";
    }
  }

  @Test
  void oneFunctionReplacedTwice() {
    refused(new Twice(), "replaces \"f\" a second time");
  }

  /** Answers something else than a decision. */
  @LuaModule("m")
  static final class Undecided implements Port {
    @Handler("access")
    String access() {
      return "";
    }
  }

  @Test
  void aHandlerThatDoesNotDecide() {
    refused(new Undecided(), "Undecided.access must return Decision");
  }

  /** Has a method of no object. */
  @LuaModule("m")
  static final class Makerless implements Port {
    @Method(
        value = "greet",
        of = {})
    String greet() {
      return "";
    }
  }

  @Test
  void aMethodOfObjectsThatNobodyMakes() {
    refused(new Makerless(), "names no function that makes its objects");
  }

  /** Has a constant that depends. */
  @LuaModule("m")
  static final class Varying implements Port {
    @Constant("c")
    String constant(String of) {
      return of;
    }
  }

  @Test
  void aConstantWithParameters() {
    refused(new Varying(), "must take no parameters: it is a @Constant");
  }

  /** Is about nothing in particular. */
  @LuaModule("m")
  @Relevant
  static final class Vague implements Port {
    @Handler("access")
    Decision access() {
      return Decision.next();
    }
  }

  @Test
  void relevanceWithoutACondition() {
    refused(new Vague(), "has @Relevant without a condition: add one or remove it");
  }

  /** One of two. */
  @LuaModule("m")
  static final class First implements Port {
    /** A piece. */
    record Piece(@Chunk byte[] chunk) {}

    @Handler("access")
    Decision access(Piece in) {
      return Decision.next().setChunk(in.chunk);
    }
  }

  @Test
  void twoPortsForOneModule() {
    assertThatThrownBy(() -> ModuleHost.of(List.of(new First(), new First())))
        .isInstanceOf(PortDefect.class)
        .hasMessageContaining("two ports replace module \"m\"")
        .hasMessageContaining("remove one of them");
    assertThat(ModuleHost.of(List.of(new First())).port("m")).isNotNull();
  }

  /** May ask for a timer that it doesn't have. */
  @LuaModule("m")
  @Writes(timers = "report")
  static final class Promising implements Port {
    @Handler("log")
    Decision log() {
      return Decision.next().later(Duration.ZERO, "report");
    }
  }

  @Test
  void aTimerThatIsDeclaredAndMissing() {
    refused(new Promising(), "declares @Writes(timers = report) and has no method with @Timer");
  }

  /** Has a timer that it may not ask for. */
  @LuaModule("m")
  static final class Unasked implements Port {
    @Handler("log")
    Decision log() {
      return Decision.next();
    }

    @Timer("report")
    void report(boolean premature) {
      if (premature) {
        log();
      }
    }
  }

  @Test
  void aTimerThatNoDecisionMayAskFor() {
    refused(new Unasked(), "@Writes(timers = report) is missing");
  }

  /** Has a timer that answers. */
  @LuaModule("m")
  @Writes(timers = "report")
  static final class Answering implements Port {
    @Timer("report")
    boolean report(boolean premature) {
      return premature;
    }
  }

  @Test
  void aTimerThatAnswers() {
    refused(new Answering(), "Answering.report must return nothing and take no input");
  }
}
