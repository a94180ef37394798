package dev.banyan.gateway;

/**
 * Immutable: what gzip has made of a body.
 *
 * @param from its octets before
 * @param to those that were sent
 */
record Compression(long from, long to) {
  /** How many times shorter it became, rounded to hundredths: {@code $gzip_ratio}. */
  String ratio() {
    long hundredths = (from * 1000 / to + 5) / 10;
    return "%d.%02d".formatted(hundredths / 100, hundredths % 100);
  }
}
