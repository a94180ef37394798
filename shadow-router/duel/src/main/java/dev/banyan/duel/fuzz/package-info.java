/**
 * Cases that are made from others by small changes, and what decides which are changed further. May
 * depend on the duel's suites and {@code run.CaseSource}; enter at {@link
 * dev.banyan.duel.fuzz.GuidedFuzzer}.
 */
@NullMarked
package dev.banyan.duel.fuzz;

import org.jspecify.annotations.NullMarked;
