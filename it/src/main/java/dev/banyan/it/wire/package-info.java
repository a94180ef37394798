/**
 * HTTP/1.1 as it stands on the wire, byte for byte, for both ends of a test: nothing is normalised,
 * nothing is repaired. May depend on the JDK only; enter at {@link dev.banyan.it.wire.RawClient}
 * and {@link dev.banyan.it.wire.WireReader}.
 */
@NullMarked
package dev.banyan.it.wire;

import org.jspecify.annotations.NullMarked;
