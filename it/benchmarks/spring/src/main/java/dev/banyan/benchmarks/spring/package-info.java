/**
 * Spring Cloud Gateway as a peer in the load benchmark: the same ports, called by a global filter.
 * It may use {@code bridge/api} and {@code bridge/host} and nothing of Banyan's own servers but how
 * a value that a port sets looks to the next one. Start reading at {@link
 * dev.banyan.benchmarks.spring.EdgeFilter}.
 */
@NullMarked
package dev.banyan.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
