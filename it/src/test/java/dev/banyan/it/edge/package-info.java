/**
 * The servers that a test compares, behind one interface, and the legacy's files as one run of a
 * server needs them. May depend on the JDK, Testcontainers and the server under test; enter at
 * {@link dev.banyan.it.edge.Server}.
 */
@NullMarked
package dev.banyan.it.edge;

import org.jspecify.annotations.NullMarked;
