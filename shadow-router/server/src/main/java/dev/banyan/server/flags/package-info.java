/**
 * The flags in force: kept on disk, audited, effective for the next request. Start reading at
 * {@link dev.banyan.server.flags.FlagStore}.
 */
@NullMarked
package dev.banyan.server.flags;

import org.jspecify.annotations.NullMarked;
