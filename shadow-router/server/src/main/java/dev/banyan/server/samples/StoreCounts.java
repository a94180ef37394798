package dev.banyan.server.samples;

/**
 * Immutable: what became of the samples.
 *
 * @param written on disk
 * @param thinned left out, because a second had its share already
 * @param dropped left out, because the disk was slower than they came
 * @param failed lost, because the disk refused them
 * @param waiting not yet written
 */
public record StoreCounts(long written, long thinned, long dropped, long failed, int waiting) {}
