package dev.banyan.duel.run;

/**
 * What a report keeps of every case. Immutable.
 *
 * @param nanos the time of the slowest target
 */
public record Result(String title, String group, String source, Verdict verdict, long nanos) {}
