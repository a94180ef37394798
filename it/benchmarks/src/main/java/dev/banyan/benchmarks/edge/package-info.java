/**
 * The sample legacy's pipeline on two Lua engines, with one and the same {@code ngx} under both, so
 * that engines and libraries are compared and nothing else.
 */
@NullMarked
package dev.banyan.benchmarks.edge;

import org.jspecify.annotations.NullMarked;
