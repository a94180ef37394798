/** Tests of what the benchmarks under load stand on. */
@NullMarked
package dev.banyan.it.load;

import org.jspecify.annotations.NullMarked;
