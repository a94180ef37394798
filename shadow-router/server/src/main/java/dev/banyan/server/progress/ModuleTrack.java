package dev.banyan.server.progress;

import dev.banyan.router.parity.CallCost;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what is remembered of one module across restarts.
 *
 * @param checksum of the port's jar; empty without a port
 * @param portSince since when that jar is in force
 * @param run what happened since Java answers everyone; null while it doesn't
 * @param parity what the shadow has shown of this port; null when nothing was compared
 * @param cost what calls were measured to cost
 * @param lines which of its Lua's lines recorded calls have reached; null when none were recorded
 */
public record ModuleTrack(
    String checksum,
    Instant portSince,
    @Nullable JavaRun run,
    @Nullable ParityRecord parity,
    CallCost cost,
    @Nullable LinesRecord lines) {
  static ModuleTrack begin(String checksum, Instant now) {
    return new ModuleTrack(checksum, now, null, null, CallCost.NONE, null);
  }

  ModuleTrack with(@Nullable JavaRun other) {
    return new ModuleTrack(checksum, portSince, other, parity, cost, lines);
  }

  ModuleTrack with(ParityRecord other) {
    return parity == null || other.outweighs(parity)
        ? new ModuleTrack(checksum, portSince, run, other, cost, lines)
        : this;
  }

  ModuleTrack with(CallCost other) {
    return new ModuleTrack(checksum, portSince, run, parity, other, lines);
  }

  ModuleTrack with(LinesRecord other) {
    return new ModuleTrack(checksum, portSince, run, parity, cost, other);
  }

  /** The same module with another port, of which nothing was shown yet. */
  ModuleTrack withPort(String other, Instant now) {
    return new ModuleTrack(other, now, run, null, CallCost.NONE, lines);
  }
}
