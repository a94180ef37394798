/** What Prometheus and a trace collector are told, by a whole Banyan. */
@NullMarked
package dev.banyan.it.monitoring;

import org.jspecify.annotations.NullMarked;
