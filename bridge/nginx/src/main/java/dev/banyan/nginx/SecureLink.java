package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.syntax.Directive;
import org.jspecify.annotations.Nullable;

/**
 * How the authenticity of a link is checked, by the rules of ngx_http_secure_link_module.
 *
 * @param link {@code secure_link}: the checksum and, after a comma, the link's last second
 * @param signed {@code secure_link_md5}: what the checksum is made of
 * @param secret {@code secure_link_secret}: the secret word of links that carry their checksum in
 *     their path
 */
public record SecureLink(
    @Nullable Template link, @Nullable Template signed, @Nullable String secret) {
  static SecureLink read(Scope scope) {
    Directive secret = scope.one("secure_link_secret");
    Template link = scope.template("secure_link");
    Template signed = scope.template("secure_link_md5");
    if (secret != null && (link != null || signed != null)) {
      scope.problem(
          secret,
          "\"secure_link_secret\" cannot be mixed with \"secure_link\" and \"secure_link_md5\"");
    }
    return new SecureLink(link, signed, secret == null ? null : secret.arg(0));
  }
}
