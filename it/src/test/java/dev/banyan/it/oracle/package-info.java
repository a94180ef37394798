/**
 * Cases whose expected answer is the real nginx's: each configuration and request runs on it and on
 * Banyan, side by side. May depend on the JDK, the servers of {@code it.edge} and the gateway;
 * enter at {@link dev.banyan.it.oracle.BothServers}.
 */
@NullMarked
package dev.banyan.it.oracle;

import org.jspecify.annotations.NullMarked;
