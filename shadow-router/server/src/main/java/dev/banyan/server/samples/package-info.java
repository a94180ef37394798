/**
 * Keeps mismatches on disk, bounded and apart from the requests. Start reading at {@link
 * dev.banyan.server.samples.SampleStore}.
 */
@NullMarked
package dev.banyan.server.samples;

import org.jspecify.annotations.NullMarked;
