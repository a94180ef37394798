package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
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
  private static final SecureLink NONE = new SecureLink(null, null, null);
  private static final String SECRET = "secure_link_secret";
  private static final String LINK = "secure_link";
  private static final String SIGNED = "secure_link_md5";

  static SecureLink read(Scope scope) {
    if (scope.has(SECRET) && (scope.has(LINK) || scope.has(SIGNED))) {
      scope.problem(
          scope.own(SECRET).getLast(),
          "\"secure_link_secret\" cannot be mixed with \"secure_link\" and \"secure_link_md5\"");
    }
    return merged(scope);
  }

  /** A secret word takes the place of what the blocks around say, and gives way to a checksum. */
  private static SecureLink merged(Scope scope) {
    if (scope.has(SECRET)) {
      return new SecureLink(null, null, scope.own(SECRET).getLast().arg(0));
    }
    Scope parent = scope.parent();
    SecureLink outer = parent == null ? NONE : merged(parent);
    Template link = scope.has(LINK) ? scope.template(LINK) : outer.link();
    Template signed = scope.has(SIGNED) ? scope.template(SIGNED) : outer.signed();
    return new SecureLink(link, signed, link == null && signed == null ? outer.secret() : null);
  }
}
