/**
 * Parity: comparing what Lua and Java answered, counting verdicts, keeping samples. Depends on api
 * only. Start reading at {@link dev.banyan.router.parity.ModuleParity}.
 */
@NullMarked
package dev.banyan.router.parity;

import org.jspecify.annotations.NullMarked;
