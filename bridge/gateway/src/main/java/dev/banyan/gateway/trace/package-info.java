/**
 * What a gateway tells of a request to whoever traces it: the request, calls at the seam, tries of
 * an upstream. Depends on the JDK, {@code dev.banyan.api} only; begin at {@link
 * dev.banyan.gateway.trace.Tracing}.
 */
@NullMarked
package dev.banyan.gateway.trace;

import org.jspecify.annotations.NullMarked;
