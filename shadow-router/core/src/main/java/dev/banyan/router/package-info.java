/** Flags, buckets, parity and rollout: policy without I/O. Depends on api only. */
@NullMarked
package dev.banyan.router;

import org.jspecify.annotations.NullMarked;
