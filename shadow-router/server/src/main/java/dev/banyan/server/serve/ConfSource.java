package dev.banyan.server.serve;

import dev.banyan.gateway.GatewayException;
import dev.banyan.gateway.HostNames;
import dev.banyan.gateway.LogFiles;
import dev.banyan.gateway.TlsFiles;
import dev.banyan.nginx.CheckResult;
import dev.banyan.nginx.NamedHost;
import dev.banyan.nginx.NginxConf;
import dev.banyan.nginx.Notice;
import dev.banyan.nginx.syntax.ConfException;
import dev.banyan.nginx.syntax.ConfParser;
import dev.banyan.nginx.syntax.ConfTree;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Immutable: where an nginx.conf comes from.
 *
 * @param conf the file
 * @param prefix the folder that relative paths start from
 * @param directives what {@code -g} puts before the file; empty for nothing
 */
public record ConfSource(Path conf, Path prefix, String directives) {
  /** Makes the paths absolute. */
  public ConfSource {
    conf = conf.toAbsolutePath().normalize();
    prefix = prefix.toAbsolutePath().normalize();
  }

  /**
   * Reads it.
   *
   * @throws ConfigException with everything that is wrong
   */
  public NginxConf load() {
    if (!Files.isRegularFile(conf)) {
      throw new ConfigException(
          List.of(new ConfigProblem(conf, 0, "no such file: name the nginx.conf to serve")));
    }
    return checked();
  }

  /**
   * Reads it only to tell about it, opens its logs and looks its hosts up, as {@code nginx -t}
   * does.
   *
   * @throws ConfigException with everything that is wrong
   */
  public Report test() {
    NginxConf loaded = load();
    try {
      LogFiles.make(loaded);
      TlsFiles.read(loaded);
    } catch (GatewayException e) {
      throw new ConfigException(
          List.of(new ConfigProblem(conf, 0, String.valueOf(e.getMessage()))));
    }
    List<NamedHost> unknown = HostNames.unknown(loaded);
    if (!unknown.isEmpty()) {
      throw new ConfigException(unknown.stream().map(ConfSource::problem).toList());
    }
    return new Report(loaded.notices().stream().map(Notice::toString).toList(), loaded.dump());
  }

  /**
   * A configuration that can be served.
   *
   * @param notices directives that have no effect here
   * @param dump every file that was read, under headings
   */
  public record Report(List<String> notices, String dump) {
    /** Copies the notices. */
    public Report {
      notices = List.copyOf(notices);
    }
  }

  /** Reads it and collects everything that is wrong. */
  public CheckResult check() {
    if (directives.isEmpty()) {
      return NginxConf.check(conf, prefix);
    }
    try {
      return NginxConf.check(text(), conf, prefix);
    } catch (IOException e) {
      return NginxConf.check(conf, prefix);
    }
  }

  /**
   * Its syntax, whatever the directives mean.
   *
   * @throws ConfigException when it can't be read or parsed
   */
  public ConfTree syntax() {
    try {
      return directives.isEmpty() ? ConfParser.parse(conf) : ConfParser.parse(text(), conf);
    } catch (ConfException e) {
      throw new ConfigException(problems(List.of(e)));
    } catch (IOException e) {
      throw new ConfigException(
          List.of(new ConfigProblem(conf, 0, "can't be read: " + e.getMessage())));
    }
  }

  /** The directives share the first line, so that the file's lines keep their numbers. */
  private String text() throws IOException {
    return directives + " " + Files.readString(conf, StandardCharsets.ISO_8859_1);
  }

  private NginxConf checked() {
    CheckResult result = check();
    NginxConf loaded = result.conf();
    if (loaded == null || !result.errors().isEmpty()) {
      throw new ConfigException(problems(result.errors()));
    }
    return loaded;
  }

  private static ConfigProblem problem(NamedHost unknown) {
    return new ConfigProblem(Path.of(unknown.file()), unknown.line(), unknown.problem());
  }

  /** The problems of an nginx.conf as ours. */
  public static List<ConfigProblem> problems(List<ConfException> errors) {
    List<ConfigProblem> problems = new ArrayList<>();
    for (ConfException error : errors) {
      problems.add(new ConfigProblem(Path.of(error.file()), error.line(), error.problem()));
    }
    return problems;
  }
}
