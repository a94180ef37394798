package dev.banyan.server.progress;

import dev.banyan.router.parity.ParitySnapshot;
import dev.banyan.router.parity.Proof;
import java.time.Instant;

/**
 * Immutable: what the shadow has shown of a port, kept when the process ends.
 *
 * @param at when it was noted
 * @param compared calls
 * @param different of them
 * @param proven whether every class of traffic that was seen had the parity asked for
 * @param atLeast the parity of the weakest class at least
 * @param classes that were seen
 * @param unproven of them
 * @param weakest the weakest class; empty without any
 */
public record ParityRecord(
    Instant at,
    long compared,
    long different,
    boolean proven,
    double atLeast,
    int classes,
    int unproven,
    String weakest) {
  static ParityRecord of(ParitySnapshot now, Instant at) {
    Proof proof = now.proof();
    var weakest = proof.weakest();
    return new ParityRecord(
        at,
        now.verdicts().compared(),
        now.verdicts().different(),
        proof.holds(),
        proof.atLeast(),
        proof.classes(),
        proof.unproven(),
        weakest == null ? "" : weakest.trafficClass().label());
  }

  /**
   * Whether this says more than what was known: a proof, a difference, or more calls. After a
   * restart the verdicts begin again, and a few of them must not hide what was proven before.
   */
  boolean outweighs(ParityRecord known) {
    return proven || different > 0 || (!known.proven && compared >= known.compared);
  }
}
