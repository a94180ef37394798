/**
 * What the JVM sees while it records an ahead-of-time cache. Start reading at {@link
 * dev.banyan.server.rehearsal.Rehearsal}.
 */
@NullMarked
package dev.banyan.server.rehearsal;

import org.jspecify.annotations.NullMarked;
