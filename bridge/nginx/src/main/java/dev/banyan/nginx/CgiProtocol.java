package dev.banyan.nginx;

import java.util.Locale;

/** A protocol of application servers that are asked by named parameters. */
public enum CgiProtocol {
  FASTCGI,
  UWSGI,
  SCGI;

  /** The word that its directives begin with. */
  public String module() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The directive that names the servers. */
  String pass() {
    return module() + "_pass";
  }
}
