/**
 * {@code scripts/bench load}: the sample legacy under load on one server after the other, in
 * rotation. Start reading at {@link dev.banyan.it.load.LoadRun}.
 */
@NullMarked
package dev.banyan.it.load;

import org.jspecify.annotations.NullMarked;
