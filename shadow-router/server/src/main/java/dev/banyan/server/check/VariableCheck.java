package dev.banyan.server.check;

import dev.banyan.nginx.NginxConf;
import dev.banyan.server.config.BanyanConfig;
import dev.banyan.server.config.ConfigProblem;
import dev.banyan.server.config.ModuleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds variables that a {@code banyan.yaml} names and its nginx.conf doesn't have. They are no
 * problems, since nothing breaks of them: they are empty in each request, so that no tenant is met
 * and all users are one.
 */
public final class VariableCheck {
  private VariableCheck() {}

  /** One warning for each. */
  public static List<ConfigProblem> of(BanyanConfig config, NginxConf conf) {
    Map<String, String> named = new LinkedHashMap<>();
    named.put(config.tenantVariable(), "\"tenant\"");
    config.parity().classKeys().forEach(name -> named.putIfAbsent(name, "\"parity.class-key\""));
    for (ModuleConfig module : config.modules().values()) {
      String where = "\"sticky-key\" of " + module.name();
      module.stickyKeys().forEach(name -> named.putIfAbsent(name, where));
    }
    List<ConfigProblem> unknown = new ArrayList<>();
    named.forEach((name, where) -> {
      if (conf.http().variables().find(name) == null) {
        unknown.add(
            new ConfigProblem(
                config.file(),
                line(config, "$" + name),
                where
                    + " names $"
                    + name
                    + ", which the nginx.conf doesn't have: it is empty in every request; correct"
                    + " the name, or set it there"));
      }
    });
    return unknown;
  }

  /** Where it is written first. */
  private static int line(BanyanConfig config, String variable) {
    try {
      List<String> lines = Files.readAllLines(config.file());
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(variable)) {
          return i + 1;
        }
      }
      return 0;
    } catch (IOException e) {
      return 0; // it was there a moment ago: the warning names the file as a whole
    }
  }
}
