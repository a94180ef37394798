package dev.banyan.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** nginx's own options: which nginx.conf, and what to do with it. */
final class NginxOptions extends ConfOptions {
  @Option(names = "-t", description = "Test the configuration and exit.")
  boolean test;

  @Option(names = "-T", description = "As -t, and print every file that was read.")
  boolean dump;

  @Option(names = "-q", description = "Say nothing but errors during a test.")
  boolean quiet;

  @Option(
      names = "-s",
      paramLabel = "SIGNAL",
      description =
          "Send reload, reopen, upgrade, quit or stop to the process of this configuration.")
  @Nullable String signal;
}
