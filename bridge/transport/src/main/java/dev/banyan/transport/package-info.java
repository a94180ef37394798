/**
 * The wire: listeners, strict HTTP codecs, upstream pools and raw sockets, all blocking for a fiber
 * and never for its loop. The only user of Netty buffers.
 */
@NullMarked
package dev.banyan.transport;

import org.jspecify.annotations.NullMarked;
