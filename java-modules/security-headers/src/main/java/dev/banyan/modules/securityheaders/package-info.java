/** The port of edge.security_headers. */
@NullMarked
package dev.banyan.modules.securityheaders;

import org.jspecify.annotations.NullMarked;
