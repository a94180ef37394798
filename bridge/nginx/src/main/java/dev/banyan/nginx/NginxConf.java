package dev.banyan.nginx;

import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.ConfParser;
import dev.banyan.nginx.syntax.ConfTree;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated nginx configuration. Immutable: it is loaded whole and swapped whole.
 *
 * @param main the main context
 * @param http the http block
 * @param prefix the folder that relative paths start from
 * @param tree the syntax it was built from, with every file that was read
 * @param notices directives that are accepted without effect
 * @param logs the files that directives name as logs, in their order
 */
public record NginxConf(
    MainConf main,
    HttpConf http,
    Path prefix,
    ConfTree tree,
    List<Notice> notices,
    List<NamedLog> logs) {
  public NginxConf {
    notices = List.copyOf(notices);
    logs = List.copyOf(logs);
  }

  /**
   * Reads a configuration.
   *
   * @param conf the file; relative includes start from its folder
   * @param prefix the folder that relative paths start from ({@code -p})
   * @throws ConfException for the first thing that is wrong
   */
  public static NginxConf load(Path conf, Path prefix) {
    return orThrow(check(conf, prefix));
  }

  /** As {@link #load}, of a text as if it stood in the file. */
  public static NginxConf parse(String text, Path conf, Path prefix) {
    return orThrow(ConfLoader.check(() -> ConfParser.parse(text, conf), conf, prefix));
  }

  /** Reads a configuration and collects everything that is wrong ({@code -t}). */
  public static CheckResult check(Path conf, Path prefix) {
    return ConfLoader.check(() -> ConfParser.parse(conf), conf, prefix);
  }

  /** As {@link #check(Path, Path)}, of a text as if it stood in the file. */
  public static CheckResult check(String text, Path conf, Path prefix) {
    return ConfLoader.check(() -> ConfParser.parse(text, conf), conf, prefix);
  }

  /** The hosts that it names, in the order in which nginx looks them up. */
  public List<NamedHost> hosts() {
    return NamedHosts.of(tree.directives());
  }

  private static NginxConf orThrow(CheckResult result) {
    NginxConf conf = result.conf();
    if (conf == null) {
      throw result.errors().getFirst();
    }
    return conf;
  }

  /** Every file that was read, under headings ({@code -T}). */
  public String dump() {
    return tree.dump();
  }

  /** The server that a listener's connection without a name belongs to; null without listeners. */
  public @Nullable ServerConf firstServer() {
    return http.servers().isEmpty() ? null : http.servers().getFirst();
  }
}
