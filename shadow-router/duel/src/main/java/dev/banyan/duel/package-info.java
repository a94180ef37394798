/**
 * The duel: end-to-end requests against two or three servers at once, and what differs. {@code
 * suite} holds what is asked, {@code wire} asks it, {@code origin} stands behind the servers,
 * {@code compare} and {@code run} judge, {@code generate} and {@code record} make suites, {@code
 * report} tells. Depends on Netty, the nginx.conf's model, and the router's core. Start reading at
 * {@link dev.banyan.duel.run.Duel}.
 */
@NullMarked
package dev.banyan.duel;

import org.jspecify.annotations.NullMarked;
