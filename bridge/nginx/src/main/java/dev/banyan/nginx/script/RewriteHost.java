package dev.banyan.nginx.script;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Owned by one request: what a {@link RewriteProgram} reads and changes. */
public interface RewriteHost extends VariableScope {
  /** The current URI, decoded, without arguments. */
  String uri();

  /** The current arguments; empty for none. */
  String args();

  /**
   * Takes the URI and arguments of a {@code rewrite}; the request counts as internal from now on.
   */
  void rewritten(String uri, String args);

  /**
   * The URI was changed but stays in its location, of which it need not be a part any more: nothing
   * of it stands for the location's name from now on ({@code valid_location} in nginx).
   */
  void detached();

  /**
   * Whether the URI as sent held an escape or a plus, so that captures are escaped in arguments.
   */
  boolean escapedUri();

  /** Goes on under the conf of the {@code if} block of this number: see {@code LocationConf}. */
  void enterBranch(int branch);

  /** Tests a file; a relative path starts from the prefix. */
  boolean test(FileTest test, String path);

  /** Whether {@code rewrite_log} is on. */
  boolean logsRewrites();

  /** Logs a step of the rewriting. */
  void logRewrite(String message);

  /**
   * Told of a {@code return}'s status before its text is evaluated, unless it is an error that has
   * no text.
   */
  void answering(int status);

  /** Runs the handler of a {@code set_by_lua*}; null for nil. */
  @Nullable String setByLua(LuaHandler handler, List<String> args);

  /** Computes what a directive of a module sets; null, and told why, for an error. */
  @Nullable String compute(SetFunction function, List<String> args);

  /** An array with each item changed; null, and told why, for what is no array. */
  @Nullable String mapArray(String array, UnaryOperator<String> change);
}
