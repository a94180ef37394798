package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.Template;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the fastcgi, the uwsgi or the scgi module of one level.
 *
 * @param parameters what the server is told, in the order of the file
 * @param replaced the request's fields that a parameter stands for, as {@code accept_language}
 * @param index what a script's name that ends with a slash goes on with
 * @param split parts the URI into the script and what is behind it; null for no parting
 * @param complaints texts in the error output that make an answer a wrong one
 * @param keepsConnection whether the server is asked to keep it
 * @param more what stands behind uwsgi's parameters
 * @param origin how the servers are asked, in the words of the proxy module
 */
public record CgiSettings(
    List<Parameter> parameters,
    Set<String> replaced,
    String index,
    @Nullable ConfRegex split,
    List<String> complaints,
    boolean keepsConnection,
    int modifier1,
    int modifier2,
    String more,
    ProxySettings origin) {
  public CgiSettings {
    parameters = List.copyOf(parameters);
    replaced = Set.copyOf(replaced);
    complaints = List.copyOf(complaints);
  }

  /**
   * One {@code fastcgi_param}, {@code uwsgi_param} or {@code scgi_param}.
   *
   * @param ifNotEmpty whether the server isn't told an empty value
   */
  public record Parameter(String name, Template value, boolean ifNotEmpty) {}
}
