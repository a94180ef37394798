package dev.banyan.it.load;

import dev.banyan.it.load.Scene.Protocol;
import dev.banyan.it.process.Processors;
import dev.banyan.it.process.Usage;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: one measured stretch of load on one server.
 *
 * @param requests that were answered
 * @param errors connections that failed, answers that did not come, and answers of 400 and above
 * @param perSecond answers a second
 * @param cpuMicros the server's processor time for each answer
 * @param residentKib the server's memory at the end
 * @param p50 median time to an answer in microseconds
 * @param p99 of a hundred answers one takes longer
 * @param p999 of a thousand answers one takes longer
 * @param late of a hundred requests one was written later than so many microseconds after its time
 *     had come: as much of the times to an answer is the client's, unless the server left no
 *     connection free; 0 of a closed loop
 * @param times all times to an answer; null where wrk was the client
 * @param shed shadowed calls that found no room
 * @param others the share of the machine's processors, from 0 to 1, that programs took which have
 *     no part in this
 */
record Shot(
    long requests,
    long errors,
    double perSecond,
    double cpuMicros,
    long residentKib,
    long p50,
    long p99,
    long p999,
    long late,
    @Nullable Histogram times,
    long shed,
    double others) {
  private static final double PERCENT = 100;
  private static final int FIELDS = 7;
  private static final double MICROS_PER_MILLI = 1000;
  private static final double MICROS_PER_SECOND = 1_000_000;

  /**
   * How to load a server.
   *
   * @param streams requests at a time on a connection of HTTP/2
   * @param script the mix, for wrk
   * @param rate requests a second, whatever comes back; 0 for as many as are answered
   */
  record Load(Protocol protocol, int connections, int streams, Mix mix, Path script, int rate) {
    /** The same with as many requests as are answered. */
    Load saturating() {
      return new Load(protocol, connections, streams, mix, script, 0);
    }
  }

  /** Loads a server for some seconds. */
  static Shot at(InetSocketAddress address, ProcessHandle server, Load load, int seconds)
      throws IOException, InterruptedException {
    Processors before = Processors.now();
    Shot shot =
        load.rate() > 0 || load.protocol() == Protocol.H2
            ? ours(address, server, load, seconds)
            : wrk(address, server, load, seconds);
    return shot.beside(Processors.now().othersSince(before));
  }

  private static Shot ours(InetSocketAddress address, ProcessHandle server, Load load, int seconds)
      throws IOException, InterruptedException {
    SslContext tls = load.protocol() == Protocol.H1 ? null : Trusting.context(load.protocol());
    Usage before = Usage.of(server);
    Tally.Result result =
        tls != null && load.protocol() == Protocol.H2
            ? Http2Load.run(address, tls, load.mix(), load, seconds)
            : OpenLoop.run(address, tls, load.mix(), load, seconds);
    Usage after = Usage.of(server);
    Histogram times = result.micros();
    return new Shot(
        result.requests(),
        result.errors(),
        result.requests() / (double) seconds,
        cpuMicros(before, after, result.requests() + result.unmeasured()),
        after.residentKib(),
        times.getValueAtPercentile(50),
        times.getValueAtPercentile(99),
        times.getValueAtPercentile(99.9),
        load.rate() > 0 ? result.late().getValueAtPercentile(99) : 0,
        times,
        0,
        0);
  }

  private static double cpuMicros(Usage before, Usage after, long requests) {
    return (after.cpuMillis() - before.cpuMillis()) * MICROS_PER_MILLI / Math.max(1, requests);
  }

  private static Shot wrk(InetSocketAddress address, ProcessHandle server, Load load, int seconds)
      throws IOException, InterruptedException {
    Usage before = Usage.of(server);
    Process wrk =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "-t1",
                    "-c" + load.connections(),
                    "-d" + seconds + "s",
                    "--timeout",
                    "10s",
                    "-s",
                    load.script().toString(),
                    scheme(load) + "://" + address.getHostString() + ":" + address.getPort()))
            .redirectErrorStream(true)
            .start();
    String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = wrk.waitFor();
    Usage after = Usage.of(server);
    String line = output.lines().filter(l -> l.startsWith("load ")).findFirst().orElse("");
    String[] fields = line.split(" ", -1);
    if (code != 0 || fields.length != FIELDS) {
      throw new IOException("wrk ended with code " + code + ": " + output);
    }
    long requests = Long.parseLong(fields[1]);
    double micros = Double.parseDouble(fields[3]);
    return new Shot(
        requests,
        Long.parseLong(fields[2]),
        requests / (micros / MICROS_PER_SECOND),
        cpuMicros(before, after, requests),
        after.residentKib(),
        Math.round(Double.parseDouble(fields[4])),
        Math.round(Double.parseDouble(fields[5])),
        Math.round(Double.parseDouble(fields[6])),
        0,
        null,
        0,
        0);
  }

  private static String scheme(Load load) {
    return load.protocol() == Protocol.H1 ? "http" : "https";
  }

  /** The same with so many shadowed calls that found no room. */
  Shot shed(long calls) {
    return with(calls, others);
  }

  private Shot beside(double programs) {
    return with(shed, programs);
  }

  private Shot with(long calls, double programs) {
    return new Shot(
        requests,
        errors,
        perSecond,
        cpuMicros,
        residentKib,
        p50,
        p99,
        p999,
        late,
        times,
        calls,
        programs);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,8.0f answers/s, %6.1f us of CPU each, p50 %,d us, p99 %,d us, %,d KiB, %d errors,"
            + " a request late by %,d us, %.0f %% of the processors taken by other programs",
        perSecond,
        cpuMicros,
        p50,
        p99,
        residentKib,
        errors,
        late,
        PERCENT * others);
  }
}
