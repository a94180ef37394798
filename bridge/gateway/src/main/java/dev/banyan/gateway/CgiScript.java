package dev.banyan.gateway;

import dev.banyan.nginx.CgiProtocol;
import dev.banyan.nginx.CgiSettings;
import dev.banyan.nginx.script.ConfRegex;

/**
 * What of a URI names a script, by {@code fastcgi_split_path_info} and {@code fastcgi_index}.
 *
 * @param name {@code $fastcgi_script_name}
 * @param pathInfo {@code $fastcgi_path_info}
 */
record CgiScript(String name, String pathInfo) {
  /** The one that a request asks for. */
  static CgiScript of(Request r) {
    CgiSettings settings = r.location().cgi(CgiProtocol.FASTCGI);
    ConfRegex split = settings.split();
    String[] parts = split == null ? null : split.parts(r.uri());
    String name = parts == null ? r.uri() : parts[1];
    return new CgiScript(
        name.endsWith("/") ? name + settings.index() : name, parts == null ? "" : parts[2]);
  }
}
