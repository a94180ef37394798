/**
 * nginx.conf: parser, validated model, variables and location matching. Depends on the JDK and
 * regex only; enter at {@code NginxConf}.
 */
@NullMarked
package dev.banyan.nginx;

import org.jspecify.annotations.NullMarked;
