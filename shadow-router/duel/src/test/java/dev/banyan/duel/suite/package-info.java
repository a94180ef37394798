/** Tests of suites. */
@NullMarked
package dev.banyan.duel.suite;

import org.jspecify.annotations.NullMarked;
