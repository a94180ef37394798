/**
 * Learns from traffic what a Lua module reads, writes and answers, and records vectors of it. Start
 * reading at {@link dev.banyan.server.learn.Learner}.
 */
@NullMarked
package dev.banyan.server.learn;

import org.jspecify.annotations.NullMarked;
