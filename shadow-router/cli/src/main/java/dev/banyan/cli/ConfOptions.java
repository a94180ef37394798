package dev.banyan.cli;

import dev.banyan.server.serve.ConfSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which nginx.conf is meant: nginx's own options, and their long names. */
sealed class ConfOptions permits ConfOptions.Alone, NginxOptions {
  /** These options and no others. */
  static final class Alone extends ConfOptions {}

  private static final String DEFAULT_CONF = "conf/nginx.conf";

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "The nginx.conf to serve alone, without a banyan.yaml: everything in Lua.")
  @Nullable Path conf;

  @Option(
      names = {"-c"},
      paramLabel = "FILE",
      description = "As --conf, but a relative path starts from the prefix, as with nginx.")
  @Nullable Path nginxConf;

  @Option(
      names = {"-p", "--prefix"},
      paramLabel = "DIR",
      description = "The folder that relative paths start from (default: the nginx.conf's).")
  @Nullable Path prefix;

  @Option(
      names = "-g",
      paramLabel = "DIRECTIVES",
      defaultValue = "",
      description = "Directives to put before the file.")
  String directives = "";

  /** Whether an nginx.conf alone is meant. */
  boolean isBare() {
    return conf != null || nginxConf != null || prefix != null;
  }

  ConfSource source() {
    Path from = prefix == null ? Path.of("") : prefix;
    Path file;
    if (conf != null) {
      file = conf;
    } else {
      file = from.resolve(nginxConf == null ? Path.of(DEFAULT_CONF) : nginxConf);
    }
    Path folder = file.toAbsolutePath().getParent();
    return new ConfSource(file, prefix != null || folder == null ? from : folder, directives);
  }
}
