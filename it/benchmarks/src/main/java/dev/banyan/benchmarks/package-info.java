/** JMH benchmarks of the pieces; {@code scripts/bench jmh} runs them. */
@NullMarked
package dev.banyan.benchmarks;

import org.jspecify.annotations.NullMarked;
