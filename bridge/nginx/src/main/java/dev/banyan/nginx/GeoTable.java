package dev.banyan.nginx;

import dev.banyan.nginx.script.Computation;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.VariableScope;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code geo}: the narrowest network or range that holds the address gives the value. Immutable.
 */
final class GeoTable implements Computation {
  /** What a text that is no address is looked up as. */
  private static final byte[] NO_ADDRESS = {-1, -1, -1, -1};

  private final Variable source;
  private final @Nullable Variable forwarded;
  private final List<Cidr> proxies;
  private final boolean recursive;
  private final Map<Cidr, String> networks;
  private final int[] lengths;
  private final List<Range> ranges;
  private final @Nullable String fallback;

  /** Addresses from first to last, both included. */
  record Range(BigInteger first, BigInteger last, String value) {
    boolean holds(BigInteger address) {
      return first.compareTo(address) <= 0 && last.compareTo(address) >= 0;
    }

    BigInteger width() {
      return last.subtract(first);
    }
  }

  GeoTable(
      Variable source,
      @Nullable Variable forwarded,
      List<Cidr> proxies,
      boolean recursive,
      Map<Cidr, String> networks,
      List<Range> ranges,
      @Nullable String fallback) {
    this.source = source;
    this.forwarded = forwarded;
    this.proxies = List.copyOf(proxies);
    this.recursive = recursive;
    this.networks = Map.copyOf(new HashMap<>(networks));
    this.lengths =
        networks.keySet().stream()
            .mapToInt(n -> -n.bits())
            .distinct()
            .sorted()
            .map(b -> -b)
            .toArray();
    this.ranges = List.copyOf(ranges);
    this.fallback = fallback;
  }

  @Override
  public @Nullable String compute(VariableScope scope) {
    String text = scope.variable(source);
    byte[] address = text == null ? null : IpAddress.parse(text);
    if (address == null) {
      return ranges.isEmpty() ? orDefault(lookUp(NO_ADDRESS)) : orDefault(null);
    }
    byte[] client = forwardedClient(IpAddress.unmapped(address), scope);
    return orDefault(lookUp(client));
  }

  private String orDefault(@Nullable String found) {
    return found != null ? found : fallback == null ? "" : fallback;
  }

  private @Nullable String lookUp(byte[] address) {
    for (int bits : lengths) {
      if (bits <= address.length * 8) {
        String value = networks.get(new Cidr(address, bits));
        if (value != null) {
          return value;
        }
      }
    }
    BigInteger number = new BigInteger(1, address);
    Range best = null;
    for (Range range : address.length == 4 ? ranges : List.<Range>of()) {
      boolean better = best == null || range.width().compareTo(best.width()) < 0;
      best = better && range.holds(number) ? range : best;
    }
    return best == null ? null : best.value();
  }

  /** The address that trusted proxies forward; the peer's own when it is no such proxy. */
  private byte[] forwardedClient(byte[] peer, VariableScope scope) {
    String header = forwarded == null ? null : scope.variable(forwarded);
    return header == null ? peer : ForwardedClient.of(peer, header, proxies, recursive);
  }

  @Override
  public boolean cacheable() {
    return true;
  }

  @Override
  public String toString() {
    return "geo of $" + source.name() + Arrays.toString(lengths);
  }
}
