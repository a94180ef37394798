/**
 * Flags: the mode of each module, who falls into a canary, and how a flag may change. Depends on
 * api only. Start reading at {@link dev.banyan.router.flags.Assignment}.
 */
@NullMarked
package dev.banyan.router.flags;

import org.jspecify.annotations.NullMarked;
