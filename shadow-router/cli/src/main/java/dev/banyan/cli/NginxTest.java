package dev.banyan.cli;

import dev.banyan.server.config.ConfigException;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.serve.ConfSource;
import java.io.PrintWriter;

/** {@code -t} and {@code -T}: says whether a configuration can be served, as nginx does. */
final class NginxTest {
  private NginxTest() {}

  static int run(NginxOptions options, PrintWriter out, PrintWriter err) {
    ConfSource source = options.source();
    try {
      ConfSource.Report report = source.test();
      if (!options.quiet) {
        err.println("banyan: the configuration file " + source.conf() + " syntax is ok");
        report.notices().forEach(notice -> err.println("banyan: [notice] " + notice));
        err.println("banyan: configuration file " + source.conf() + " test is successful");
      }
      if (options.dump) {
        out.print(report.dump());
        out.flush();
      }
      return ExitCodes.OK;
    } catch (ConfigException e) {
      for (ConfigProblem problem : e.problems()) {
        err.println("banyan: [emerg] " + problem);
      }
      err.println("banyan: configuration file " + source.conf() + " test failed");
      return ExitCodes.PROBLEM;
    }
  }
}
